"""`briefing check`: whether the configuration does what it is meant to do, before a night depends on it."""

from __future__ import annotations

import os
from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.build import find, plan
from briefing.cli.outcome import DONE, FAILED, say
from briefing.cli.session import clock, config_option, now_option, open_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from briefing.cli.session import Session
    from briefing.config.checks import Finding
    from briefing.config.schema import Config
    from briefing.pipeline import Reading

ALIKE = 0.8
"""Share of the smaller section's stories in another one from which the two are said to overlap."""


@click.command()
@config_option
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day whose articles are read.")
@now_option
def check(*, config_path: Path, day: datetime | None, now: datetime | None) -> int:
    """Check the config, its examples, its terms on the day's articles, and the next slots.

    Exit 1 where an example falls on the wrong side, 2 where the config has mistakes.
    """
    session = open_session(config_path)
    click.echo(f"{config_path}: no mistakes")
    failed = failed_examples(session)
    reading = _read(session, day, now)
    for line in (*_articles(reading), *_terms(session.config, reading), *_overlaps(session.config, reading)):
        click.echo(line)
    for line in next_slots_of(session.config, clock(now)()):
        click.echo(line)
    return FAILED if failed else DONE


def failed_examples(session: Session) -> int:
    """Run the examples; say each that fails at its line, with the terms that decided. Returns how many failed."""
    from briefing.cli.config_file import load_file
    from briefing.config import render
    from briefing.errors import ConfigError

    count = sum(len(section.examples) + len(section.not_examples) for section in session.config.sections)
    try:
        load_file(session.path, environ=os.environ, checks=(_example_findings,))
    except ConfigError as error:
        say(render(error.mistakes))
        click.echo(f"examples: {len(error.mistakes)} of {count} fail")
        return len(error.mistakes)
    click.echo(f"examples: all {count} fall where they should")
    return 0


def _example_findings(config: Config) -> Iterable[Finding]:
    from briefing.themes import compile_sections, run_examples

    themes = compile_sections(config.sections, config.aliases)
    for failure in run_examples(config.sections, themes):
        terms = ", ".join(f"{term.term} ({term.weight:+.2f})" for term in failure.terms) or "no term of the section"
        side = "should belong here, but scores" if failure.expected else "should not belong here, but scores"
        score = f"{failure.score:.2f} against {failure.threshold:.2f}"
        yield failure.path, f"section '{failure.section}': the example {side} {score}: {terms}"


def _read(session: Session, day: datetime | None, now: datetime | None) -> Reading:
    from briefing.pipeline import understand

    edition = plan(session, day=day.date() if day else None, now=now)
    return understand(find(session, ()), config=session.config, edition=edition)


def _articles(reading: Reading) -> Iterator[str]:
    languages = Counter(ranked.text.language for ranked in reading.ranked)
    told = ", ".join(f"{language} {count}" for language, count in sorted(languages.items()))
    yield f"articles: {len(reading.ranked)}{f' ({told})' if told else ''}"
    for problem in reading.problems:
        yield f"  {'left out' if problem.lost else 'note'}: {problem.origin}: {problem.reason}"


def _terms(config: Config, reading: Reading) -> Iterator[str]:
    from briefing.themes import compile_sections, missing_languages, suggest

    themes = compile_sections(config.sections, config.aliases)
    today = {ranked.text.language for ranked in reading.ranked}
    for name, languages in missing_languages(themes, sorted(today)):
        yield f"section '{name}' has no terms in {', '.join(languages)}, in which there are articles today"
    for section in config.sections:
        found = suggest(section.id, reading.ranked, themes, count=1)
        silent = sum(bool(today & set(term.languages)) for term in found.silent)
        yield (
            f"section '{section.id}': {found.articles} articles; {silent} terms in today's languages match nothing"
            f" (`briefing suggest {section.id}` names them)"
        )


def _overlaps(config: Config, reading: Reading) -> Iterator[str]:
    from briefing.pipeline import assign

    _, placed = assign(reading.ranked, config=config)
    stories = {s.id: {p.story.id for p in placed.placements if p.section == s.id} for s in config.sections}
    for one, other in combinations(stories, 2):
        smaller = min(len(stories[one]), len(stories[other]))
        if smaller > 1 and len(stories[one] & stories[other]) >= ALIKE * smaller:
            shared = len(stories[one] & stories[other])
            yield f"sections '{one}' and '{other}' overlap: they share {shared} stories today"


def next_slots_of(config: Config, now: datetime) -> Iterator[str]:
    """Yield the next three slots, in the brief's time and in UTC."""
    from briefing.slots import next_slots, timetable

    if config.schedule is None:
        yield "schedule: none; the brief is built when you ask for it"
        return
    zone = ZoneInfo(config.brief.timezone)
    for slot in next_slots(timetable(config.schedule, config.brief.timezone), now, 3):
        local = slot.due.astimezone(zone)
        yield f"slot: {local:%a %Y-%m-%d %H:%M} {config.brief.timezone} ({slot.due:%Y-%m-%d %H:%MZ})"
