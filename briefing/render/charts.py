"""How many stories the sections had, edition by edition, as plain values for bars of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.edition import ALSO_TODAY
from briefing.render.characters import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.edition import Brief, Section
    from briefing.render.words import Words

LONGEST_TITLE = 120
"""Characters of a section's title that are printed."""
HEIGHT = 20.0
"""Units of the tallest bar; the page scales them."""
WIDTH, STEP = 7, 10
"""Units of a bar, and from one to the next."""
PLACES = 10
"""Bars for which there is room; fewer stand at the end."""
STROKE = 1.0
"""Units of the bar that stands for no story at all."""

Counts = tuple["int | None", ...]


def history_view(brief: Brief, words: Words, accents: Mapping[str, int]) -> dict[str, Any] | None:
    """Return a row of bars for each section, all on one scale; None where there is no earlier edition.

    An edition that did not have the section leaves its place empty, one that had no story in it has a stroke.
    """
    if not brief.history:
        return None
    rows = list(_rows(brief, words, accents))
    most = max((count for *_, counts in rows for count in counts if count is not None), default=0)
    days = [words.when(day, brief.edition.date.year) for day in (brief.history[0].date, brief.edition.date)]
    editions = len(brief.history) + 1
    return {
        "title": words.count("stories_in_editions", editions),
        "span": " – ".join(days),
        "most": words.text("tallest_bar", number=words.number(most)),
        "width": STEP * max(PLACES, editions) - (STEP - WIDTH),
        "height": HEIGHT,
        "rows": [
            {"title": title, "accent": accent, "bars": list(_bars(counts, most)), **_said(title, counts, words)}
            for title, accent, counts in rows
        ],
    }


def _rows(brief: Brief, words: Words, accents: Mapping[str, int]) -> Iterator[tuple[str, int, Counts]]:
    """Yield title, accent and counts, oldest first and this edition's last, of each section that stands by itself."""
    past = [edition.stories for edition in brief.history]
    for section in brief.sections:
        if section.parent is None:
            counts = (*_counts(past, section.id), _stories(brief.family_of(section)))
            yield label(section.title, LONGEST_TITLE), accents[section.id], counts
    untold = (*_counts(past, ALSO_TODAY), _stories([brief.rest]))
    if any(untold):
        yield words.text("also_today"), 0, untold


def _counts(past: Sequence[Mapping[str, int]], section: str) -> Iterator[int | None]:
    return (edition.get(section) for edition in past)


def _stories(sections: Sequence[Section]) -> int:
    return len({story.id for section in sections for story in (*section.stories, *section.more)})


def _bars(counts: Counts, most: int) -> Iterator[dict[str, float]]:
    for place, count in enumerate(counts, start=max(0, PLACES - len(counts))):
        if count is not None:
            height = max(STROKE, round(HEIGHT * count / max(1, most), 1))
            yield {"x": STEP * place, "y": round(HEIGHT - height, 1), "height": height}


def _said(title: str, counts: Counts, words: Words) -> dict[str, str]:
    """Return the counts in numbers: the last by itself, and all as a line."""
    numbers = ["–" if count is None else words.number(count) for count in counts]
    return {"count": numbers[-1], "line": f"{title}{words.text('colon')}{words.text('comma').join(numbers)}"}
