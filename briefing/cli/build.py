"""`briefing build`: the brief, now."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.making import Wanted, as_slot, make_edition, plan, scheduled
from briefing.cli.output import (
    DONE,
    PROBLEMS,
    json_option,
    named_stages,
    open_on_screen,
    print_json,
    say,
    shown_progress,
)
from briefing.cli.parameters import (
    STANDARD_STREAM,
    NamedPath,
    SourcePath,
    day_option,
    formats_option,
    now_option,
    section_option,
)
from briefing.cli.session import config_option, open_session
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from briefing.edition import Brief, Edition
    from briefing.models import Problem
    from briefing.sources import Found


@click.command()
@click.argument(
    "sources", nargs=-1, type=SourcePath(exists=True, allow_dash=True, path_type=Path), metavar="[SOURCE|-]..."
)
@config_option
@click.option(
    "-o",
    "--output",
    "output",
    type=NamedPath(path_type=Path, file_okay=False),
    default=None,
    help="The folder for editions; - prints the one file that --format names.  [default: output, beside the config]",
)
@day_option
@section_option
@formats_option
@click.option(
    "--new", "news", is_flag=True, help="Take only articles that no delivered edition has read, as `run` does."
)
@click.option(
    "--inputs",
    "inputs",
    type=NamedPath(path_type=Path, exists=True, dir_okay=False),
    default=None,
    metavar="FILE",
    help="Build an edition again, of what its inputs.jsonl names and nothing else.",
)
@click.option("--open", "show", is_flag=True, help="Open the PDF when it is done.")
@click.option("--strict", is_flag=True, help="Exit 3 if anything was left out.")
@click.option("-v", "--verbose", is_flag=True, help="Also list what was only cut short.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@json_option
@now_option
def build(
    *,
    sources: tuple[Path, ...],
    config_path: Path,
    output: Path | None,
    day: date | None,
    only: tuple[str, ...],
    formats: tuple[str, ...],
    news: bool,
    inputs: Path | None,
    show: bool,
    strict: bool,
    verbose: bool,
    quiet: bool,
    as_json: bool,
    now: datetime | None,
) -> int:
    """Build the brief now; deliver nothing.

    SOURCE: files or folders to read instead of the config's sources; `-` reads one article from standard input.
    """
    from briefing.edition import IncompleteError

    if inputs is not None:
        return _build_again(inputs, output, as_json=as_json, quiet=quiet)
    printed = output == STANDARD_STREAM
    if printed and len(formats) > 1:
        raise click.UsageError("`-o -` prints one file: say which, as in --format md")
    if printed and as_json:
        raise click.UsageError("`-o -` prints the brief itself; --json tells what was made of it")
    hand: Callable[[Edition, Path], list[Path]] = _print if printed else partial(keep, as_json=as_json)
    begun = time.monotonic()
    session = open_session(config_path, None if printed else output, sourced=bool(sources)).only(only)
    watch = None if quiet else shown_progress if sys.stderr.isatty() else named_stages
    wanted = Wanted(head=plan(session, day=day, now=now), sources=sources, formats=formats, watch=watch)
    if news:
        head, delivered = scheduled(session, as_slot(wanted.head, session.config))
        wanted = replace(wanted, head=head, delivered=delivered)
    try:
        edition = make_edition(session, wanted, check=_refuse_empty)
    except IncompleteError as error:
        hand(error.edition, session.output)
        raise
    unwanted = [problem for problem in edition.brief.left_out if problem.stage != "scope"]  # which `about` asks for
    problems = (*unwanted, *edition.problems)
    if not quiet:
        tell(unwanted, every=verbose)
        # What the page could not do is the desk's to mend, and seen by nobody who does not know what was asked for.
        tell(edition.problems, every=True)
    paths = hand(edition, session.output)
    if not quiet:
        say(_made(edition, time.monotonic() - begun))
    if show and paths:
        open_on_screen(str(paths[0]))
    return PROBLEMS if strict and problems else DONE


def _made(edition: Edition, seconds: float) -> str:
    """Return what was made and how long it took, in one line."""
    brief = edition.brief
    lost = sum(problem.lost for problem in brief.left_out)
    what = f"{_count(_stories(brief), 'story', 'stories')} from {_count(brief.count, 'article', 'articles')}"
    files = ", ".join(name for name, _ in edition.files)
    return f"made {files}: {what}, {lost} left out, in {seconds:.1f} s"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _build_again(path: Path, output: Path | None, *, as_json: bool, quiet: bool) -> int:
    """Build the edition whose inputs are named, in its own folder or below another."""
    from briefing.cli.inputs import rebuilt

    begun = time.monotonic()
    made = rebuilt(path)
    keep(made, output or path.absolute().parent.parent, as_json=as_json)
    if not quiet:
        say(_made(made, time.monotonic() - begun))
    return DONE


def keep(edition: Edition, output: Path, *, as_json: bool = False) -> list[Path]:
    """Write an edition's files and print their paths, or what it came to; RenderError where it has been delivered."""
    from briefing.edition import write_edition

    if (output / edition.brief.edition.id).exists():
        from briefing.delivery import check_unsent

        check_unsent(edition.brief.edition.id, edition.files, output)
    folder = write_edition(edition, output)
    paths = [folder / name for name, _ in edition.files]
    if as_json:
        print_json(_data(edition, folder))
    for path in () if as_json else paths:
        click.echo(path)
    return paths


def _data(edition: Edition, folder: Path) -> dict[str, object]:
    brief = edition.brief
    return {
        "edition": brief.edition.id,
        "folder": str(folder),
        "files": [name for name, _ in edition.files],
        "articles": brief.count,
        "stories": _stories(brief),
        "left_out": [asdict(problem) for problem in brief.left_out],
        "problems": [asdict(problem) for problem in edition.problems],
    }


def _stories(brief: Brief) -> int:
    if brief.day:
        return brief.day.stories
    return len({story.id for part in brief.parts for story in (*part.stories, *part.more)})


def _print(edition: Edition, _output: Path) -> list[Path]:
    """Write an edition's one file to standard output; nothing is kept."""
    sys.stdout.buffer.write(edition.files[0][1])
    return []


def _refuse_empty(_found: Found, brief: Brief) -> None:
    if not brief.articles:
        tell(brief.left_out, every=True)
        raise BriefingError("no article to make a brief of: nothing was written; check the sources")


def tell(problems: Iterable[Problem], *, every: bool) -> None:
    """Say what was left out; with `every`, also what was only cut short."""
    for problem in problems:
        if problem.lost or every:
            say(f"{'left out' if problem.lost else 'note'}: {problem.origin}: {problem.reason}")
