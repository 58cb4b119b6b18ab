"""`briefing explain` and `briefing suggest`: why the brief is as it is, and what would change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.build import find, plan
from briefing.cli.explanation import explanation
from briefing.cli.session import config_option, now_option, open_session
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from datetime import datetime

    from briefing.cli.session import Session
    from briefing.models import Ranked
    from briefing.pipeline import Reading

day_option = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the edition.  [default: today]"
)
source_option = click.option(
    "--source",
    "sources",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="A file or folder that stands in for the sources of the config; may be given again.",
)


@click.command()
@click.argument("article")
@config_option
@source_option
@day_option
@now_option
def explain(
    *, article: str, config_path: Path, sources: tuple[Path, ...], day: datetime | None, now: datetime | None
) -> None:
    """Tell what was read of an article, where it went, and why.

    ARTICLE: a file, part of an origin or a title, or the beginning of an id. A file that lies in none of the
    sources is explained as if it were the day's only one.
    """
    session = open_session(config_path)
    path = Path(article)
    if path.exists() and not sources and not _lies_in_sources(path, session):
        sources = (path,)
    reading = _read(session, sources, day, now)
    for problem in reading.problems:
        if article in problem.origin or problem.origin.endswith(f"/{path.name}"):
            click.echo(f"{'left out' if problem.lost else 'note'}: {problem.origin}: {problem.reason}")
    for line in explanation(_chosen(article, reading), reading, session.config):
        click.echo(line)


@click.command()
@click.argument("section")
@config_option
@source_option
@day_option
@now_option
@click.option("--count", type=click.IntRange(1, 100), default=12, show_default=True, help="How many terms a language.")
def suggest(
    *,
    section: str,
    config_path: Path,
    sources: tuple[Path, ...],
    day: datetime | None,
    now: datetime | None,
    count: int,
) -> None:
    """Propose terms that would set a section apart, and name those of its terms that match nothing."""
    from briefing.themes import compile_sections
    from briefing.themes import suggest as suggestions_for

    session = open_session(config_path)
    session.only((section,))  # refuses an unknown name
    reading = _read(session, sources, day, now)
    themes = compile_sections(session.config.sections, session.config.aliases)
    found = suggestions_for(section, reading.ranked, themes, count=count)
    click.echo(f"{section}: {found.articles} of {len(reading.ranked)} articles")
    if found.terms:
        click.echo("\nterms that set them apart (articles of the section that have it : others):")
    for term in found.terms:
        click.echo(f"  {term.language}  {term.term:32} {term.inside:3} : {term.outside}")
    if found.silent:
        click.echo("\nterms that match nothing today:")
    for silent in found.silent:
        click.echo(f"  {', '.join(silent.languages) or '-'}  {silent.term}")


def _read(session: Session, sources: tuple[Path, ...], day: datetime | None, now: datetime | None) -> Reading:
    from briefing.pipeline import understand

    edition = plan(session, day=day.date() if day else None, now=now)
    return understand(find(session, sources), config=session.config, edition=edition)


def _lies_in_sources(path: Path, session: Session) -> bool:
    folders = [(session.home / source.folder).resolve() for source in session.config.sources]
    return any(path.resolve().is_relative_to(folder) for folder in folders)


def _chosen(wanted: str, reading: Reading) -> Ranked:
    """Return the article that is meant; BriefingError where none is, or several are."""
    meant = [ranked for ranked in reading.ranked if _is_meant(wanted, ranked)]
    exact = [ranked for ranked in meant if wanted in {ranked.article.id, ranked.article.origin}]
    found = exact or meant
    if len(found) == 1:
        return found[0]
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
        or article.origin.endswith(f"/{name}")
        or wanted.casefold() in article.origin.casefold()
        or wanted.casefold() in (article.title or "").casefold()
    )
