"""What is done to each document by itself: it is read into articles, and each article is analysed and ranked.

Document ─extract─► Article ─analyse─► Text ─rank─► Ranked

Both halves are functions that can be pickled, of values that can, so that any executor does them: in this process, in
several, or on other machines. `readers` is the executor that is used unless another is given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from briefing.extract import extract, load_libraries, lost, needs_process, seconds_for
from briefing.models import Document
from briefing.parallel import CachedExecutor, ProcessExecutor, Terms, in_order, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor

    from briefing.config import Limits
    from briefing.extract import Extraction
    from briefing.models import Article, Problem, Ranked, Text
    from briefing.parallel import Cache

ARTICLE_SECONDS = 60.0
"""Time for analysing and ranking one article, whose sentences are limited by number and length."""


def understand(article: Article, limits: Limits, method: str) -> tuple[Ranked, tuple[Problem, ...]]:
    """Return an article with its sentences ranked, and what was left out of it."""
    from briefing.text import analyse

    text, problems = analyse(article, max_sentences=limits.sentences, max_sentence_chars=limits.sentence_chars)
    return rank_text(text, method), problems


def rank_text(text: Text, method: str) -> Ranked:
    """Return a text with its sentences ranked."""
    from briefing.ranking import rank

    return rank(text, method=method)


def read_all(documents: Iterable[Document], limits: Limits, executor: Executor) -> Iterator[Extraction]:
    """Yield one extraction for each document, in their order; a document that ends its reader costs only itself."""
    plain = without_model(limits)
    for (document, _), future in in_order(executor, extract, ((document, plain) for document in documents)):
        error = future.exception() if needs_process(document) else None
        yield lost(document, error, limits) if error else future.result()


def understand_all(
    articles: Iterable[Article], limits: Limits, method: str, executor: Executor
) -> Iterator[tuple[Ranked, tuple[Problem, ...]]]:
    """Yield what `understand` returns for each article, in their order."""
    plain = without_model(limits)
    for _, future in in_order(executor, understand, ((article, plain, method) for article in articles)):
        yield future.result()


@dataclass(frozen=True, slots=True)
class _PlainLimits:
    page_bytes: int
    document_bytes: int
    text_chars: int
    sentences: int
    sentence_chars: int
    seconds: float


def without_model(limits: Limits) -> Limits:
    """Return the limits as a plain value that hashes; with their model a process would load pydantic too."""
    return cast("Limits", _PlainLimits(**{name: getattr(limits, name) for name in _PlainLimits.__slots__}))


def readers() -> ProcessExecutor:
    """Return an executor that reads what can hang or crash a parser in other processes, and does all else here."""
    return ProcessExecutor(TERMS)


def remembering(executor: Executor, cache: Cache) -> CachedExecutor:
    """Return an executor that does only what is not in a cache, and puts it there."""
    return CachedExecutor(executor, cache, _key)


def _key(fn: object, item: object, *settings: object) -> bytes | None:
    """Return the key of what is done to one document or article; None for what is done otherwise."""
    if fn is extract and isinstance(item, Document):
        content = sha256(item.content).digest()
        return key_of("extract", replace(item, content=b""), content, *settings)
    return key_of("understand", item, *settings) if fn is understand else None


def _apart(item: object, *_: object) -> bool:
    return isinstance(item, Document) and needs_process(item)


def _seconds(item: object, limits: Limits, *_: object) -> float:
    return seconds_for(item, limits) if isinstance(item, Document) else ARTICLE_SECONDS


def _prepare(item: object, *_: object) -> None:
    if isinstance(item, Document):
        load_libraries(item)


TERMS = Terms(apart=_apart, seconds=_seconds, prepare=_prepare)
"""How documents and articles are worked on."""
