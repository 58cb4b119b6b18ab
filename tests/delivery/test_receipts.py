"""A ledger can be lost: what lies beside the editions keeps everybody from getting a brief twice."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from briefing.delivery import rebuild
from briefing.delivery.ledger import FILE, check_unsent, open_ledger
from briefing.delivery.loop import look_at
from briefing.delivery.receipts import RECEIPTS, read_receipts
from briefing.delivery.records import DeliveryState
from briefing.delivery.runs import foreseen, lacking_of, redeliver, run_due
from briefing.errors import DeliveryError, RenderError
from tests.delivery.desk import MORNING, Clock, Press, by_mail, files, job, table
from tests.delivery.smtp_server import DOT, DROP, smtp_server
from tests.delivery.test_smtp import A, B, once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def empty(path: Path) -> None:
    remove(path)
    path.touch()


def spoil(path: Path) -> None:
    remove(path)
    path.write_bytes(b"nonsense" * 1000)


def without_tables(path: Path) -> None:
    remove(path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode = WAL")


@pytest.mark.parametrize("lose", [remove, empty, spoil, without_tables])
def test_a_lost_ledger_is_refused_and_rebuilt_and_nobody_gets_a_second_mail(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    press, clock = Press(), Clock()
    with smtp_server(once(f"RCPT TO:<{B}>", "450 later", times=1)) as server:
        desk = job(tmp_path, press, by_mail(server.port, A, B))
        run_due(desk, clock)
        assert server.delivered == [A]
        lose(tmp_path / FILE)
        clock.move(minutes=10)
        for act in (
            lambda: run_due(desk, clock),
            lambda: redeliver(desk, "2019-03-21", (), clock),
            lambda: lacking_of(desk, "2019-03-21", ()),
            lambda: foreseen(desk, clock()),
            lambda: look_at(tmp_path, table(), clock()),
        ):
            with pytest.raises(DeliveryError, match="briefing ledger rebuild"):
                act()
        with pytest.raises(RenderError, match="stays as it is"):
            check_unsent("2019-03-21", files("2019-03-21", pdf=b"other"), tmp_path)
        assert rebuild(tmp_path, clock()) == ("2019-03-21",)
        for _ in range(3):
            run_due(desk, clock)
            clock.move(hours=1)
    assert server.delivered == [A, B]
    assert len(press.slots) == 1


@pytest.mark.parametrize("lose", [remove, empty])
def test_an_edition_that_went_to_nobody_is_not_made_again(tmp_path: Path, lose: Callable[[Path], None]) -> None:
    press, clock = Press(), Clock()
    run_due(job(tmp_path, press), clock)
    lose(tmp_path / FILE)
    clock.move(hours=1)
    rebuild(tmp_path, clock())
    assert run_due(job(tmp_path, press), clock).incidents == ()
    assert len(press.slots) == 1


def test_an_older_copy_of_the_ledger_learns_from_the_receipts(tmp_path: Path) -> None:
    press, clock = Press(), Clock()
    with smtp_server() as server:
        desk = job(tmp_path, press, by_mail(server.port, A, B))
        run_due(desk, clock)
        shutil.copy(tmp_path / FILE, tmp_path / "copy")
        clock.move(days=1)
        run_due(desk, clock)
        remove(tmp_path / FILE)
        shutil.copy(tmp_path / "copy", tmp_path / FILE)
        clock.move(hours=1)
        run_due(desk, clock)
    assert server.delivered == [A, B] * 2
    assert len(press.slots) == 2


def test_whoever_was_in_doubt_stays_in_doubt(tmp_path: Path) -> None:
    clock = Clock()
    with smtp_server(once(DOT, DROP, times=9)) as server:
        desk = job(tmp_path, Press(), by_mail(server.port, A, on_unknown="ask"))
        run_due(desk, clock)
        remove(tmp_path / FILE)
        rebuild(tmp_path, clock())
        clock.move(hours=1)
        run_due(desk, clock)
        with open_ledger(tmp_path) as ledger:
            (row,) = ledger.deliveries()
    assert row.state is DeliveryState.UNKNOWN
    assert server.delivered == [A]


def test_a_ledger_that_is_whole_is_not_rebuilt_and_a_damaged_one_is_kept(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="no receipts"):
        rebuild(tmp_path, MORNING)
    run_due(job(tmp_path, Press()), Clock())
    with pytest.raises(DeliveryError, match="there and whole"):
        rebuild(tmp_path, MORNING)
    spoil(tmp_path / FILE)
    rebuild(tmp_path, MORNING)
    assert (tmp_path / f"{FILE}.damaged").read_bytes() == b"nonsense" * 1000


def test_receipts_are_for_the_owner_and_a_torn_line_costs_itself(tmp_path: Path) -> None:
    with smtp_server() as server:
        run_due(job(tmp_path, Press(), by_mail(server.port, A, B)), Clock())
    path = tmp_path / "2019-03-21" / RECEIPTS
    assert path.stat().st_mode & 0o777 == 0o600
    states = [json.loads(line).get("state") for line in path.read_text().splitlines()]
    assert states == [None, "pending", "pending", *["unknown", "sent"] * 2]
    path.write_bytes(path.read_bytes()[:-20])
    _, rows = read_receipts(tmp_path, "2019-03-21")
    assert {row.recipient: row.state for row in rows} == {A: DeliveryState.SENT, B: DeliveryState.UNKNOWN}


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to(path.parent / "elsewhere"), os.mkdir])
def test_without_a_place_for_receipts_nothing_is_handed_over(tmp_path: Path, make: Callable[[Path], None]) -> None:
    with open_ledger(tmp_path):
        (tmp_path / "2019-03-21").mkdir()
    make(tmp_path / "2019-03-21" / RECEIPTS)
    with smtp_server() as server:
        outcome = run_due(job(tmp_path, Press(), by_mail(server.port, A)), Clock())
    assert server.delivered == []
    assert "the receipts of 2019-03-21 cannot be written" in outcome.incidents[0].text
