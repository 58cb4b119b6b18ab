"""Which documents are read in a process of their own, what that may cost, and what is said of one that is lost.

Nothing here starts a process: an executor asks.
"""

from __future__ import annotations

import importlib
import sys
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from types import ModuleType
from typing import TYPE_CHECKING

from briefing.extract import media_types
from briefing.extract.draft import Extraction, problem

if TYPE_CHECKING:
    from briefing.config import Limits
    from briefing.models import Document

_MARKDOWN_BYTES = 50_000
"""Markdown longer than this is no article; some of it makes its parser slow."""
_RECORDS = (media_types.JSON, media_types.JSON_LINES)

_MARKS = {
    media_types.ZIP: (b"PK\x01\x02",),
    media_types.MAILBOX: (b"\nFrom ",),
    media_types.FEED: (b"<item", b"<entry"),
    media_types.JSON: (b'"url"',),
    media_types.JSON_LINES: (b"\n",),
}
"""What stands once for each article in a document of many."""
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
    return min(_MOST_ARTICLES, max(1, sum(document.content.count(mark) for mark in marks)))


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
