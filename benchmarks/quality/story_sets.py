"""Days of articles whose stories are known, for fitting and for measuring.

Labels in `benchmarks/sets/stories.jsonl` name articles by id: those under `same` tell one event, those under `open` go
with them or not, which counts neither way; any other two articles tell different events. Of each set one half of the
topics, or of the stretches of time, is for fitting: no weight and no threshold was chosen on the other.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain, combinations
from typing import TYPE_CHECKING, Any

from benchmarks.quality import ROOT, SHARED
from benchmarks.quality.measure_themes import KINDS
from briefing.config import Limits
from briefing.extract import extract
from briefing.models import Article, Document, Paragraph, Ranked
from briefing.text import analyse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

LABELS = ROOT / "benchmarks" / "sets" / "stories.jsonl"
BLOCK = 60
"""Days that belong to one half together: follow-ups of an event stay on one side."""
SAMPLED, SAMPLE = 10, 40
"""Days drawn at random from the topics of a half, and articles in each."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATES = (
    (re.compile(r"\b(\d\d)[-.](\d\d)[-.](20\d\d)"), "dmy"),
    (re.compile(r"\b(\d{1,2}) ([A-Z][a-z]{2,8})\.? (20\d\d)"), "dmy"),
    (re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2}) ?(20\d\d)"), "mdy"),
)

Day = tuple[Ranked, ...]
Truth = dict[str, tuple[str, frozenset[str]]]
"""Article → its story, and the groups with which it may go."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """How many pairs were put together rightly, wrongly, and how many that belong together were not."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the pairs put together that belong together; 1 where none was."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of the pairs that belong together that were put together."""
        return self.right / max(1, self.right + self.missed)


def same(truth: Truth, one: str, other: str) -> bool | None:
    """Tell whether two articles are one story; None where it is open."""
    (ours, our_open), (theirs, their_open) = (truth.get(name, (name, frozenset())) for name in (one, other))
    if ours == theirs:
        return True
    return None if our_open & their_open else False


def labels(name: str) -> Truth:
    """Return the hand-made labels of a set."""
    story: dict[str, str] = {}
    opened: defaultdict[str, set[str]] = defaultdict(set)
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    for number, row in enumerate(row for row in rows if row["set"] == name):
        story |= dict.fromkeys(row["same"], f"{name} {number}")
        for article in (*row["same"], *row["open"]):
            opened[article].add(f"{name} {number}")
    return {article: (story.get(article, article), frozenset(found)) for article, found in opened.items()}


def count(days: Iterable[Day], truth: Truth, grouped: Callable[[Day], list[list[str]]]) -> Pairs:
    """Return the pairs of all days, put together as `grouped` says."""
    found: defaultdict[tuple[bool, bool], int] = defaultdict(int)
    for day in days:
        group = {article: number for number, told in enumerate(grouped(day)) for article in told}
        for one, other in combinations(sorted(group), 2):
            wanted = same(truth, one, other)
            if wanted is not None:
                found[wanted, group[one] == group[other]] += 1
    return Pairs(found[True, True], found[False, True], found[True, False])


def b_cubed(days: Iterable[Day], truth: Truth, grouped: Callable[[Day], list[list[str]]]) -> float:
    """Return F1 of B³ (Bagga & Baldwin 1998): how much of each article's group, and of its story, belongs with it."""
    precisions, recalls = [], []
    for day in days:
        groups = grouped(day)
        articles = [article for told in groups for article in told]
        for told in groups:
            for one in told:
                story = {other for other in articles if same(truth, one, other)}
                counted = [other for other in told if same(truth, one, other) is not None]
                precisions.append(len(story.intersection(counted)) / len(counted))
                recalls.append(len(story.intersection(counted)) / len(story))
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return 2 * precision * recall / (precision + recall)


