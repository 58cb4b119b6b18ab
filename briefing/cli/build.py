"""`briefing build`: the brief, now."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.outcome import DONE, PROBLEMS, say
from briefing.cli.session import clock, config_option, now_option, open_session, output_option
from briefing.errors import BriefingError, RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from briefing.changes import Earlier
    from briefing.cli.session import Session
    from briefing.config.schema import Config
    from briefing.models import Edition, EditionInfo, Problem
    from briefing.pipeline import Item, Watch
    from briefing.sources import Found

FORMATS = ("pdf", "html", "md", "json", "txt")


class Formats(click.ParamType[tuple[str, ...]]):
    """A list of formats with commas between them."""

    name = "formats"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the formats, each once."""
        names = value if isinstance(value, tuple) else tuple(part.strip() for part in str(value).split(","))
        for name in names:
            if name not in FORMATS:
                self.fail(f"unknown format {name!r}; there are {', '.join(FORMATS)}", param, ctx)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What `briefing build` was asked for, beside the configuration."""

    sources: tuple[Path, ...]
    day: date | None
    now: datetime | None
    formats: tuple[str, ...]
    watch: Watch | None


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[SOURCE]...")
@config_option
@output_option
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the edition.  [default: today]")
@click.option("--section", "only", multiple=True, metavar="ID", help="Only this section; may be given again.")
@click.option(
    "--format", "formats", type=Formats(), default="pdf,html,md,json", show_default=True, help="What to make."
)
@click.option("--open", "show", is_flag=True, help="Open the PDF when it is there.")
@click.option("--strict", is_flag=True, help="Exit 3 where anything was left out.")
@click.option("-v", "--verbose", is_flag=True, help="Name each stage and what stayed in spite of a problem.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@now_option
def build(
    *,
    sources: tuple[Path, ...],
    config_path: Path,
    output: Path | None,
    day: datetime | None,
    only: tuple[str, ...],
    formats: tuple[str, ...],
    show: bool,
    strict: bool,
    verbose: bool,
    quiet: bool,
    now: datetime | None,
) -> int:
    """Make the brief now; deliver nothing.

    SOURCE: files or folders that stand in for the sources of the config.
    """
    session = open_session(config_path, output).only(only)
    watch = None if quiet else shown_progress if sys.stderr.isatty() else named_stages if verbose else None
    request = Request(sources=sources, day=day.date() if day else None, now=now, formats=formats, watch=watch)
    try:
        edition = make_edition(session, request)
    except RenderError as error:
        if error.edition is not None:
            keep(error.edition, session.output)
        raise
    problems = (*edition.brief.left_out, *edition.problems)
    if not quiet:
        tell(problems, every=verbose)
    paths = keep(edition, session.output)
    if show:
        click.launch(str(paths[0]))
    return PROBLEMS if strict and problems else DONE


def keep(edition: Edition, output: Path) -> list[Path]:
    """Write an edition's files and print their paths; RenderError where it has been delivered already."""
    from briefing.editions import write_edition
    from briefing.ledger import check_unsent

    check_unsent(edition.brief.edition.id, edition.files, output)
    folder = write_edition(edition, output)
    paths = [folder / name for name, _ in edition.files]
    for path in paths:
        click.echo(path)
    return paths


def make_edition(session: Session, request: Request) -> Edition:
    """Read the sources, make the brief and set it; BriefingError where there is not one article to print."""
    from briefing.pipeline import make_brief, unwatched
    from briefing.render import render, shipped_templates, typesetter_for

    with typesetter_for(request.formats) as typesetter:  # it loads while the brief is made
        found = find(session, request.sources)
        planned = plan(session, day=request.day, now=request.now)
        earlier = earlier_than(session.output, planned.id)
        watch = request.watch or unwatched
        brief = make_brief(found, config=session.config, edition=planned, earlier=earlier, watch=watch)
        if not brief.sources:
            tell(brief.left_out, every=True)
            raise BriefingError("no article to make a brief of: nothing was written; check the sources")
        page, folders = session.config.page, (session.home / "templates", shipped_templates())
        return render(brief, formats=request.formats, page=page, templates=folders, typesetter=typesetter)


def find(session: Session, sources: tuple[Path, ...]) -> Found:
    """Read what the sources hold: those given, else those of the configuration."""
    from briefing.sources import read_paths

    paths = sources or tuple(session.home / source.folder for source in session.config.sources)
    return read_paths(paths, most_bytes=session.config.limits.document_bytes)


def plan(session: Session, *, day: date | None, now: datetime | None) -> EditionInfo:
    """Return the head of the edition: of a given day at its hour, or of this moment.

    An edition of a given day is built "at" its cut-off whenever it is really built, so that its bytes stay the same.
    """
    from briefing.period import cut_off_of, plan_edition

    config = session.config
    zone = ZoneInfo(config.brief.timezone)
    if day is not None:
        at = config.schedule.at[0] if config.schedule and config.schedule.at else None
        moment = now or cut_off_of(day, at=at, zone=zone)
    else:
        moment = clock(now)().replace(second=0, microsecond=0)
    return plan_edition(
        config.brief,
        day=day or moment.astimezone(zone).date(),
        built_at=moment,
        cut_off=moment,
        next_at=_next_after(moment, config),
    )


def _next_after(moment: datetime, config: Config) -> datetime | None:
    """Return when the brief is due next; None where config.yaml has no `schedule:`."""
    from briefing.slots import next_slots, timetable

    if config.schedule is None:
        return None
    following = next_slots(timetable(config.schedule, config.brief.timezone), moment, 1)
    return following[0].due if following else None


def earlier_than(output: Path, edition_id: str) -> Earlier | None:
    """Return the newest edition before this one, or None where there is none that can be read."""
    from briefing.changes import earlier_brief
    from briefing.editions import edition_ids

    for name in sorted((name for name in edition_ids(output) if name < edition_id), reverse=True):
        try:
            return earlier_brief(json.loads((output / name / "brief.json").read_bytes()))
        except (OSError, ValueError, KeyError, TypeError) as error:
            say(f"{output / name / 'brief.json'}: not read, so nothing is compared with it: {error}")
    return None


def tell(problems: Iterable[Problem], *, every: bool) -> None:
    """Say what was left out; with `every`, also what was only cut short."""
    for problem in problems:
        if problem.lost or every:
            say(f"{'left out' if problem.lost else 'note'}: {problem.origin}: {problem.reason}")


def shown_progress(items: Iterable[Item], *, stage: str, total: int) -> Iterable[Item]:
    """Draw a progress bar for one stage on the terminal."""
    with click.progressbar(items, length=total, label=f"{stage:8}", file=sys.stderr) as bar:
        yield from bar


def named_stages(items: Iterable[Item], *, stage: str, total: int) -> Iterable[Item]:
    """Say one plain line for one stage."""
    say(f"{stage}: {total}")
    return items
