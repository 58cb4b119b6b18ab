"""Newsletters, digests and press reviews: one document that tells several stories, each an article of its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.extract.boilerplate import is_review, reason_to_remove
from briefing.extract.dates import BYLINE, DATE_LINE, date_in, reason_above_text
from briefing.extract.lines import closes
from briefing.extract.sequence import key
from briefing.models import Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.extract.draft import Draft

_OUTLET_CHARS = 60
_OUTLET_WORDS = 5
_TITLE_CHARS = 160
_FEWEST = 2
_MOST_ABOVE = 3
"""Lines between a story's headline and its text: an outlet's name, a date, a byline."""
_NUMBER = re.compile(r"^(?:\(?\d{1,2}[.)]|[•*·▪-])\s+")
_READING_TIME = re.compile(r"\s*[(\[]\d{1,3}[\s-]min\w*(?:\sread)?[)\]]$", re.IGNORECASE)
_OUTLET_AND_TITLE = re.compile(r"(?P<outlet>(?:[^\s:]+ ){0,4}[^\s:]{2,40})\s?:\s+(?P<title>.{3,200})")
_TITLE_AND_OUTLET = re.compile(r"(?P<title>.{8,200}?)\s+[(\[](?P<said>[^()\[\]]{3,80})[)\]]")
_BESIDE_DATE = " ,;|–—·•-/()"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document that may be a digest, and what its markup says of it."""

    text: str
    role: Role = Role.BODY
    heads: bool = False
    """Whether it is a link that heads the text behind it."""
    reason: str | None = None
    """Why the markup says that it is no text."""
    quoted: bool = False
    is_link: bool = False


class _Headline(NamedTuple):
    title: str
    outlet: str | None
    published: str | None
    told: tuple[Removal, ...]


def stories_of_review(draft: Draft) -> Iterator[Draft]:
    """Yield the stories of a press review, each under its headline, with the outlet that it names; else the draft."""
    found: list[Draft] = []
    if is_review(draft.title):
        lines = [Line(line.text, line.role) for line in draft.lines]
        heads = [at for at, line in enumerate(lines) if line.role is Role.HEADING and _tells(lines, at)]
        found = _stories(draft, lines, heads if len(heads) >= _FEWEST else _headed(lines), reason="a press review")
    if not found or not all(story.lines for story in found):
        yield draft
        return
    title = (Removal(text=draft.title, reason="title of a press review"),) if draft.title else ()
    first = replace(found[0], removed=(*title, *found[0].removed))
    yield from (replace(story, outlet=story.outlet or draft.outlet) for story in (first, *found[1:]))


def stories_of_mail(draft: Draft, lines: Sequence[Line]) -> list[Draft]:
    """Return the stories of a newsletter, an alert or a digest; none where a mail tells one."""
    labels = Counter(key(line.text) for line in lines if line.is_link)
    labelled = [at for at, line in enumerate(lines) if _is_label(line, labels)]
    heads = [at for at, line in enumerate(lines) if line.heads and at not in labelled]
    if len(heads) >= _FEWEST and all(_is_outlet_below(lines, at, labelled) for at in heads):
        heads = [at - 1 for at in heads]
    for found in (
        heads,
        _addressed(lines),
        _above(lines, labelled),
        [at for at in _headed(lines) if at == 0 or _is_rule(lines[at - 1].text)],
    ):
        if len(found) >= _FEWEST:
            return _stories(draft, lines, found, reason="a newsletter")
    return []


def _is_rule(text: str) -> bool:
    return len(text) > 3 and not any(map(str.isalnum, text))


def is_address(text: str) -> bool:
    """Return whether a line is an address, or leads to one: "Read more: https://…"."""
    before, mark, after = text.partition("://")
    said = before.rpartition("http")[0].split() if mark else []
    return bool(mark) and "http" in before[-5:] and len(said) <= _OUTLET_WORDS and len(after.split()) == 1


def _is_label(line: Line, labels: Counter[str]) -> bool:
    """Return whether a link is called "Read more", or whatever all links of its kind are called."""
    return line.is_link and (labels[key(line.text)] >= _FEWEST or reason_to_remove(line.text) is not None)


