"""`briefing preview`: the brief in a browser, made again as files change."""

from __future__ import annotations

import re
import signal
import time
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.documents import find
from briefing.cli.making import earlier_than, knowing, notes_on, numbered, page_folders, plan
from briefing.cli.output import DONE, open_on_screen, say
from briefing.cli.parameters import SourcePath, day_option, now_option
from briefing.cli.session import config_file_option, open_session
from briefing.errors import BriefingError, ConfigError, Mistake
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor
    from datetime import date, datetime
    from types import FrameType

    from briefing.cli.session import Session
    from briefing.config import Config
    from briefing.models import Problem, Ranked
    from briefing.pipeline import Item, Remember
    from briefing.preview import Day, Screen

PORT = 8437


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is previewed: a configuration, the files that stand in for its sources, a day, a clock."""

    config_path: Path
    sources: tuple[Path, ...]
    day: date | None
    now: datetime | None


@click.command()
@click.argument("sources", nargs=-1, type=SourcePath(exists=True, path_type=Path), metavar="[SOURCE]...")
@config_file_option
@day_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port to listen on; 0 for any free one.",
)
@click.option("--open/--no-open", "show", default=True, help="Open the page in the browser.  [default: open]")
@now_option
def preview(
    *, sources: tuple[Path, ...], config_path: Path, day: date | None, port: int, show: bool, now: datetime | None
) -> int:
    """Show the brief in a browser, and rebuild it whenever a file changes; Ctrl-C ends it.

    SOURCE: files or folders to read instead of the config's sources. Only this machine can see the page; nothing
    is written and nothing is sent. "PDF" opens the printed pages; F2 leads from the brief to the sections and back.
    """
    from briefing.preview import Screen, listen

    screen = Screen()
    try:
        server = listen(screen, port)
    except OSError as error:
        raise BriefingError(
            f"port {port}: {error.strerror}; --port names another, --port 0 takes a free one"
        ) from error
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    serving.start()
    click.echo(server.url)
    say("open this address; the brief is rebuilt whenever you save a file; Ctrl-C ends it")
    if show:
        open_on_screen(server.url)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _keep_showing(Desk(config_path=config_path, sources=sources, day=day, now=now), screen)
    except KeyboardInterrupt:
        say("the preview has ended")
    finally:
        screen.close()
        server.shutdown()
        server.server_close()
    return DONE


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _keep_showing(desk: Desk, screen: Screen) -> None:
    """Make the brief, and make it again whenever something changes; only Ctrl-C ends it."""
    from briefing.parallel import MemoryExecutor
    from briefing.per_document import readers
    from briefing.preview import Watcher, watched
    from briefing.sources import folders_of

    watcher, sources = Watcher(), desk.sources
    with readers() as executor, closing(watcher):
        remembered, whole = MemoryExecutor(executor), Whole()
        while True:
            watcher.watch(watched(desk.config_path, sources))
            watcher.wait()
            started = time.perf_counter()
            try:
                session = open_session(desk.config_path)
                own = folders_of(session.config.sources, session.home)
                sources = (*(desk.sources or own), session.home / session.config.brief.notes)
                with knowing(session, executor) as lent:
                    remembered.new_generation(lent)
                    screen.show(make_day(session, desk, remembered, whole), seconds=time.perf_counter() - started)
            except BriefingError as error:
                screen.complain(mistakes_of(error), seconds=time.perf_counter() - started)


class Whole:
    """Remembers what each stage made of the whole day the last time, and of what."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[object, ...], Any]] = {}

    def __call__(self, stage: str, make: Callable[[], Item], *made_of: object) -> Item:
        """Return what `make` returned for equal values, or returns now."""
        known = self._known.get(stage)
        if known is None or known[0] != made_of:
            known = self._known[stage] = made_of, make()
        made: Item = known[1]
        return made


