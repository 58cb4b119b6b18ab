"""`briefing check`: whether the configuration does what it is meant to do, before a night depends on it."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from bisect import bisect_right
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise
from math import ceil
from shutil import which
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.documents import find
from briefing.cli.making import knowing, notes_on, page_folders, plan
from briefing.cli.output import CONFIG, DONE, FAILED, json_option, print_json, say_mistakes
from briefing.cli.parameters import day_option, now_option
from briefing.cli.session import clock, config_option, open_session
from briefing.errors import ConfigError, RenderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor
    from datetime import date, datetime
    from pathlib import Path

    from briefing.cli.session import Session
    from briefing.config import Config
    from briefing.delivery import Note, Slot
    from briefing.edition import EditionInfo
    from briefing.errors import Mistake
    from briefing.explain import Findings, SectionFinding
    from briefing.pipeline import Reading
    from briefing.themes import ExampleFailure, Placed, Themes

LONE = 3
"""Stories that reach a section by one term alone from which its user is told."""
ALIKE = 0.7
"""Share of the stories that reach either of two sections and reach both, from which the two are said to overlap."""
PLAIN = "lead"
"""How sentences are ranked here: where a story belongs does not hang on it, and this needs nothing slow."""
COMING = 3
"""Slots that are told."""


@click.command()
@config_option
@day_option
@click.option(
    "--online",
    is_flag=True,
    help="Also log in to the servers and ask each source; nothing is sent or kept.",
)
@json_option
@now_option
def check(*, config_path: Path, day: date | None, online: bool, as_json: bool, now: datetime | None) -> int:
    """Check the config, its examples, its terms on the day's articles, fonts and delivery; list the next slots.

    Exit 1 if an example falls on the wrong side or the brief could not be delivered, 2 if the config has mistakes.
    """
    from briefing.explain import findings_data, findings_lines, mistakes_as_data

    try:
        found = _findings(config_path, day=day, online=online, now=now)
    except ConfigError as error:
        if not as_json:
            raise
        print_json({"ok": False, "config": str(config_path), "mistakes": mistakes_as_data(error.mistakes)})
        return CONFIG
    if as_json:
        print_json(findings_data(found))
    else:
        if found.failed:
            say_mistakes(found.failed)
        for line in findings_lines(found):
            click.echo(line)
    return FAILED if found.wrong else DONE


def _findings(config_path: Path, *, day: date | None, online: bool, now: datetime | None) -> Findings:
    """Check everything; what reads the articles loads while the config is read."""
    from briefing.cli.collect import tried_online
    from briefing.delivery import delivery_notes, online_notes
    from briefing.explain import Findings, silent_outlets
    from briefing.parallel import processors
    from briefing.per_document import readers

    with readers() as executor:
        if processors() > 1:  # one alone it would load at the expense of all else
            executor.start()
        session = open_session(config_path)
        head = plan(session, day=day, now=now)
        tried = _tried(session, executor, head=head)
    config, reading = session.config, tried.reading
    return Findings(
        config=str(session.path),
        examples=sum(len(section.examples) + len(section.not_examples) for section in config.every_section),
        failed=tried.failed,
        languages=dict(sorted(Counter(ranked.text.language for ranked in reading.ranked).items())),
        problems=reading.problems,
        sections=tuple(_sections(config, tried)),
        silent_outlets=tuple(silent_outlets(config, reading.ranked)),
        overlaps=tuple(_overlaps(config, tried.placed)),
        characters=len(_characters(reading)),
        fontless=tried.fontless,
        page=(*_page_notes(session, head), *gap_notes(config, clock(now)())),
        delivery=tuple(delivery_notes(config, session.home)),
        online=(*online_notes(config, session.home), *tried_online(session, clock(now))) if online else None,
        slots=_next_slots(config, clock(now)()),
        timezone=config.brief.timezone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tried:
    """The sections tried on their examples and on the day's articles."""

    themes: Themes
    failed: tuple[Mistake, ...]
    reading: Reading
    placed: Placed
    fontless: tuple[str, ...] | None