def _is_outlet_below(lines: Sequence[Line], at: int, labelled: Sequence[int]) -> bool:
    """Return whether a linked line is the name of an outlet, below a linked headline."""
    above, words = lines[at - 1] if at else None, lines[at].text.split()
    linked = above is not None and above.is_link and at - 1 not in labelled
    return linked and len(words) <= _OUTLET_WORDS and above is not None and len(above.text.split()) >= len(words)


def _is_title(text: str) -> bool:
    plain = _NUMBER.sub("", text)
    letters = any(char.isalpha() for char in plain)
    return 2 < len(plain) <= _TITLE_CHARS and letters and not (closes(text) or is_address(text) or plain[0].islower())


def _tells(lines: Sequence[Line], at: int) -> bool:
    """Return whether a headline has text below it, a few lines of names and dates apart."""
    below = [line for line in lines[at + 1 : at + 3 + _MOST_ABOVE] if not _is_rule(line.text)]
    return any(closes(line.text) for line in below[: _MOST_ABOVE + 1])


def _headed(lines: Sequence[Line]) -> list[int]:
    """Return where runs of lines begin that are no sentences, each above text that is."""
    starts = [
        at for at, line in enumerate(lines) if _is_title(line.text) and (not at or not _is_title(lines[at - 1].text))
    ]
    return [at for at in starts if _tells(lines, at)]


def _addressed(lines: Sequence[Line]) -> list[int]:
    """Return where the stories of a plain digest begin: each a title, its text, and an address below either."""
    addresses = [at for at, line in enumerate(lines) if is_address(line.text)]
    if len(addresses) < _FEWEST:
        return []
    titles = [at - 1 for at in addresses if at and _is_title(lines[at - 1].text)]
    return titles if len(titles) == len(addresses) else _above(lines, addresses)


def _above(lines: Sequence[Line], marks: Sequence[int]) -> list[int]:
    """Return where the stories begin that links or addresses end, each with a headline above its text."""
    found = []
    for start, end in pairwise((-1, *marks, len(lines))):
        text = next((at for at in range(start + 1, end) if closes(lines[at].text)), None)
        while text is not None and text > start + 1 and lines[text].reason == "greeting":
            text = next((at for at in range(text + 1, end) if closes(lines[at].text)), None)
        run = [at for at in range(start + 1, text or 0) if _is_title(lines[at].text)] if text else []
        if run:
            found.append(_first_of_headline(lines, run, start + 1))
    return found if len(found) >= _FEWEST else []


def _first_of_headline(lines: Sequence[Line], run: Sequence[int], start: int) -> int:
    """Return which of the lines above a story's text is its headline: below a table of contents, or the first."""
    said = Counter(key(_NUMBER.sub("", line.text)) for line in lines[start : run[-1] + 1])
    again = [at for at in run if said[key(_NUMBER.sub("", lines[at].text))] > 1]
    headings = [at for at in run if lines[at].role is Role.HEADING]
    return again[-1] if again else headings[-1] if headings else run[max(0, len(run) - _MOST_ABOVE)]


def _stories(draft: Draft, lines: Sequence[Line], heads: Sequence[int], *, reason: str) -> list[Draft]:
    if len(heads) < _FEWEST:
        return []
    parts = [lines[start:end] for start, end in pairwise((*heads, len(lines)))]
    above = _names_outlet_first(parts)
    stories = [_story(draft, part, str(number), above=above) for number, part in enumerate(parts, start=1)]
    kept, gone = parted(lines[: heads[0]])
    if sum(closes(line.text) for line in kept) > 1:
        stories.insert(0, replace(draft, lines=kept, removed=gone, entry="#".join(filter(None, (draft.entry, "0")))))
    else:
        opening = (Removal(text=line.text, reason=f"opening of {reason}") for line in kept)
        stories[0] = replace(stories[0], removed=(*opening, *gone, *stories[0].removed))
    stories[0] = replace(stories[0], removed=(*draft.removed, *stories[0].removed))
    return stories