def conflict(half: int | None, *, days: int) -> list[Day]:
    """Return the articles on the war in Syria in stretches of so many days; `half` is 0, 1 or None for both."""
    by_stretch: defaultdict[int, list[Ranked]] = defaultdict(list)
    for row in {row["id"]: row for row in reversed(rows("en_syria_2011_2018"))}.values():
        published = _published(row)
        if half is None or published.toordinal() // BLOCK % 2 == half:
            made = _ranked(row["id"], row["title"], row["text"], published=published, outlet=row["source"])
            by_stretch[published.toordinal() // days].append(made)
    return [tuple(day) for _, day in sorted(by_stretch.items()) if len(day) > 1]


def undated(days: Iterable[Day]) -> list[Day]:
    """Return the same days as if nobody knew when, or by whom, anything came out."""
    return [tuple(_without_date(one) for one in day) for day in days]


def alike(half: int | None, *, topics: int | None) -> tuple[list[Day], Truth]:
    """Return ECB+ by so many topics a day, each with two alike events; None takes random days of all topics."""
    known = [row for row in rows("en_ecbplus_stories_dev") if half is None or int(row["topic"]) % 2 == half]
    truth: Truth = {row["id"]: (row["story"], frozenset()) for row in known}
    by_topic: defaultdict[int, list[Ranked]] = defaultdict(list)
    for row in known:
        by_topic[int(row["topic"])].append(_ranked(row["id"], None, row["text"]))
    order = sorted(by_topic)
    if topics is None:
        everything = [one for topic in order for one in by_topic[topic]]
        draw = random.Random(1)  # noqa: S311 - a sample, not a secret
        return [tuple(draw.sample(everything, SAMPLE)) for _ in range(SAMPLED)], truth
    starts = range(0, len(order), topics)
    return [tuple(one for topic in order[s : s + topics] for one in by_topic[topic]) for s in starts], truth


def by_event(days: Iterable[Day], truth: Truth) -> list[Day]:
    """Return the same articles with one event a day."""
    found: defaultdict[str, list[Ranked]] = defaultdict(list)
    for one in chain.from_iterable(days):
        found[truth[one.article.id][0]].append(one)
    return [tuple(day) for _, day in sorted(found.items())]


def clusters(*, by: str) -> tuple[list[Day], Truth]:
    """Return the ten-article clusters of RPM2 as one day; `by` is what counts as a story: `id`, or `topic`."""
    truth: Truth = {}
    day = []
    for row in rows("fr_rpm2_dev"):
        for doc in row["docs"]:
            truth[doc["id"]] = (row[by], frozenset())
            day.append(_ranked(doc["id"], doc["title"], doc["text"]))
    return [tuple(day)], truth


def official() -> list[Day]:
    """Return official texts on one subject over several years, undated, as one day."""
    return [tuple(_ranked(r["id"], r["title"], r["text"], outlet=r["source"]) for r in rows("en_isis_official"))]


def translated(language: str, *, size: int = 3) -> tuple[list[Day], Truth]:
    """Return texts of a parallel corpus in English and another language as one day; each goes with its translation."""
    by_language: defaultdict[str, list[list[str]]] = defaultdict(list)
    for row in rows("ud_sentences_dev"):
        by_language[row["lang"]].append(row["sentences"])
    day, truth = [], dict[str, tuple[str, frozenset[str]]]()
    for tongue in ("en", language):
        texts = by_language[tongue]
        for start in range(0, len(texts) - size + 1, size):
            name = f"{tongue} {start}"
            truth[name] = (str(start), frozenset())
            text = "\n".join(" ".join(sentences) for sentences in texts[start : start + size])
            day.append(_ranked(name, None, text, language=tongue))
    return [tuple(day)], truth


def desk_days() -> Iterator[tuple[Day, Truth]]:
    """Yield the days that were labelled as an editor would want them, each with the event of every article."""
    for folder in sorted(path.parent for path in SHARED.glob("desk/*/gold.jsonl")):
        gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
        event = {row["origin"].split("/")[-1]: row["event"] for row in gold}
        day = tuple(one for one in sample(folder / "articles") if one.article.id.split("/")[-1] in event)
        yield day, {one.article.id: (event[one.article.id.split("/")[-1]], frozenset()) for one in day}


def sample(folder: Path) -> Day:
    """Return the articles of a folder as the program reads them, each under its folder's name and its own."""
    found = []
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(("README", ".")):
            kind = KINDS[path.suffix]
            document = Document(origin=f"{folder.name}/{path.name}", media_type=kind, content=path.read_bytes())
            article = replace(extract(document, Limits()).articles[0], id=document.origin)
            found.append(Ranked(text=analyse(article)[0], scores=()))
    return tuple(found)


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a set under ../shared/eval; none without it."""
    path = SHARED / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def _ranked(
    name: str,
    title: str | None,
    text: str,
    *,
    published: date | None = None,
    outlet: str | None = None,
    language: str | None = None,
) -> Ranked:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    article = Article(
        id=name,
        origin=name,
        title=title or None,
        paragraphs=tuple(Paragraph(text=line) for line in lines if line),
        sha256="",
        published=published,
        outlet=outlet,
    )
    return Ranked(text=analyse(article, language=language)[0], scores=())


def _without_date(ranked: Ranked) -> Ranked:
    article = replace(ranked.article, published=None, outlet=None)
    return replace(ranked, text=replace(ranked.text, article=article))


def _published(row: Mapping[str, Any]) -> date:
    """Return the date that the text itself begins with; the set's own column takes days for months now and then."""
    return next(_dates(row["text"][:220]), None) or datetime.strptime(row["date"], "%m/%d/%Y").date()  # noqa: DTZ007


def _dates(text: str) -> Iterator[date]:
    for pattern, order in _DATES:
        for match in pattern.finditer(text):
            parts = dict(zip(order, match.groups(), strict=True))
            month = parts["m"][:3].lower()
            number = MONTHS.index(month) + 1 if month in MONTHS else int(month) if month.isdigit() else 0
            if 1 <= number <= 12 and 1 <= int(parts["d"]) <= 28 + 3 * (number != 2):
                yield date(int(parts["y"]), number, min(int(parts["d"]), 30 if number in {4, 6, 9, 11} else 31))