def _tried(session: Session, executor: Executor, *, head: EditionInfo) -> _Tried:
    """Read the articles while the examples are run, and ask for fonts while the articles are placed."""
    from briefing.parallel import MemoryExecutor
    from briefing.per_document import rank_text, read_all, shelf_for
    from briefing.pipeline import assign, understand
    from briefing.themes import compile_sections

    config, documents = session.config, find(session, (), head=head)
    shelf = shelf_for(documents.documents, session.cache)
    with ThreadPoolExecutor(1) as pool, knowing(session, executor) as lent:
        once: Executor = lent if shelf else MemoryExecutor(lent)
        ahead = () if shelf else documents.documents  # a large day is not held twice
        extracting = pool.submit(lambda: list(read_all(ahead, config.limits, once)))
        themes = compile_sections(config.sections, config.aliases)
        failed = failed_examples(session, themes)
        extracting.result()
        reading = understand(documents, config=config, edition=head, executor=once, method=PLAIN, shelf=shelf)
        asking = pool.submit(lambda: _fontless(_characters(reading), session))
        placed = assign(
            reading,
            config=config,
            cut_off=head.cut_off,
            themes=themes,
            rank=lambda text, _: rank_text(text, PLAIN),
        ).placed
        return _Tried(themes=themes, failed=failed, reading=reading, placed=placed, fontless=asking.result())


def failed_examples(session: Session, themes: Themes) -> tuple[Mistake, ...]:
    """Run the examples; return each that fails at its line, with the terms that decided."""
    from briefing.cli.session import load_file
    from briefing.themes import run_examples

    failures = run_examples(session.config.sections, themes)
    if not failures:
        return ()
    findings = [(failure.path, _told(failure)) for failure in failures]
    try:
        load_file(session.path, environ=os.environ, checks=(lambda _: findings,))  # which knows the places
    except ConfigError as error:
        return error.mistakes
    return ()


def _told(failure: ExampleFailure) -> str:
    """Return on which side of what an example fell: of the score, or of what it must say by itself."""
    from briefing.themes import RELEVANT, beside

    terms = (
        ", ".join(f"{term.told} ({term.weight:+.2f})" for term in failure.terms) or "no term of the section is in it"
    )
    where = " where " if failure.threshold else " where more than "
    score = f"scores {beside(failure.score, failure.threshold, where)} is needed"
    side = f"should {'' if failure.expected else 'not '}belong here, but {score}"
    if failure.expected and failure.score > 0 and failure.score >= failure.threshold:
        told = beside(failure.best, RELEVANT, " of ")
        side = f"should belong here, and {score}, but it does not say enough ({told})"
    return f"section '{failure.section}': the example {side}: {terms}"


def _sections(config: Config, tried: _Tried) -> Iterator[SectionFinding]:
    from briefing.explain import SectionFinding
    from briefing.sectioning import draws_from
    from briefing.themes import Fit, missing_languages, silent_terms, strangers

    drawn = {
        section.id: {ranked.text.language for ranked in tried.reading.ranked if draws_from(section, ranked)}
        for section in config.every_section
    }
    lacking = dict(missing_languages(tried.themes, sorted(frozenset[str]().union(*drawn.values()))))
    reached = Counter(verdict.section for verdict in tried.placed.verdicts if verdict.reached)
    met = {(verdict.article, verdict.section) for verdict in tried.placed.verdicts if verdict.reached}
    strange = strangers(tried.themes, tried.reading.ranked, met)
    worded = {theme.id for theme in tried.themes.sections if theme.languages}  # not the rest, nor a mere heading
    for name, silent in silent_terms(tried.themes, tried.placed.met).items():
        if name not in worded:
            continue
        yield SectionFinding(
            id=name,
            articles=reached[name],
            silent=sum(bool(drawn[name] & set(term.languages)) for term in silent),
            lacking=tuple(language for language in lacking.get(name, ()) if language in drawn[name]),
            homes=sum(d.section == name and d.fit is Fit.HOME for d in tried.placed.decisions),
            lone=next((found for found in tried.placed.only_by(name) if found[1] >= LONE), None),
            strangers=tuple(strange.get(name, ())),
        )


def _page_notes(session: Session, head: EditionInfo) -> Iterator[Note]:
    """Yield what the page cannot do as it is asked to, and what is amiss with the editor's notes of the day."""
    from briefing.delivery import Note
    from briefing.render import missing_library, page_problems

    config = session.config
    if (missing := missing_library()) is not None:
        yield Note(place="page", state="wrong", message=missing)
    _, remarks = notes_on(head.date, session)
    try:
        found = page_problems(config.brief.language, page=config.page, templates=page_folders(session))
    except RenderError as error:
        yield Note(place="page.template", state="wrong", message=str(error))
        found = ()
    for problem in (*found, *remarks):
        yield Note(place=problem.origin, state="note", message=problem.reason)


