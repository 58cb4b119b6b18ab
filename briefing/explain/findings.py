"""What `briefing check` found, as values: told in lines to people, as JSON to programs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from unicodedata import name
from zoneinfo import ZoneInfo

from briefing.config import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.config import Config
    from briefing.delivery import Note, Slot
    from briefing.errors import Mistake
    from briefing.models import Problem, Ranked
    from briefing.themes import Stranger

SHOWN = 3
"""Characters of a script that are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionFinding:
    """A section on the day's articles."""

    id: str
    articles: int
    """How many reach it."""
    silent: int
    """How many of its terms in the day's languages match nothing."""
    lacking: tuple[str, ...]
    """Languages of the day in which it has no terms."""
    homes: int = 0
    """How many stories have their home in it."""
    lone: tuple[str, int] | None = None
    """The term that alone brings most stories to it which have no home there, and how many; None where it is few."""
    strangers: tuple[Stranger, ...] = ()
    """Other words that its terms find by their stems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Everything that was found."""

    config: str
    examples: int
    failed: tuple[Mistake, ...]
    """The examples that fall on the wrong side."""
    languages: Mapping[str, int]
    problems: tuple[Problem, ...]
    sections: tuple[SectionFinding, ...]
    silent_outlets: tuple[tuple[str, str, str | None], ...]
    """(section, an outlet that it draws from and of which there is no article, the one that may have been meant)."""
    overlaps: tuple[tuple[str, str, int], ...]
    """(section, section, stories that they share)."""
    characters: int
    fontless: tuple[str, ...] | None
    """Characters without a font; None where nobody can tell."""
    page: tuple[Note, ...]
    """What the page cannot do as it is asked to, and what is amiss with the editor's notes."""
    delivery: tuple[Note, ...]
    online: tuple[Note, ...] | None
    """None where the network was not asked."""
    slots: tuple[Slot, ...] | None
    """None where there is no schedule."""
    timezone: str

    @property
    def wrong(self) -> bool:
        """Whether anything is as it should not be."""
        notes = (*self.page, *self.delivery, *(self.online or ()))
        return bool(self.failed) or any(note.state == "wrong" for note in notes)


def findings_lines(found: Findings) -> Iterator[str]:
    """Yield the findings for people; failed examples are told beside, with their lines."""
    yield f"{found.config}: no mistakes"
    if not found.examples:
        yield "examples: none; under `examples` a section shows what belongs there"
    elif found.failed:
        yield f"examples: {len(found.failed)} of {found.examples} fail"
    else:
        what = "the one falls where it" if found.examples == 1 else f"all {found.examples} fall where they"
        yield f"examples: {what} should"
    languages = ", ".join(f"{language} {count}" for language, count in found.languages.items())
    yield f"articles: {sum(found.languages.values())}{f' ({languages})' if languages else ''}"
    for problem in found.problems:
        yield f"  {'left out' if problem.lost else 'note'}: {problem.origin}: {problem.reason}"
    yield from _section_lines(found)
    yield from _font_lines(found)
    for note in (*found.page, *found.delivery, *(found.online or ())):
        yield f"{note.place}: {'' if note.state == 'ok' else f'{note.state}: '}{note.message}"
    yield from _slot_lines(found)


def _section_lines(found: Findings) -> Iterator[str]:
    for section in found.sections:
        if section.lacking:
            languages = ", ".join(section.lacking)
            yield f"section '{section.id}' has no terms in {languages}, in which there are articles today"
    for section in found.sections:
        yield f"section '{section.id}': {section.articles} article{_s(section.articles)}{_silent(section)}"
        if section.lone:
            term, count = section.lone
            yield (
                f"section '{section.id}': {count} stories reach it by {quoted(term)} alone and have no home there; join"
                f" it with a second word ({quoted(f'{term} + …')}), or add terms that bear it out"
            )
        yield from _stranger_lines(section)
    for id_, outlet, meant in found.silent_outlets:
        yield f"section '{id_}': {silence(outlet, meant)}"
    for one, other, shared in found.overlaps:
        yield f"sections '{one}' and '{other}' overlap: they share {shared} stories today"


def _stranger_lines(section: SectionFinding) -> Iterator[str]:
    for term, found in groupby(section.strangers, key=lambda stranger: stranger.term):
        words = "; ".join(
            f"{quoted(stranger.word)} in {stranger.articles} article{_s(stranger.articles)} (“{stranger.example}”)"
            for stranger in found
        )
        yield (
            f"section '{section.id}': {quoted(term)} also finds {words}; words match by their stems: write the phrase"
            rf" that you mean, or `regex:\b{term}\b` for this form alone"
        )