def make_day(session: Session, desk: Desk, executor: Executor, remember: Remember | None = None) -> Day:
    """Make the brief and its HTML edition; BriefingError where a template has a mistake or there is no article."""
    from briefing.per_document import rank_text, shelf_for
    from briefing.pipeline import afresh, assign, brief_of, understand
    from briefing.preview import Day
    from briefing.render import render

    config = session.config
    edition = plan(session, day=desk.day, now=desk.now)
    notes, remarks = notes_on(edition.date, session)
    found = find(session, desk.sources, head=edition)
    shelf = shelf_for(found.documents, session.cache)
    reading = understand(found, config=config, edition=edition, executor=executor, shelf=shelf)
    assigned = assign(
        reading,
        config=config,
        cut_off=edition.cut_off,
        rank=lambda text, method: executor.submit(rank_text, text, method).result(),
        executor=executor,
        remember=remember or afresh,
    )
    earlier = earlier_than(session.output, edition.id)
    reading = replace(reading, problems=(*reading.problems, *remarks))
    head = edition if desk.sources else numbered(edition, earlier)
    brief = brief_of(
        reading, assigned, config=config, edition=head, earlier=earlier, notes=notes, remember=remember or afresh
    )
    if not brief.articles:
        reasons = "; ".join(f"{problem.origin}: {problem.reason}" for problem in brief.left_out[:5])
        raise BriefingError(f"there is no article to make a brief of{f' ({reasons})' if reasons else ''}")
    templates = page_folders(session)
    made = render(brief, formats=("html",), page=config.page, templates=templates)
    return Day(
        page=dict(made.files)["brief.html"],
        brief=brief,
        sections=config.every_section,
        assigned=assigned,
        remarks=(*made.problems, *remarks, *_misspelt(config, reading.ranked)),
        pdf=cache(
            lambda: dict(render(brief, formats=("pdf",), page=config.page, templates=templates).files)["brief.pdf"]
        ),
    )


def _misspelt(config: Config, ranked: Sequence[Ranked]) -> Iterator[Problem]:
    """Yield the outlets of sections that no article is by, where one of another spelling is there."""
    from briefing.explain import silence, silent_outlets
    from briefing.models import Problem

    for section, outlet, meant in silent_outlets(config, ranked):
        if meant is not None:
            yield Problem(origin=f"section '{section}'", stage="place", reason=silence(outlet, meant), lost=False)


# ── mistakes and their places ────────────────────────────────────────────────────────────────────────────────────────


_PLACE = re.compile(r"(?P<file>[^\n]+?):(?P<line>\d+): (?P<message>.+)", re.DOTALL)
_FILE = re.compile(r"(?P<file>[^\n]+?): (?P<message>.+)", re.DOTALL)
_YAML_PLACE = re.compile(r"line (?P<line>\d+), column (?P<column>\d+)")
LARGEST = 2_000_000
"""Bytes of a template that are looked into for the line."""


def mistakes_of(error: BriefingError) -> tuple[Mistake, ...]:
    """Return what an error tells, at the line of the file that its message names where it names one."""
    if isinstance(error, ConfigError):
        return error.mistakes
    text = str(error)
    if (found := _PLACE.fullmatch(text)) and Path(found["file"]).is_file():
        return (_in_file(Path(found["file"]), int(found["line"]), found["message"]),)
    if (found := _FILE.fullmatch(text)) and Path(found["file"]).is_file():
        places = list(_YAML_PLACE.finditer(found["message"]))
        line = int(places[-1]["line"]) if places else 0
        return (_in_file(Path(found["file"]), line, found["message"]),)
    return (Mistake(file="", line=0, column=1, message=text),)


def _in_file(path: Path, number: int, message: str) -> Mistake:
    """Return a mistake in a line of a file; all of the line is meant, without the blanks around it."""
    try:
        lines = read_regular(path, most_bytes=LARGEST).decode("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    source = lines[number - 1] if 0 < number <= len(lines) else ""
    text = source.strip()
    column = len(source) - len(source.lstrip()) + 1
    return Mistake(
        file=str(path), line=number, column=column, message=message, width=max(1, len(text)), source=source.rstrip()
    )
