"""Document → Article: the adapter is chosen by media type, its drafts become articles. Pure."""

from __future__ import annotations

import importlib
import sys
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import replace
from pkgutil import resolve_name
from types import ModuleType
from typing import TYPE_CHECKING

from briefing.extract import media_types
from briefing.extract.assembling import assemble, conserved
from briefing.extract.digests import stories_of_review
from briefing.extract.draft import Draft, Extraction, Inner, problem
from briefing.extract.media_types import gunzipped, zip_members
from briefing.models import Article, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.config import Limits
    from briefing.extract.draft import Adapter, Found
    from briefing.models import Document

_ARCHIVES = (media_types.GZIP, media_types.ZIP)
_MOST_DEPTH = 8


def extract(document: Document, limits: Limits) -> Extraction:
    """Return the articles of a document and what was left out of it; whatever its bytes are, they raise nothing."""
    articles: list[Article] = []
    problems: dict[Problem, None] = {}
    assembled: list[Article] = []
    digest = document.sha256
    for found in _found(document, limits):
        for item in assemble(found, document, limits, digest=digest) if isinstance(found, Draft) else (found,):
            if isinstance(item, Article):
                assembled.append(item)
            else:
                problems[item] = None
    for item in conserved(document, assembled):
        if isinstance(item, Article):
            articles.append(item)
        else:
            problems[item] = None
    if not articles and not problems:
        problems[problem(document.origin, "no article in it")] = None
    return Extraction(articles=tuple(articles), problems=tuple(problems))


def _found(document: Document, limits: Limits, depth: int = 0) -> Iterator[Draft | Problem]:
    refusal = _refusal(document, limits)
    if refusal:
        yield problem(document.origin, refusal)
        return
    kind = media_types.media_type(document)
    adapter = _adapter(kind)
    if adapter is None:
        yield problem(document.origin, f"documents of type {kind} are not read; save it as text, HTML, .docx or PDF")
        return
    for found in adapter(document, limits):
        if isinstance(found, Draft):
            yield from stories_of_review(found)
        elif isinstance(found, Inner):
            packed = nested(found.document) if kind in _ARCHIVES else None
            yield from (packed,) if packed else _inside(found, limits, depth)
        else:
            yield found


def nested(document: Document) -> Problem | None:
    """Return why a document that came out of an archive is not read where it is one itself, or None."""
    if media_types.media_type(document) not in _ARCHIVES:
        return None
    return problem(document.origin, "an archive inside an archive is not unpacked; unpack the outer one")


def _refusal(document: Document, limits: Limits) -> str | None:
    if not document.content.strip(b"\0\t\n\r \xef\xbb\xbf\xff\xfe"):
        return "an empty file"
    if len(document.content) > limits.document_bytes:
        return f"{len(document.content):,} bytes, more than limits.document_bytes allows ({limits.document_bytes:,})"
    name = media_types.foreign(document.content)
    return f"{name}; there is no text to read" if name else None


def _inside(inner: Inner, limits: Limits, depth: int) -> Iterator[Draft | Problem]:
    """Read a document that is inside another, a few levels down."""
    where = inner.document.origin
    if depth >= _MOST_DEPTH:
        yield problem(where, f"a document {_MOST_DEPTH} deep inside others is not read; save it by itself")
        return
    removed = inner.removed
    for found in _found(inner.document, limits, depth + 1):
        if not isinstance(found, Draft):
            yield found
            continue
        entry = "#".join(filter(None, (inner.entry, found.entry)))
        marks = (*inner.marks, *found.marks)
        yield replace(found, entry=entry, removed=(*removed, *found.removed), url=found.url or inner.url, marks=marks)
        removed = ()


def _read_gzip(document: Document, limits: Limits) -> Iterator[Found]:
    inner = gunzipped(document, limits)
    yield inner if isinstance(inner, Problem) else Inner(document=inner, entry="")


def _read_zip(document: Document, limits: Limits) -> Iterator[Found]:
    for name, member in zip_members(document, limits):
        yield member if isinstance(member, Problem) else Inner(document=member, entry=name)


EXTRACTORS: dict[str, str] = {
    media_types.TEXT: "text_files:read_plain_text",
    media_types.MARKDOWN: "text_files:read_markdown",
    media_types.HTML: "web_page:read_web_page",
    media_types.MAIL: "mail:read_message",
    media_types.MAILBOX: "mail:read_mailbox",
    media_types.FEED: "feeds:read_feed",
    media_types.WIRE: "feeds:read_wire",
    media_types.CSV: "records:read_table",
    media_types.JSON: "records:read_json",
    media_types.JSON_LINES: "records:read_json_lines",
    media_types.WORD: "word:read_word",
    media_types.PDF: "pdf:read_pdf",
    media_types.GZIP: "reading:_read_gzip",
    media_types.ZIP: "reading:_read_zip",
}
"""The adapters by media type, each loaded when it is first asked for. A new format is one module and one line."""


