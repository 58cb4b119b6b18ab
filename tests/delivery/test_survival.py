"""Quick forms of what `make faults` does in full: kills, several daemons, a loop at rest, a long list of recipients."""

from __future__ import annotations

import multiprocessing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from briefing.delivery.building import BuildError, Built, build_apart
from briefing.delivery.ledger import FILE
from briefing.delivery.receipts import with_receipts
from briefing.delivery.runs import rebuild, run_due
from tests.delivery.builders import broken, hanging, refused, well
from tests.delivery.daemons import RECIPIENTS, race, rest
from tests.delivery.desk import MORNING, Clock, Press, by_mail, job
from tests.delivery.kills import Rounds, kill_at, rounds
from tests.delivery.smtp_server import smtp_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def run() -> Iterator[Rounds]:
    with rounds() as found:
        yield found


@pytest.mark.parametrize("effect", [12, 45, 75, 90, 105, 120])
def test_a_killed_run_is_finished_by_the_next(tmp_path: Path, run: Rounds, effect: int) -> None:
    verdict = kill_at(effect, tmp_path, run)
    assert verdict.killed
    assert verdict.good, verdict


def lose_the_ledger(output: Path) -> None:
    for path in output.glob(f"{FILE}*"):
        path.unlink()
    if with_receipts(output):
        rebuild(output, MORNING + timedelta(minutes=5))


@pytest.mark.parametrize("effect", [*range(20, 200, 20), 95, 105, 115, 125, 135])
def test_a_killed_run_whose_ledger_is_lost_is_finished_by_the_next(tmp_path: Path, run: Rounds, effect: int) -> None:
    verdict = kill_at(effect, tmp_path, run, then=lose_the_ledger)
    assert verdict.good, verdict


def test_four_daemons_deliver_once(tmp_path: Path) -> None:
    assert race(tmp_path) == dict.fromkeys(RECIPIENTS, 1)


def test_the_loop_at_rest_costs_next_to_nothing(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    text = "sources: [{folder: .}]\nsections: [{id: a, title: A, terms: {en: [b]}}]\nschedule: {at: ['23:00']}\n"
    config.write_text(f"version: 1\n{text}")
    cost = rest(config)
    assert cost["seconds"] < 36
    assert cost["megabytes"] < 80


def test_a_hundred_recipients_have_a_state_each(tmp_path: Path) -> None:
    names = [f"r{number}@example.org" for number in range(100)]
    with smtp_server() as server:
        outcome = run_due(job(tmp_path, Press(), by_mail(server.port, *names)), Clock())
    assert sorted(server.delivered) == sorted(names)
    assert {row.recipient: row.detail for row in outcome.deliveries} == dict.fromkeys(names, "250 taken")


# ── building apart ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_build_apart_gives_what_the_function_gives() -> None:
    assert build_apart(well, "2019-03-21", seconds=60) == well("2019-03-21")


@pytest.mark.parametrize(
    ("build", "seconds", "message"),
    [
        (hanging, 0.3, "making the brief took longer than 0.005 minutes and was cut off"),
        (broken, 60, r"making the brief broke off \(exit code -9\)"),
    ],
)
def test_a_build_that_hangs_or_breaks_is_told(build: object, seconds: float, message: str) -> None:
    with pytest.raises(BuildError, match=message):
        build_apart(build, "2019-03-21", seconds=seconds)  # type: ignore[arg-type]


def test_a_build_is_ended_when_the_program_is_to_end() -> None:
    looks = iter([False, False, True])
    with pytest.raises(KeyboardInterrupt):
        build_apart(hanging, "2019-03-21", seconds=60, stopped=lambda: next(looks))
    assert not [child for child in multiprocessing.active_children() if child.is_alive()]


def test_a_build_that_fails_says_why_and_what_stands() -> None:
    with pytest.raises(BuildError, match="no article") as caught:
        build_apart(refused, "all", seconds=60)
    assert caught.value.partial is None
    with pytest.raises(BuildError, match="no PDF") as caught:
        build_apart(refused, "pdf", seconds=60)
    assert caught.value.partial == Built(files=(("brief.html", b"<p>"),), articles=1)
