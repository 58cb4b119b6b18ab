"""How well web pages and feeds are read: body, title and date of 55 pages of 55 outlets; 2,249 odd feed files.

The body is measured as the F1 of word 4-grams, counted as often as they stand (a character is a word in Chinese and
Japanese, which write none apart), between our article's text and the page's text as people marked it; the mean over
all pages. A title counts where it is the same after blanks and quotation marks are made alike. A date counts where it
is the same minute in UTC; where people knew no zone, where it is the same day.
"""

from __future__ import annotations

import json
import os
import re
import tarfile
import warnings
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.quality import SHARED, Measure
from briefing.config import Limits
from briefing.extract import clean_line, extract
from briefing.models import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.models import Article, Moment

PAGES = SHARED / "html_pages_dev.jsonl"
FEEDS = os.environ.get("FEEDPARSER_SDIST", "")
"""Where `pip download --no-binary :all: --no-deps feedparser` has put the archive; without it, feeds are skipped."""

_TOKENS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"') | dict.fromkeys("‘’‚‹›", "'"))


def measures() -> Iterator[Measure]:
    """Yield the figures on pages, and on feeds where their archive is at hand."""
    if PAGES.exists():
        yield from page_measures()
    if FEEDS:
        yield feed_measure(Path(FEEDS))


def page_measures() -> Iterator[Measure]:
    """Yield body, title and date over the labelled pages."""
    rows = [json.loads(line) for line in PAGES.read_text("utf-8").splitlines()]
    read = [(_article(row["id"], row["html"]), row) for row in rows]
    bodies = [body_f1(article.text if article else "", row["body"]) for article, row in read]
    titles = [same_title(article.title if article else None, row["title"]) for article, row in read]
    dates = [same_date(article.published if article else None, row["published"]) for article, row in read]
    for name, values, target in (("body, 4-gram F1", bodies, 0.95), ("title", titles, 0.95), ("date", dates, 0.90)):
        yield Measure(name=f"extract: web pages, {name}", value=sum(values) / len(values), target=target, epsilon=0.001)


def feed_measure(archive: Path) -> Measure:
    """Return how many files of feedparser's test corpus are read; an exception or a warning among them escapes."""
    read = 0
    with tarfile.open(archive) as files, warnings.catch_warnings():
        warnings.simplefilter("error")
        for member in files:
            content = files.extractfile(member) if "/tests/" in member.name and member.isfile() else None
            if content is None:
                continue
            extract(Document(origin=member.name, media_type="application/xml", content=content.read()), Limits())
            read += 1
    return Measure(name="extract: feed files read, an exception ends the count", value=float(read), target=2_000)


def _article(origin: str, html: str) -> Article | None:
    document = Document(origin=origin, media_type="text/html", content=html.encode())
    return next(iter(extract(document, Limits()).articles), None)


def body_f1(ours: str, theirs: str) -> float:
    """Return the F1 of two texts' word 4-grams as multisets."""
    mine, gold = _four_grams(ours), _four_grams(theirs)
    shared = sum((mine & gold).values())
    return 2 * shared / (sum(mine.values()) + sum(gold.values())) if shared else 0.0


def _four_grams(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKENS.findall("".join(clean_line(line) + "\n" for line in text.split("\n")).casefold())
    return Counter(tuple(words[start : start + 4]) for start in range(len(words) - 3))


def same_title(ours: str | None, theirs: str) -> bool:
    """Return whether two titles are the same but for blanks and the shape of quotation marks."""
    return _plain(ours or "") == _plain(theirs)


def _plain(title: str) -> str:
    return " ".join(title.translate(_QUOTES).split())


def same_date(ours: Moment | None, theirs: str) -> bool:
    """Return whether a date is the labelled one: to the minute where that has a zone, else to the day."""
    gold = datetime.fromisoformat(theirs)
    if gold.tzinfo is None:
        return isinstance(ours, date) and str(ours)[:10] == str(gold)[:10]
    if not isinstance(ours, datetime):
        return False
    return ours.replace(second=0) == gold.astimezone(UTC).replace(second=0, microsecond=0)