def gap_notes(config: Config, now: datetime) -> Iterator[Note]:
    """Yield where the period is shorter than the longest pause of the coming year: a build by hand has a gap."""
    from briefing.delivery import Note, slots_between, timetable

    hours = config.brief.period_hours
    if config.schedule is None or hours is None:
        return
    zone = ZoneInfo(config.brief.timezone)
    slots = slots_between(timetable(config.schedule, config.brief.timezone), now, now + timedelta(days=366))
    longest = max(pairwise(slots), key=lambda pair: pair[1].due - pair[0].due, default=None)
    if longest is None or (pause := longest[1].due - longest[0].due) <= timedelta(hours=hours):
        return
    first, last = (slot.due.astimezone(zone) for slot in longest)
    needed = ceil(pause / timedelta(hours=1))
    yield Note(
        place="brief.period_hours",
        state="note",
        message=f"{hours} hours leave a gap where the schedule pauses for {needed}, from {first:%a %Y-%m-%d %H:%M} to "
        f"{last:%a %Y-%m-%d %H:%M}: `run` and `schedule` take what no edition has read all the same, `build` by hand "
        f"does not; write {needed}, or build with --new",
    )


def _overlaps(config: Config, placed: Placed) -> Iterator[tuple[str, str, int]]:
    sections = config.every_section
    stories = {s.id: {v.story for v in placed.verdicts if v.reached and v.section == s.id} for s in sections}
    nested = {(section.id, below.id) for section in config.sections for below in section.sections}
    for one, other in combinations(stories, 2):
        shared, either = len(stories[one] & stories[other]), len(stories[one] | stories[other])
        if shared > 1 and shared >= ALIKE * either and (one, other) not in nested:
            yield one, other, shared


def _characters(reading: Reading) -> frozenset[str]:
    articles = [ranked.article for ranked in reading.ranked]
    return frozenset[str]().union(*(f"{article.title}{article.text}{article.outlet}" for article in articles))


def _fontless(characters: frozenset[str], session: Session) -> tuple[str, ...] | None:
    from briefing.render import shipped_templates

    name = session.config.page.template
    return characters_without_font(
        [*characters], folders=[session.home / "templates" / name, shipped_templates() / name]
    )


def _next_slots(config: Config, now: datetime) -> tuple[Slot, ...] | None:
    """Return the next slots, or None where there is no schedule."""
    from briefing.delivery import next_slots, timetable

    if config.schedule is None:
        return None
    return tuple(next_slots(timetable(config.schedule, config.brief.timezone), now, COMING))


# ── characters without a font ────────────────────────────────────────────────────────────────────────────────────────


SECONDS = 10
_FONTS = ("*.ttf", "*.otf")


def characters_without_font(texts: Iterable[str], *, folders: Iterable[Path]) -> tuple[str, ...] | None:
    """Return the visible characters that neither a font of the system nor one in a folder's `fonts/` has, in order.

    None where fontconfig's tools are not there, so that nobody can tell.
    """
    files = [str(path) for folder in folders for pattern in _FONTS for path in sorted((folder / "fonts").glob(pattern))]
    try:
        charsets = _asked(["fc-list", "--format", "%{charset}\n"])
        if files:
            charsets += _asked(["fc-query", "--format", "%{charset}\n", "--", *files])
    except (OSError, subprocess.SubprocessError):
        return None
    covered = _ranges(charsets)
    wanted = set[str]().union(*texts)
    return tuple(sorted(char for char in wanted if _is_visible(char) and not _holds(covered, ord(char))))


def _asked(command: list[str]) -> str:
    program = which(command[0])
    if program is None:
        raise FileNotFoundError(command[0])
    done = subprocess.run(  # noqa: S603 - a program of the system, file names as arguments
        [program, *command[1:]], capture_output=True, check=True, timeout=SECONDS
    )
    return done.stdout.decode("utf-8", "replace")


def _ranges(charsets: str) -> list[tuple[int, int]]:
    """Return the code points of all charsets, written `20-7e a0`, as ranges in order that do not overlap."""
    found = set()
    for part in charsets.split():
        lowest, _, highest = part.partition("-")
        found.add((int(lowest, 16), int(highest or lowest, 16)))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _holds(ranges: list[tuple[int, int]], code: int) -> bool:
    place = bisect_right(ranges, (code, 0x110000)) - 1
    return place >= 0 and ranges[place][0] <= code <= ranges[place][1]


def _is_visible(char: str) -> bool:
    """Return whether a character needs a glyph: not a control, a format sign, a surrogate, unassigned, or a blank."""
    return unicodedata.category(char)[0] not in "CZ"