def _adapter(kind: str) -> Adapter | None:
    adapter: Adapter | None = resolve_name(f"{__package__}.{EXTRACTORS[kind]}") if kind in EXTRACTORS else None
    return adapter


# ── which documents are read in a process of their own ────────────────────────────────────────────────────────────────
# Nothing here starts a process: an executor asks.


_MARKDOWN_BYTES = 50_000
"""Markdown longer than this is no article; some of it makes its parser slow."""
_RECORDS = (media_types.JSON, media_types.JSON_LINES)

_MARKS = {
    media_types.ZIP: (b"PK\x01\x02",),
    media_types.MAILBOX: (b"\nFrom ",),
    media_types.FEED: (b"<item", b"<entry"),
    media_types.JSON: (b'"url"', b'"title"'),
    media_types.JSON_LINES: (b"\n",),
}
"""What stands once for each article in a document of many, where it stands at all."""
_MOST_ARTICLES = 2_000
_SECONDS_EACH = 0.5
"""Time for each article in a document beyond the first."""

_LIBRARIES = {
    media_types.HTML: ("trafilatura", "lxml.html"),
    media_types.MAIL: ("lxml.html",),
    media_types.FEED: ("feedparser", "lxml.html"),
    media_types.WORD: ("lxml.etree",),
    media_types.PDF: ("pypdfium2",),
}
"""What is slow to load, by the media type that needs it."""
_UNUSED = (
    "babel",
    "charset_normalizer",
    "courlan.network",
    "htmldate",
    "tld",
    "trafilatura.downloads",
    "urllib3",
    "urllib3.response",
)
"""What trafilatura imports and never calls where it is handed a page to find the text in: half of its start."""
_OPTIONAL = "py3langid"
"""What it loads if it can, only to filter by language; numpy comes along, for 0.2 s."""


def needs_process(document: Document) -> bool:
    """Return whether a document is read by a parser that can hang or crash."""
    kind = media_types.media_type(document)
    if kind in _RECORDS and b"<" not in document.content:  # no HTML in it: the standard library reads it
        return False
    if kind == media_types.MARKDOWN:
        return len(document.content) > _MARKDOWN_BYTES
    return kind != media_types.TEXT


def seconds_for(document: Document, limits: Limits) -> float:
    """Return how long reading a document may take: a little more for each further article in it."""
    return limits.seconds + _SECONDS_EACH * (likely_articles(document) - 1)


def likely_articles(document: Document) -> int:
    """Return about how many articles a document holds, one at least, without reading it."""
    marks = _MARKS.get(media_types.media_type(document), ())
    content = document.content if marks else b""
    return min(_MOST_ARTICLES, max((1, *map(content.count, marks))))


def lost(document: Document, error: BaseException, limits: Limits) -> Extraction:
    """Return what is said of a document whose reader failed or was ended."""
    if isinstance(error, TimeoutError):
        reason = f"reading it took longer than limits.seconds allows ({limits.seconds:g} s)"
    else:
        cause = str(error) if isinstance(error, BrokenExecutor) else f"{type(error).__name__}: {error}"
        reason = f"its reader crashed ({cause}); leave it out or save it anew"
    return Extraction(problems=(problem(document.origin, reason),))


def load_libraries(document: Document) -> None:
    """Load what reading a document takes, before its time runs."""
    for library in _LIBRARIES.get(media_types.media_type(document), ()):
        if library == "trafilatura":
            with suppress(ImportError, AttributeError, TypeError):  # of a later version, that needs one of them at once
                _load_trafilatura()
        importlib.import_module(library)


class _OnCall(ModuleType):
    """Stands in for a module; of whatever is asked of it, it gives a class of which nothing is an instance.

    To call that class is to load the module and to call what it stands for.
    """

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(_: type, *values: object, **named: object) -> object:
            module = importlib.import_module(self.__name__)
            if module is self:
                raise ImportError(f"{self.__name__} is called while it is kept from loading")
            return getattr(module, name)(*values, **named)

        return type(name, (), {"__new__": called})


def _load_trafilatura() -> None:
    stand_ins: dict[str, ModuleType | None] = {name: _OnCall(name) for name in _UNUSED if name not in sys.modules}
    if _OPTIONAL not in sys.modules:
        stand_ins[_OPTIONAL] = None  # as if it were not installed
    sys.modules.update(stand_ins)  # type: ignore[arg-type]  # modules or None, as the import system has it
    try:
        importlib.import_module("trafilatura")
    finally:
        for name in stand_ins:
            del sys.modules[name]
