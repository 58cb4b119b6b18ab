"""`briefing explain` and `briefing suggest`: why the brief is as it is, and what would change it."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from briefing.cli.documents import TYPED, find
from briefing.cli.making import knowing, plan
from briefing.cli.output import json_option, print_json
from briefing.cli.parameters import STANDARD_STREAM, SectionId, SourcePath, day_option, now_option
from briefing.cli.session import config_option, open_session
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from briefing.cli.session import Session
    from briefing.config import SectionSettings
    from briefing.edition import EditionInfo
    from briefing.explain import Explanation
    from briefing.models import Problem, Ranked
    from briefing.pipeline import Reading
    from briefing.sources import Found
    from briefing.themes import Suggestions

source_option = click.option(
    "--source",
    "sources",
    multiple=True,
    type=SourcePath(exists=True, path_type=Path),
    metavar="PATH",
    help="A file or folder to read instead of the config's sources; repeatable.",
)

HEADING = 100
"""Characters of an untitled article by which it can be meant; no heading shows more of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which day is asked about: its sources, its date, the moment that stands in for the clock."""

    sources: tuple[Path, ...]
    day: date | None
    now: datetime | None


@click.command()
@click.argument("article")
@config_option
@source_option
@day_option
@now_option
@json_option
def explain(
    *,
    article: str,
    config_path: Path,
    sources: tuple[Path, ...],
    day: date | None,
    now: datetime | None,
    as_json: bool,
) -> None:
    """Show what was read of an article, where it went, and why.

    ARTICLE: a file, part of an origin or a title, or the beginning of an id; `-` reads an article from standard input.
    A file outside the sources is explained as if it were the day's only article.
    """
    from briefing.explain import as_values

    if not article.strip():
        raise click.UsageError("say which article: a file, part of an origin or a title, or the beginning of an id")
    session = open_session(config_path)
    if article == str(STANDARD_STREAM):
        article, sources = TYPED, (STANDARD_STREAM,)
    asked = Asked(sources=sources, day=day, now=now)
    reading = _reading_with(article, session, asked)
    chosen = _chosen(article, reading)
    if not as_json:
        for problem in _about(article, reading):
            click.echo(f"{'left out' if problem.lost else 'note'}: {problem.origin}: {problem.reason}")
    explained = _explained(chosen, reading, session, asked)
    if as_json:
        problems = [{"reason": problem.reason, "lost": problem.lost} for problem in _about(article, reading)]
        print_json(as_values(explained) | {"problems": problems})
        return
    from briefing.explain import explanation_lines, folded

    for line in explanation_lines(explained):
        click.echo(folded(line, get_terminal_size().columns) if sys.stdout.isatty() else line)


def _reading_with(article: str, session: Session, asked: Asked) -> Reading:
    """Read the day; where the article is a file that lies in none of its sources, that file alone."""
    path = Path(article)
    if path.exists() and not asked.sources and not _lies_in_sources(path, session):
        asked = replace(asked, sources=(path.absolute(),))
    return _read(session, asked)


def _about(article: str, reading: Reading) -> list[Problem]:
    """Return the problems of one article."""
    name = f"/{Path(article).name}"
    return [found for found in reading.problems if article in found.origin or f"{name}#" in f"{found.origin}#"]


def _explained(ranked: Ranked, reading: Reading, session: Session, asked: Asked) -> Explanation:
    from briefing.explain import explain_article
    from briefing.pipeline import assign, brief_of

    config = session.config
    edition = _planned(session, asked)
    assigned = assign(reading, config=config, cut_off=edition.cut_off)
    explained = explain_article(
        ranked.article.id,
        assigned,
        brief=brief_of(reading, assigned, config=config, edition=edition),
        sections=config.every_section,
    )
    if explained is None:
        raise BriefingError(f"{ranked.article.origin}: no story of the day tells it")
    return explained


@click.command()
@click.argument("section", type=SectionId())
@config_option
@source_option
@day_option
@now_option
@click.option(
    "--count", type=click.IntRange(1, 100), default=12, show_default=True, help="How many terms for each language."
)
@json_option
def suggest(
    *,
    section: str,
    config_path: Path,
    sources: tuple[Path, ...],
    day: date | None,
    now: datetime | None,
    count: int,
    as_json: bool,
) -> None:
    """Suggest terms that would set a section apart, and list those of its terms that match nothing."""
    from briefing.sectioning import draws_from
    from briefing.themes import compile_sections
    from briefing.themes import suggest as suggestions_for

    session = open_session(config_path)
    session.only((section,))  # refuses an unknown name
    settings = _tunable(section, session)
    reading = _read(session, Asked(sources=sources, day=day, now=now))
    themes = compile_sections(session.config.sections, session.config.aliases)
    drawn = [ranked for ranked in reading.ranked if draws_from(settings, ranked)]
    found = suggestions_for(section, drawn, themes, count=count)
    if as_json:
        print_json(asdict(found) | {"of": len(drawn)})
        return
    click.echo(f"{section}: {found.articles} of {len(drawn)} articles")
    for line in _suggestion_lines(found):
        click.echo(line)


def _tunable(section: str, session: Session) -> SectionSettings:
    """Return a section's settings; BriefingError where it has no terms that could be tuned."""
    settings = next(one for one in session.config.every_section if one.id == section)
    if settings.rest:
        raise BriefingError(f"section '{section}' takes what no other one does (`rest: true`): it has no terms to tune")
    if not any(settings.terms.values()):
        below = " or ".join(f"`briefing suggest {one.id}`" for one in settings.sections)
        raise BriefingError(f"section '{section}' has no terms of its own to tune{f'; try {below}' if below else ''}")
    return settings


