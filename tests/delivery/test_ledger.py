from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from briefing.delivery.ledger import FILE, check_unsent, open_ledger
from briefing.delivery.records import DeliveryState
from briefing.delivery.runs import record_edition, run_due
from briefing.delivery.slots import SlotRecord, SlotState
from briefing.errors import DeliveryError, RenderError
from tests.delivery.desk import MORNING, Clock, Press, files, job

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ANNE = "anne@example.org"


def fill(folder: Path) -> None:
    with open_ledger(folder) as ledger:
        ledger.put_slot(SlotRecord(edition="2019-03-21", due=MORNING, state=SlotState.PLANNED, tries=1), MORNING)
        record_edition(files(), "2019-03-21", ledger, MORNING)
        ledger.expect("2019-03-21", "email", {ANNE: MORNING + timedelta(hours=20)}, MORNING)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_ledger(tmp_path) as ledger:
        (slot,) = ledger.slots()
        assert (slot.edition, slot.due, slot.state, slot.tries) == ("2019-03-21", MORNING, SlotState.PLANNED, 1)
        edition = ledger.edition("2019-03-21")
        assert edition is not None
        assert sorted(edition.files) == ["brief.html", "brief.json", "brief.pdf"]
        (row,) = ledger.deliveries("2019-03-21")
        assert (row.recipient, row.state, row.expires_at) == (
            ANNE,
            DeliveryState.PENDING,
            MORNING + timedelta(hours=20),
        )
        ledger.put_deliveries([replace(row, state=DeliveryState.SENT, detail="250 ok")])
        assert ledger.deliveries()[0].detail == "250 ok"
        assert ledger.was_delivered("2019-03-21")
        assert not ledger.was_delivered("2019-03-22")


def test_a_recipient_is_entered_once(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_ledger(tmp_path) as ledger:
        ledger.put_deliveries([replace(ledger.deliveries()[0], state=DeliveryState.SENT)])
        ledger.expect("2019-03-21", "email", {ANNE: MORNING}, MORNING)
        assert [row.state for row in ledger.deliveries()] == [DeliveryState.SENT]


def test_the_file_is_durable(tmp_path: Path) -> None:
    fill(tmp_path)
    with open_ledger(tmp_path) as ledger:
        assert tuple(ledger._db.execute("PRAGMA journal_mode").fetchone()) == ("wal",)
        assert tuple(ledger._db.execute("PRAGMA synchronous").fetchone()) == (2,)


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all, only words" * 100)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:6000])


def scribbled(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))


def newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE birds (name)")
    db.close()


def strange_state(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE slots SET state = 'flown'")
        db.execute("UPDATE handovers SET state = 'flown'")
    db.close()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (garbage, "is damaged: file is not a database; nothing was changed"),
        (cut, "is damaged: "),
        (scribbled, "is damaged: "),
        (newer, "is of version 99, and this briefing knows version 1: update briefing; nothing was changed"),
        (foreign, "is a database of another program: nothing was changed; move it away"),
        (strange_state, "is damaged: 'flown' is not a valid SlotState; nothing was changed"),
    ],
)
def test_a_bad_ledger_is_a_clear_error_and_nothing_is_changed(
    tmp_path: Path, spoil: Callable[[Path], None], message: str
) -> None:
    fill(tmp_path)
    spoil(tmp_path / FILE)
    before = (tmp_path / FILE).read_bytes()
    press = Press()
    with pytest.raises(DeliveryError, match=r"briefing\.sqlite3") as caught:
        run_due(job(tmp_path, press), Clock())
    assert message in str(caught.value)
    assert (tmp_path / FILE).read_bytes() == before
    assert press.slots == []
    # a brief can still be built, but not over one that may have been delivered
    check_unsent("2019-03-22", files("2019-03-22"), tmp_path)
    if spoil is not strange_state:
        with pytest.raises(RenderError, match="build into another folder with -o"):
            check_unsent("2019-03-21", files(), tmp_path)


FOUR_AT_ONCE = """
import os, sys
from pathlib import Path
from briefing.delivery.ledger import open_ledger

def opened(folder):
    gate, handle = os.pipe()
    children = []
    for _ in range(4):
        children.append(os.fork())
        if children[-1] == 0:
            os.close(handle)
            os.read(gate, 1)  # all find its end at once
            with open_ledger(folder) as ledger:
                os._exit(len(ledger.slots()))
    os.close(handle)
    os.close(gate)
    return {os.waitpid(child, 0)[1] for child in children}

print([number for number in range(40) if opened(Path(sys.argv[1]) / str(number)) != {0}])
"""


def test_four_processes_make_the_file_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FOUR_AT_ONCE, str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (os.mkfifo, "it is no regular file"),
        (lambda path: path.symlink_to("/dev/null"), "it is no regular file"),
        (lambda path: path.symlink_to(path.parent.parent / "other"), "it is a link that leads out of its folder"),
    ],
)
def test_a_ledger_that_is_no_file_of_its_folder_is_refused(
    tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    (tmp_path / "other").touch()
    (tmp_path / "output").mkdir()
    make(tmp_path / "output" / FILE)
    with pytest.raises(DeliveryError, match=said), open_ledger(tmp_path / "output"):
        pass
    assert (tmp_path / "other").read_bytes() == b""