def _names_outlet_first(stories: Sequence[Sequence[Line]]) -> bool:
    """Return whether the line above each headline is an outlet's name: it is shorter, or alone in capitals."""
    pairs = [(story[0].text, story[1].text) for story in stories if len(story) > 2]
    pairs = [pair for pair in pairs if not any(closes(text) or date_in(text) for text in pair)]
    if not pairs or any(len(first.split()) > _OUTLET_WORDS for first, _ in pairs):
        return False
    if all(first.isupper() and not second.isupper() for first, second in pairs):
        return True
    first, second = (sum(len(pair[place].split()) for pair in pairs) for place in (0, 1))
    return first < second


def _story(draft: Draft, lines: Sequence[Line], number: str, *, above: bool) -> Draft:
    """Return one story of a digest: its headline, the outlet and the day that it names below, its text."""
    size = next((at for at, line in enumerate(lines[1:], start=1) if not _is_above(line)), len(lines) - 1)
    size = max(1, min(size, len(lines) - 1))
    headline = _headline(lines[:size], above=above)
    kept, gone = parted(lines[size:])
    return replace(
        draft,
        entry="#".join(filter(None, (draft.entry, number))),
        title=headline.title,
        outlet=headline.outlet or draft.outlet,
        published=headline.published or draft.published,
        lines=kept,
        removed=(*headline.told, *gone),
    )


def _is_above(line: Line) -> bool:
    return _is_rule(line.text) or not (closes(line.text) or len(line.text) > _TITLE_CHARS)


def _headline(lines: Sequence[Line], *, above: bool) -> _Headline:
    """Tell title, outlet and day apart in the lines above a story's text; `above` where the outlet comes first."""
    told: list[Removal] = []
    names: list[str] = []
    outlet = published = None
    for at, line in enumerate(lines):
        reason = (reason_above_text(line.text) or line.reason or reason_to_remove(line.text)) if at else None
        day = date_in(line.text)
        name = line.text.replace(day or "", " ").strip(_BESIDE_DATE) if day else ""
        if at and day and name and reason != BYLINE and len(name.split()) <= _OUTLET_WORDS:
            told.append(Removal(text=line.text, reason="outlet's name"))
            published, outlet = day, outlet or name
        elif at and (is_address(line.text) or reason or day):
            told.append(Removal(text=line.text, reason=reason or (DATE_LINE if day else "address")))
            published = published or day
        else:
            names.append(line.text)
    title = names[0] if names else lines[0].text
    if len(names) > 1 and outlet is None:
        title, outlet = (names[1], title) if above else (title, names[1])
        told.insert(0, Removal(text=outlet, reason="outlet's name"))
        outlet = outlet if len(outlet) <= _OUTLET_CHARS else None
    told += [Removal(text=name, reason="above a story") for name in names[2:]]
    title = _NUMBER.sub("", title)
    if time := _READING_TIME.search(title):
        title, told = title[: time.start()], [*told, Removal(text=time[0].strip(), reason="page notice")]
    if outlet is None:
        title, outlet, day = _named_in(title)
        published = published or day
    return _Headline(title, outlet, published, tuple(told))


def _named_in(title: str) -> tuple[str, str | None, str | None]:
    """Return a title, the outlet and the day that stand in its line: "Post: Flood", "Flood (Post, 4 May 2021)"."""
    if behind := _TITLE_AND_OUTLET.fullmatch(title):
        day = date_in(behind["said"])
        name = (behind["said"].replace(day, " ") if day else behind["said"]).strip(_BESIDE_DATE)
        if len(name.split()) <= _OUTLET_WORDS and not re.search(r"\d", name) and (day or name[:1].isupper()):
            return behind["title"], name or None, day
    if before := _OUTLET_AND_TITLE.fullmatch(title):
        return before["title"], before["outlet"], None
    return title, None, None


def parted(lines: Sequence[Line]) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    """Return the lines that are text, and those that the markup says are none."""
    kept = tuple(Paragraph(text=line.text, role=line.role) for line in lines if not line.reason)
    return kept, tuple(Removal(text=line.text, reason=line.reason) for line in lines if line.reason)