def _suggestion_lines(found: Suggestions) -> Iterator[str]:
    if found.terms:
        yield "\nterms that set them apart (articles that reach the section and have it : others, by language):"
    else:
        yield "\nno term to propose: no other word stands in two of them and hardly elsewhere"
    for term in found.terms:
        yield f"  {term.language}  {term.term:32} {term.inside:3} : {term.outside}"
    if found.silent:
        yield "\nterms that match nothing today:"
    for silent in found.silent:
        yield f"  {', '.join(silent.languages) or '-'}  {silent.term}"


def _read(session: Session, asked: Asked) -> Reading:
    return _understood(find(session, asked.sources, head=_planned(session, asked)), session, asked)


def _understood(found: Found, session: Session, asked: Asked) -> Reading:
    from briefing.per_document import readers, shelf_for
    from briefing.pipeline import understand

    edition, shelf = _planned(session, asked), shelf_for(found.documents, session.cache)
    with readers() as workers, knowing(session, workers) as executor:
        return understand(found, config=session.config, edition=edition, executor=executor, shelf=shelf)


def _planned(session: Session, asked: Asked) -> EditionInfo:
    return plan(session, day=asked.day, now=asked.now)


def _lies_in_sources(path: Path, session: Session) -> bool:
    from briefing.sources import folders_of

    folders = folders_of(session.config.sources, session.home)
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)


def _chosen(wanted: str, reading: Reading) -> Ranked:
    """Return the article that is meant; BriefingError where none is, or several are."""
    meant = [ranked for ranked in reading.ranked if _is_meant(wanted, ranked)]
    exact = [ranked for ranked in meant if wanted in {ranked.article.id, ranked.article.origin}]
    found = exact or meant
    if len(found) == 1:
        return found[0]
    lost = [problem for problem in _about(wanted, reading) if problem.lost]
    if not found and lost:
        told = "\n".join(f"  {problem.origin}: {problem.reason}" for problem in lost)
        raise BriefingError(f"there is nothing to explain; it was left out:\n{told}")
    if not found:
        raise BriefingError(
            f"no article of the day is meant by {wanted!r}; give a file, or part of an origin or a title"
        )
    names = "\n".join(f"  {ranked.article.origin}" for ranked in found[:12])
    raise BriefingError(f"{wanted!r} is meant by {len(found)} articles; say which:\n{names}")


def _is_meant(wanted: str, ranked: Ranked) -> bool:
    article = ranked.article
    name = Path(wanted).name
    return (
        article.id.startswith(wanted)
        or f"/{name}#" in f"{article.origin}#"
        or wanted.casefold() in article.origin.casefold()
        or wanted.rstrip(" …").casefold() in (article.title or article.text[:HEADING]).casefold()
    )
