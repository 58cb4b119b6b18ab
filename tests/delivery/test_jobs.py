"""Rounds: a real ledger, a real disk, a real mail server; only building is a fake."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from briefing.config import Folder
from briefing.delivery.building import BuildError, Built
from briefing.delivery.channels import folder_channel
from briefing.delivery.channels.email import email_channel
from briefing.delivery.ledger import check_unsent, held, open_ledger
from briefing.delivery.records import DeliveryState
from briefing.delivery.runs import foreseen, lacking_of, redeliver, run_due
from briefing.delivery.slots import SlotState
from briefing.edition.files import edition_ids, read_files, write_files
from briefing.errors import BriefingError, DeliveryError, RenderError
from tests.delivery.desk import MORNING, TEMPLATES, Clock, Press, around, by_mail, email, files, job, table
from tests.delivery.smtp_server import smtp_server
from tests.delivery.test_editions import small_disk, snapshot
from tests.delivery.test_smtp import A, B, once

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.delivery.slots import Slot

__all__ = ["small_disk"]


def states(output: Path) -> dict[str, SlotState]:
    with open_ledger(output) as ledger:
        return {record.edition: record.state for record in ledger.slots()}


def test_a_slot_is_built_and_delivered_once(tmp_path: Path) -> None:
    press, clock = Press(), Clock()
    with smtp_server() as server:
        desk = job(tmp_path, press, by_mail(server.port, A, B))
        for minutes in (0, 1, 60, 600):
            clock.move(minutes=minutes)
            run_due(desk, clock)
    assert [slot.edition for slot in press.slots] == ["2019-03-21"]
    assert server.delivered == [A, B]
    assert states(tmp_path) == {"2019-03-21": SlotState.DONE}


def test_nothing_happens_before_its_time(tmp_path: Path) -> None:
    outcome = run_due(job(tmp_path, Press()), Clock(MORNING.replace(hour=4)))
    assert outcome.editions == ()
    assert outcome.wake == MORNING


def test_who_waits_gets_the_same_bytes_later(tmp_path: Path) -> None:
    press, clock = Press(), Clock()
    with smtp_server(once(f"RCPT TO:<{B}>", "450 later", times=2)) as server:
        desk = job(tmp_path, press, by_mail(server.port, A, B))
        first = run_due(desk, clock)
        assert first.wake == MORNING.replace(minute=31)
        for _ in range(4):
            clock.move(minutes=1)
            run_due(desk, clock)
    assert len(press.slots) == 1
    assert server.delivered == [A, B]
    pdfs = {next(iter(mail.parsed.iter_attachments())).get_content() for mail in server.mails}
    assert pdfs == {b"%PDF-1.7\nprinting 1"}


def test_a_failing_build_is_tried_with_pauses_and_told_once(tmp_path: Path) -> None:
    tries, clock = [], Clock()

    def build(_slot: Slot) -> Built:
        tries.append(clock.now)
        raise BriefingError("the press is broken")

    with smtp_server() as server:
        alarm = by_mail(server.port, "chief@example.org")
        desk = job(tmp_path, build, alarms=(alarm,))
        while clock.now < MORNING + timedelta(hours=21):
            run_due(desk, clock)
            clock.move(seconds=30)
            early = run_due(desk, clock)
            assert early.wake is not None
            clock.now = min(early.wake, clock.now + timedelta(hours=1))
    waits = [int((later - earlier).total_seconds() / 60) for earlier, later in pairwise(tries)]
    assert waits[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert tries[-1] < MORNING.replace(day=22, hour=1, minute=31)
    subjects = [mail.parsed["Subject"] for mail in server.mails]
    assert subjects == ["Daily brief: the brief 2019-03-21 is late", "Daily brief: no brief 2019-03-21"]
    text = server.mails[0].parsed.get_content()
    assert "Reason: the press is broken" in text
    assert "What still works: earlier editions lie untouched" in text
    assert states(tmp_path)["2019-03-21"] is SlotState.MISSED


def test_a_brief_goes_out_without_its_pdf_rather_than_not_at_all(tmp_path: Path) -> None:
    clock = Clock()

    def build(slot: Slot) -> Built:
        raise BuildError("no PDF", partial=Built(files=files(slot.edition)[:2], articles=1))

    with smtp_server() as server:
        desk = job(tmp_path, build, by_mail(server.port, A))
        for _ in range(5):
            run_due(desk, clock)
            clock.move(minutes=1)
    assert server.delivered == [A]
    message = server.mails[0].parsed
    assert not list(message.iter_attachments())
    body = message.get_body(("plain",))
    assert body is not None
    assert "This brief comes without its PDF." in body.get_content()


def test_the_desk_is_told_once_of_a_template_that_hides_the_news(tmp_path: Path) -> None:
    clock = Clock()

    def build(slot: Slot) -> Built:
        return Built(files=files(slot.edition), articles=1, hidden=("brief.pdf: does not hold the sentence 'x'",))

    with smtp_server() as server:
        desk = job(tmp_path, build, by_mail(server.port, A), alarms=(by_mail(server.port, "chief@example.org"),))
        for _ in range(2):
            run_due(desk, clock)
            clock.move(minutes=1)
    assert sorted(server.delivered) == [A, "chief@example.org"]
    notice = next(mail.parsed for mail in server.mails if mail.parsed["To"] == "chief@example.org")
    assert notice["Subject"] == "Daily brief: a template hides sentences of the brief 2019-03-21"
    assert "- brief.pdf: does not hold the sentence 'x'" in notice.get_content()


def test_troubles_with_recipients_are_told_once(tmp_path: Path) -> None:
    clock = Clock()
    with smtp_server(once(f"RCPT TO:<{B}>", "550 no such user")) as server:
        desk = job(tmp_path, Press(), by_mail(server.port, A, B), alarms=(by_mail(server.port, "chief@example.org"),))
        for _ in range(3):
            outcome = run_due(desk, clock)
            clock.move(hours=1)
    assert server.delivered == [A, "chief@example.org"]
    notice = server.mails[1].parsed
    assert notice["Subject"] == "Daily brief: 1 recipient refused, 2019-03-21"
    assert "- email b@example.org: 550 no such user" in notice.get_content()
    assert outcome.editions == ()


def test_an_empty_day_is_skipped_where_that_is_wanted(tmp_path: Path) -> None:
    for skip, state in ((True, SlotState.EMPTY), (False, SlotState.DONE)):
        press = Press(articles=0)
        desk = job(tmp_path / str(skip), press, skip_empty=skip)
        run_due(desk, Clock())
        run_due(desk, Clock())
        assert states(tmp_path / str(skip)) == {"2019-03-21": state}
        assert len(press.slots) == 1


def test_missed_slots_are_told(tmp_path: Path) -> None:
    clock = Clock()
    with smtp_server() as server:
        desk = job(tmp_path, Press(), alarms=(by_mail(server.port, "chief@example.org"),))
        run_due(desk, clock)
        clock.move(days=3, hours=2)
        run_due(desk, clock)
        run_due(desk, clock)
    assert [mail.parsed["Subject"] for mail in server.mails] == [
        "Daily brief: no brief 2019-03-22",
        "Daily brief: no brief 2019-03-23",
    ]
    assert states(tmp_path) == {
        "2019-03-21": SlotState.DONE,
        "2019-03-22": SlotState.MISSED,
        "2019-03-23": SlotState.MISSED,
        "2019-03-24": SlotState.DONE,
    }


def test_all_missed_slots_are_made_up_for_where_that_is_wanted(tmp_path: Path) -> None:
    press, clock = Press(), Clock()
    desk = job(tmp_path, press, timetable=table(missed="all"))
    run_due(desk, clock)
    clock.move(days=2, hours=2)
    run_due(desk, clock)
    assert [slot.edition for slot in press.slots] == ["2019-03-21", "2019-03-22", "2019-03-23"]


def test_a_second_round_at_work_leaves_the_first_alone(tmp_path: Path) -> None:
    press = Press()
    with held(tmp_path):
        assert run_due(job(tmp_path, press), Clock()).busy
    assert press.slots == []


def test_a_full_disk_is_told_and_survived(small_disk: Path) -> None:
    write_files("2019-03-20", files("2019-03-20"), small_disk)
    clock = Clock()
    sizes = iter((2_000_000, 2_000_000, 10_000))

    def build(slot: Slot) -> Built:
        return Built(files=files(slot.edition, pdf=bytes(next(sizes))), articles=1)

    desk = job(small_disk, build)
    outcome = run_due(desk, clock)
    assert "No space left on device" in outcome.incidents[0].text
    before = snapshot(small_disk)
    assert edition_ids(small_disk) == ("2019-03-20",)
    clock.move(minutes=1)
    run_due(desk, clock)
    after = snapshot(small_disk)
    assert {name: before[name] for name in before if "2019-03-20" in name} == {
        name: after[name] for name in after if "2019-03-20" in name
    }
    clock.move(minutes=2)
    run_due(desk, clock)
    assert edition_ids(small_disk) == ("2019-03-20", "2019-03-21")
    assert states(small_disk) == {"2019-03-21": SlotState.DONE}


def test_a_disk_without_room_for_the_ledger_is_a_clear_error(small_disk: Path) -> None:
    run_due(job(small_disk, Press()), Clock())
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(bytes(4096))
            except OSError:
                break
    clock = Clock()
    clock.move(days=1)
    with pytest.raises(DeliveryError, match=r"database or disk is full|disk I/O error"):
        run_due(job(small_disk, Press()), clock)
    filler.unlink()
    assert states(small_disk)["2019-03-21"] is SlotState.DONE
    run_due(job(small_disk, Press()), clock)
    assert states(small_disk)["2019-03-22"] is SlotState.DONE


def test_a_read_only_output_is_a_clear_error(small_disk: Path) -> None:
    run_due(job(small_disk, Press()), Clock())
    before = snapshot(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    clock = Clock()
    clock.move(days=1)
    with pytest.raises(DeliveryError, match=r"Read-only file system; free space or permit writing|readonly database"):
        run_due(job(small_disk, Press()), clock)
    assert snapshot(small_disk) == before


def test_a_mistake_in_the_mail_template_costs_only_the_mail(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    (own / "mail").mkdir(parents=True)
    (own / "mail" / "mail.html.j2").write_text("{{ nothing_of_the_kind }}")
    surroundings = replace(around(tmp_path), templates=(own, *TEMPLATES))
    with smtp_server() as server:
        mail = email_channel(email(server.port, A), surroundings)
        desk = job(tmp_path / "output", Press(), mail, folder_channel(Folder(path="share"), surroundings))
        rows = {row.channel: row for row in run_due(desk, Clock()).deliveries}
    assert rows["folder"].state is DeliveryState.SENT
    assert rows["email"].state is DeliveryState.PENDING
    assert "mail.html.j2:1: 'nothing_of_the_kind' is undefined" in rows["email"].detail


def test_an_edition_that_was_changed_on_the_disk_is_not_delivered(tmp_path: Path) -> None:
    clock = Clock()
    with smtp_server(once("RCPT", "450 later")) as server:
        desk = job(tmp_path, Press(), by_mail(server.port, A))
        run_due(desk, clock)
        (tmp_path / "2019-03-21" / "brief.pdf").write_bytes(b"%PDF other")
        clock.move(minutes=1)
        outcome = run_due(desk, clock)
    assert "is not what was built" in outcome.incidents[0].text
    assert server.delivered == []


def test_a_delivered_edition_is_never_rebuilt(tmp_path: Path) -> None:
    share = folder_channel(Folder(path="share"), around(tmp_path))
    output = tmp_path / "output"
    run_due(job(output, Press(), share), Clock())
    built = read_files(output / "2019-03-21")
    check_unsent("2019-03-21", built, output)
    check_unsent("2019-03-22", files("2019-03-22"), output)
    with pytest.raises(RenderError, match="has been delivered and stays as it is; build into another folder with -o"):
        check_unsent("2019-03-21", files(), output)
    assert read_files(tmp_path / "share" / "2019-03-21") == built
    assert (tmp_path / "share" / "latest.pdf").exists()


# ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_edition_is_handed_over_by_hand_and_its_slot_is_done(tmp_path: Path) -> None:
    write_files("2019-03-21", files(), tmp_path)
    press, clock = Press(), Clock(MORNING.replace(hour=3))
    with smtp_server() as server:
        desk = job(tmp_path, press, by_mail(server.port, A, B))
        assert lacking_of(desk, "2019-03-21", [A]) == [("email", A)]
        redeliver(desk, "2019-03-21", [A], clock)
        assert server.delivered == [A]
        assert lacking_of(desk, "2019-03-21", []) == [("email", B)]
        redeliver(desk, "2019-03-21", [], clock)
        redeliver(desk, "2019-03-21", [], clock)
        clock.now = MORNING
        run_due(desk, clock)
    assert server.delivered == [A, B]
    assert press.slots == []


def test_an_edition_that_nobody_has_may_be_made_again_and_handed_over_by_hand(tmp_path: Path) -> None:
    clock, better = Clock(), files(pdf=b"%PDF-1.7 better")
    with smtp_server(once("RCPT", "450 later")) as server:
        desk = job(tmp_path, Press(), by_mail(server.port, A))
        run_due(desk, clock)
        check_unsent("2019-03-21", better, tmp_path)
        write_files("2019-03-21", better, tmp_path)
        clock.move(minutes=5)
        assert "briefing deliver 2019-03-21" in run_due(desk, clock).incidents[0].text
        assert server.delivered == []
        redeliver(desk, "2019-03-21", [], clock)
        assert server.delivered == [A]
        (attached,) = server.mails[0].parsed.iter_attachments()
        assert attached.get_content() == b"%PDF-1.7 better"
        clock.move(hours=1)
        assert run_due(desk, clock).incidents == ()
    assert states(tmp_path) == {"2019-03-21": SlotState.DONE}


def test_who_was_refused_is_served_again_by_hand_alone(tmp_path: Path) -> None:
    clock = Clock()
    with smtp_server(once(f"RCPT TO:<{B}>", "550 no such user")) as server:
        desk = job(tmp_path, Press(), by_mail(server.port, A, B))
        run_due(desk, clock)
        clock.move(hours=1)
        run_due(desk, clock)
        assert server.delivered == [A]
        outcome = redeliver(desk, "2019-03-21", [], clock)
    assert server.delivered == [A, B]
    assert {row.state for row in outcome.deliveries} == {DeliveryState.SENT}


@pytest.mark.parametrize(
    ("edition", "only", "message"),
    [
        ("2019-03-22", [], "there is no edition 2019-03-22"),
        ("2019-03-21", ["x@y.z"], "x@y.z is nobody under `deliver:`"),
    ],
)
def test_what_cannot_be_handed_over_is_told(tmp_path: Path, edition: str, only: list[str], message: str) -> None:
    write_files("2019-03-21", files(), tmp_path)
    desk = job(tmp_path, Press(), by_mail(1, A))
    with pytest.raises(DeliveryError, match=message):
        redeliver(desk, edition, only, Clock())
    with pytest.raises(DeliveryError, match=message):
        lacking_of(desk, edition, only)


def test_what_would_happen_is_foretold_and_nothing_is_changed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    desk = job(output, Press(), by_mail(1, A, B))
    assert foreseen(desk, MORNING) == [("2019-03-21", "email", A), ("2019-03-21", "email", B)]
    assert not output.exists()
    with smtp_server(once(f"RCPT TO:<{B}>", "450 later")) as server:
        desk = job(output, Press(), by_mail(server.port, A, B))
        run_due(desk, Clock())
    assert foreseen(desk, MORNING) == []
    assert foreseen(desk, MORNING.replace(minute=31)) == [("2019-03-21", "email", B)]


def test_who_is_taken_off_the_list_is_served_no_more(tmp_path: Path) -> None:
    clock = Clock()
    with smtp_server(once("RCPT", "450 later", times=2)) as server:
        run_due(job(tmp_path, Press(), by_mail(server.port, A, B)), clock)
        clock.move(minutes=1)
        outcome = run_due(job(tmp_path, Press(), by_mail(server.port, A)), clock)
    assert server.delivered == [A]
    assert {row.recipient: (row.state, row.detail) for row in outcome.deliveries}[B] == (
        DeliveryState.EXPIRED,
        "no longer in config.yaml",
    )


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_another_time_zone_is_no_alarm(tmp_path: Path, zone: str) -> None:
    press, clock = Press(), Clock()
    with smtp_server() as server:
        for moved in (table(), table(zone)):
            for hours in (0, 3, 6, 12, 12):
                clock.move(hours=hours)
                outcome = run_due(job(tmp_path, press, by_mail(server.port, A), timetable=moved), clock)
                assert outcome.incidents == ()
    assert len(server.delivered) == len({slot.edition for slot in press.slots}) == len(press.slots)


def test_another_hour_is_no_alarm(tmp_path: Path) -> None:
    press, clock = Press(), Clock()
    run_due(job(tmp_path, press), clock)
    clock.move(hours=5)
    assert run_due(job(tmp_path, press, timetable=table(at=["09:00"])), clock).incidents == ()
    assert len(press.slots) == 1


def test_who_is_refused_is_told_once_while_others_wait(tmp_path: Path) -> None:
    clock, told = Clock(), []

    def script(step: str) -> str | None:
        if step.startswith(f"RCPT TO:<{A}>"):
            return "550 no such user"
        if step.startswith(f"RCPT TO:<{B}>"):
            return "550 gone" if clock.now > MORNING.replace(minute=40) else "450 later"
        return None

    with smtp_server(script) as server:
        chief = replace(by_mail(server.port, "chief@example.org"), send_notice=lambda _, text: told.append(text))
        desk = job(tmp_path, Press(), by_mail(server.port, A, B), alarms=(chief,))
        said = []
        for _ in range(15):
            said += [incident.text for incident in run_due(desk, clock).incidents]
            clock.move(minutes=2)
    for texts in (said, told):
        assert sum(f"{A}: 550" in text for text in texts) == 1
        assert sum(f"{B}: 550" in text for text in texts) == 1


def test_an_alarm_that_nobody_took_is_sent_again(tmp_path: Path) -> None:
    clock, told = Clock(), []

    def refuse_once(_subject: str, text: str) -> None:
        told.append(text)
        if len(told) == 1:
            raise DeliveryError("not now")

    with smtp_server(once(f"RCPT TO:<{A}>", "550 no", times=9)) as server:
        chief = replace(by_mail(server.port, "chief@example.org"), send_notice=refuse_once)
        slow = replace(by_mail(server.port, B), kind="other", hand_over=lambda _p, names, log: log.later(names, "busy"))
        desk = job(tmp_path, Press(), by_mail(server.port, A), slow, alarms=(chief,))
        for _ in range(3):
            run_due(desk, clock)
            clock.move(minutes=1)
    assert sum(f"{A}: 550" in text for text in told) == 2