def _silent(section: SectionFinding) -> str:
    if not section.silent:
        return ""
    match, them = ("matches", "it") if section.silent == 1 else ("match", "them")
    return (
        f"; {section.silent} of its terms in today's languages {match} nothing"
        f" (`briefing suggest {section.id}` names {them})"
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _font_lines(found: Findings) -> Iterator[str]:
    if found.fontless is None:
        yield "fonts: not checked: fontconfig's fc-list is not there"
    elif not found.fontless:
        yield f"fonts: all {found.characters} characters of the day have one"
    else:
        for script, characters in by_script(found.fontless).items():
            named = ", ".join(f"U+{ord(char):04X} {name(char, 'unnamed')}" for char in characters[:SHOWN])
            more = f" and {len(characters) - SHOWN} more" if len(characters) > SHOWN else ""
            yield f"fonts: none has {named}{more} ({script}): install one, or put it into templates/*/fonts/"


def _slot_lines(found: Findings) -> Iterator[str]:
    if found.slots is None:
        yield "schedule: none; the brief is built when you ask for it"
        return
    for slot in found.slots:
        local = slot.due.astimezone(ZoneInfo(found.timezone))
        yield f"slot: {local:%a %Y-%m-%d %H:%M} {found.timezone} ({slot.due:%Y-%m-%d %H:%MZ})"


def findings_data(found: Findings) -> dict[str, Any]:
    """Return the findings as JSON values."""
    zone = ZoneInfo(found.timezone)
    return {
        "ok": not found.wrong,
        "config": found.config,
        "mistakes": [],
        "examples": {"count": found.examples, "failed": mistakes_as_data(found.failed)},
        "articles": {
            "count": sum(found.languages.values()),
            "languages": dict(found.languages),
            "problems": [{"origin": p.origin, "reason": p.reason, "lost": p.lost} for p in found.problems],
        },
        "sections": [
            {
                "id": s.id,
                "articles": s.articles,
                "silent_terms": s.silent,
                "languages_without_terms": list(s.lacking),
                "homes": s.homes,
                "lone_term": s.lone and {"term": s.lone[0], "stories": s.lone[1]},
                "strangers": [
                    {"term": one.term, "word": one.word, "articles": one.articles, "example": one.example}
                    for one in s.strangers
                ],
            }
            for s in found.sections
        ],
        "silent_outlets": [
            {"section": id_, "outlet": outlet, "meant": meant} for id_, outlet, meant in found.silent_outlets
        ],
        "overlaps": [{"sections": [one, other], "stories": shared} for one, other, shared in found.overlaps],
        "fonts": {
            "checked": found.fontless is not None,
            "missing": [{"character": char, "name": name(char, "")} for char in found.fontless or ()],
        },
        "page": [_note(note) for note in found.page],
        "delivery": [_note(note) for note in found.delivery],
        "online": None if found.online is None else [_note(note) for note in found.online],
        "slots": [
            {"local": slot.due.astimezone(zone).isoformat(), "utc": f"{slot.due:%Y-%m-%dT%H:%M:%SZ}"}
            for slot in found.slots or ()
        ],
    }


def mistakes_as_data(mistakes: Sequence[Mistake]) -> list[dict[str, Any]]:
    """Return mistakes as editors read them; line and column count from 1."""
    return [
        {
            "file": mistake.file,
            "line": mistake.line,
            "column": mistake.column,
            "end_column": mistake.column + mistake.width,
            "path": mistake.path,
            "message": mistake.message,
        }
        for mistake in mistakes
    ]


def _note(note: Note) -> dict[str, str]:
    return {"place": note.place, "state": note.state, "message": note.message}


def silent_outlets(config: Config, ranked: Iterable[Ranked]) -> Iterator[tuple[str, str, str | None]]:
    """Yield (section id, outlet, the outlet of the day that was meant or None), in the order of the config."""
    there = {found.casefold(): found for one in ranked if (found := one.article.outlet)}
    for section in config.every_section:
        for outlet in section.outlets:
            if outlet.casefold() not in there:
                meant = nearest(outlet, sorted(there))
                yield section.id, outlet, None if meant is None else there[meant]


def silence(outlet: str, meant: str | None) -> str:
    """Return that an outlet is silent, and which one may have been meant."""
    return f"no article today is by {quoted(outlet)}{f', did you mean {quoted(meant)}?' if meant else ''}"


def by_script(characters: Iterable[str]) -> dict[str, list[str]]:
    """Return characters by the first word of their Unicode names, which is the script for letters: `BENGALI`."""
    found: dict[str, list[str]] = defaultdict(list)
    for char in characters:
        found[name(char, "unnamed").split()[0]].append(char)
    return dict(found)
