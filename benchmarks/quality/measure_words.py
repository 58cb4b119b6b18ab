"""Whether words are conserved: every word that a document shows is in its article's text or among what was removed.

Documents are read a second time by `briefing.plain_reading`, which shares no code with the adapters. Four figures a
set: the paragraphs that the document shows word for word, in its order; the words of the texts that the document has,
one by one and in order; the words that it shows and that stand in the text or among what was removed (the title and the
fields of the article count as text, and broken encodings as they are read right); and, of the words removed, those that
have a reason of their own. The Word files and mails of `written_documents` must be kept to the last word.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.quality import ROOT, SHARED, Measure
from benchmarks.quality.written_documents import mails, word_files
from briefing.config import Limits
from briefing.extract import extract
from briefing.models import Document
from briefing.plain_reading import plain_reading, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from briefing.extract import Extraction
    from briefing.plain_reading import Reading

OTHER = "outside of the main text"
"""The reason that is none."""
_TYPES = {
    "txt": "text/plain", "md": "text/markdown", "html": "text/html", "htm": "text/html", "eml": "message/rfc822",
    "xml": "application/xml", "pdf": "application/pdf", "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def measures() -> Iterator[Measure]:
    """Yield the figures of every set that is there."""
    yield from measured("word files", ((name, content) for name, content, _ in word_files()))
    yield from measured("mails", ((name, content) for name, content, _ in mails()))
    yield from measured("seeds", _files(ROOT / "seeds"))
    yield from measured("cases", _files(ROOT / "tests" / "extract" / "cases"))
    pages = SHARED / "html_pages_dev.jsonl"
    if pages.exists():
        rows = map(json.loads, pages.read_text("utf-8").splitlines())
        yield from measured("web pages", ((f"{row['id']}.html", row["html"].encode()) for row in rows))
        days = ((name, content) for name, content in _files(SHARED / "desk") if name.endswith(".html"))
        yield from measured("pages of labelled days", days)
        yield from measured("hard cases", _files(SHARED.parent / "cases"))


def measured(name: str, documents: Iterable[tuple[str, bytes]]) -> Iterator[Measure]:
    """Yield the three figures over a set of documents."""
    shown = kept = removed = reasoned = paragraphs = held = words = strange = 0
    for origin, content in documents:
        extraction = extract(Document(origin=origin, media_type=_type(origin), content=content), Limits())
        reading = plain_reading(content, name=origin)
        if reading is None or not extraction.articles:
            continue
        texts = [line.text for article in extraction.articles for line in article.paragraphs]
        paragraphs += len(texts)
        held += sum(map(reading.holds, texts))
        for text in texts:
            own = words_of(text)
            words += len(own)
            strange += len(own) - _in_order(own, reading)
        visible = Counter(words_of(reading.mended()))
        if reading.whole:
            shown += visible.total()
            kept += (visible & Counter(_accounted(extraction))).total()
        for article in extraction.articles:
            for removal in article.removed:
                size = len(words_of(removal.text))
                removed += size
                reasoned += size if removal.reason != OTHER else 0
    yield Measure(
        name=f"words: {name}, paragraphs shown by the document, %", value=_share(held, paragraphs), target=100
    )
    yield Measure(name=f"words: {name}, not from nowhere, %", value=_share(words - strange, words), target=100)
    yield Measure(name=f"words: {name}, in the text or removed, %", value=_share(kept, shown), target=99.5)
    yield Measure(name=f"words: {name}, removed for a reason, %", value=_share(reasoned, removed), target=99)


def _in_order(words: list[str], reading: Reading) -> int:
    """Return how many of the words of a text the document has, each behind the one before."""
    if reading.holds(" ".join(words)):
        return len(words)
    found, at = 0, 0
    own = reading.words()
    for word in words:
        if word in own[at:]:
            at, found = own.index(word, at) + 1, found + 1
    return found


def _accounted(extraction: Extraction) -> Iterator[str]:
    for article in extraction.articles:
        fields = (article.title, article.title_translation, article.outlet, article.author, article.url)
        for text in (*fields, *(line.text for line in article.paragraphs), *(gone.text for gone in article.removed)):
            yield from words_of(text or "")


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 100.0


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        wanted = path.is_file() and path.name not in {"expected.md", "expected.json", "README.md"}
        if wanted and path.suffix.lstrip(".") in _TYPES:
            yield path.name, path.read_bytes()


def _type(name: str) -> str:
    return _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
