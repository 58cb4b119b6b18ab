"""What is done to each document by itself: it is read, its articles are analysed, ranked and noted, and terms found.

Document ─extract─► Article ─analyse─► Text ─rank─► Ranked ─note─► Compared, Mentions     Text ─scan─► Draft

All are functions that can be pickled, of values that can, so that any executor does them: in this process, in several,
or on other machines. `readers` is the executor that is used unless another is given.
"""

from __future__ import annotations

import pickle
import zlib
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from briefing.extract import extract, likely_articles, load_libraries, lost, needs_process, seconds_for
from briefing.models import Document, quickly_pickled
from briefing.parallel import (
    MISS,
    CachedExecutor,
    Part,
    ProcessExecutor,
    Shelf,
    Shelved,
    Terms,
    always,
    clustered,
    in_order,
    key_of,
    processors,
    result_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Executor
    from pathlib import Path

    from briefing.compose import Signs
    from briefing.config import Config, Limits
    from briefing.extract import Extraction
    from briefing.figures import Mention
    from briefing.models import Article, Problem, Ranked, Text
    from briefing.parallel import Cache
    from briefing.stories import Compared
    from briefing.themes import Draft, Matcher, Themes

Item = TypeVar("Item")
Result = TypeVar("Result")

ARTICLE_SECONDS = 60.0
"""Time for analysing and ranking one article, whose sentences are limited by number and length."""
WORTH_WORKERS = 300
"""Articles from which plain texts are read by other processes too: these take a second to start."""
WORTH_SHELF = 8_000
"""Articles from which their paragraphs and sentences are put aside, a hundred kilobytes each: to fetch them costs a
third of a build's time."""
BATCH = 16
"""Articles that one job does: a message to another process costs as much as a tenth of one."""
MANY = 100_000
"""Bytes of a document that is a job by itself, as it may hold many articles."""


@quickly_pickled
@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """An article that was analysed and ranked, and what later stages ask of it by itself."""

    ranked: Ranked
    compared: Compared
    mentions: tuple[Mention, ...]
    """Its first figures."""
    problems: tuple[Problem, ...]
    """What was left out of it."""
    useless: Problem | None
    """What speaks for its being no news at all."""
    signs: Signs
    draft: Draft | None
    """What it says of each section; None where no terms were looked for."""
    inside: bool | None
    """Whether it is within the brief's scope; None where that was not looked at."""
    drafted_for: str
    """What these terms were made of, which may be others by now."""


def extract_each(documents: tuple[Document, ...], limits: Limits) -> tuple[Extraction, ...]:
    """Return the articles of each document."""
    return tuple(extract(document, limits) for document in documents)


def understand_each(
    articles: tuple[Article, ...], limits: Limits, method: str, packs: tuple[str, ...], terms: Compiled | None = None
) -> tuple[Understood, ...]:
    """Return each article with its sentences ranked, its figures as the `packs` in use know them, and its terms.

    Terms are looked for here so that no text travels twice; a cache keeps what was found whatever the terms are.
    """
    from briefing.compose import signs_of
    from briefing.figures import first_mentions
    from briefing.stories import compared
    from briefing.text import analyse, no_news

    found = []
    for article in articles:
        text, problems = analyse(article, max_sentences=limits.sentences, max_sentence_chars=limits.sentence_chars)
        ranked = rank_text(text, method)
        found.append(
            Understood(
                ranked=ranked,
                compared=compared(ranked),
                mentions=first_mentions(ranked, packs),
                signs=signs_of(ranked, packs),
                problems=problems,
                useless=no_news(text),
                draft=draft_each((text,), terms)[0] if terms else None,
                inside=terms.holds(text) if terms else None,
                drafted_for=terms.made_of if terms else "",
            )
        )
    return tuple(found)


def draft_each(texts: tuple[Text, ...], terms: Compiled) -> tuple[Draft, ...]:
    """Return what each text says of each section."""
    from briefing.themes import draft, scan

    return tuple(draft(text, scan(text, terms.matcher), terms.themes) for text in texts)


def rank_text(text: Text, method: str) -> Ranked:
    """Return a text with its sentences ranked."""
    from briefing.ranking import rank

    return rank(text, method=method)


def read_all(documents: Iterable[Document], limits: Limits, executor: Executor) -> Iterator[Extraction]:
    """Yield one extraction for each document, in their order; a document that ends its reader costs only itself."""
    plain = without_model(limits)
    jobs = (
        (batch, plain)
        for batch in _batches(documents, alone=lambda one: len(one.content) >= MANY or needs_process(one))
    )
    for (batch, _), future in in_order(executor, extract_each, jobs):
        error = future.exception() if needs_process(batch[0]) else None
        yield from (lost(batch[0], error, limits),) if error else result_of(future, extract_each, batch, plain)


def understand_all(
    articles: Iterable[Article],
    limits: Limits,
    method: str,
    packs: tuple[str, ...],
    executor: Executor,
    *,
    terms: Compiled | None = None,
) -> Iterator[Understood]:
    """Yield each article with its sentences ranked, in their order."""
    plain = without_model(limits)
    jobs = ((batch, plain, method, packs, terms) for batch in _batches(articles))
    for job, future in in_order(executor, understand_each, jobs):
        yield from result_of(future, understand_each, *job)


def draft_all(texts: Iterable[Text], terms: Compiled, executor: Executor) -> dict[str, Draft]:
    """Return what each text says of each section, by the ids of their articles."""
    found: dict[str, Draft] = {}
    for job, future in in_order(executor, draft_each, ((batch, terms) for batch in _batches(texts))):
        drafts = result_of(future, draft_each, *job)
        found.update((text.article.id, draft) for text, draft in zip(job[0], drafts, strict=True))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a day holds in memory of an article that was understood."""

    ranked: Ranked
    problems: tuple[Problem, ...]
    useless: Problem | None


class Shelves:
    """What is known of a day's articles: with a shelf, all but what most stages ask for of every one lies there."""

    def __init__(self, shelf: Shelf | None, terms: Compiled | None) -> None:
        """Take the shelf, if there is one; drafts count that were made for the `terms`."""
        self._shelf, self._drafted_for = shelf, terms.made_of if terms else None
        self.compared: dict[str, Compared] | Shelved[str, Compared] = {} if shelf is None else Shelved(shelf)
        self.drafts: dict[str, Draft] | Shelved[str, Draft] = {} if shelf is None else Shelved(shelf)
        self.signs: dict[str, Signs] | Shelved[str, Signs] = {} if shelf is None else Shelved(shelf)
        self.inside: dict[str, bool] = {}
        self.mentions: dict[str, tuple[Mention, ...]] | _Mentions = {} if shelf is None else _Mentions(shelf)

    def article(self, article: Article) -> Article:
        """Return an article whose paragraphs lie on the shelf."""
        if self._shelf is None or isinstance(article.paragraphs, Part):
            return article
        paragraphs, removed = self._shelf.put(article.paragraphs, tuple(article.removed))
        return replace(article, paragraphs=cast("Any", paragraphs), removed=cast("Any", removed or ()))

    def take(self, article: Article, understood: Understood) -> Taken:
        """Keep what was understood of an article."""
        ranked = understood.ranked
        if self._shelf is not None:
            text = ranked.text
            row = (text.sentences, text.title_words, text.title_stems, ranked.scores, ranked.parts)
            sentences, words, stems, scores, parts = cast("Any", self._shelf.put(*row))
            text = replace(text, article=article, sentences=sentences, title_words=words, title_stems=stems)
            ranked = replace(ranked, text=text, scores=scores, parts=parts)
        self.compared[article.id] = understood.compared
        if isinstance(self.mentions, _Mentions):
            self.mentions.of[article.id] = ranked
        self.mentions[article.id] = understood.mentions
        self.signs[article.id] = understood.signs
        if understood.draft and understood.drafted_for == self._drafted_for:
            self.drafts[article.id] = understood.draft
            self.inside[article.id] = bool(understood.inside)
        return Taken(ranked=ranked, problems=understood.problems, useless=understood.useless)


class _Mentions(Shelved[str, "tuple[Mention, ...]"]):
    """Figures of articles on a shelf, where they lie without the articles that they are of."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__(shelf)
        self.of: dict[str, Ranked] = {}

    def __setitem__(self, name: str, value: tuple[Mention, ...]) -> None:
        super().__setitem__(name, tuple(replace(one, ranked=cast("Any", None)) for one in value))

    def __getitem__(self, name: str) -> tuple[Mention, ...]:
        return tuple(replace(one, ranked=self.of[name]) for one in super().__getitem__(name))


def shelf_for(documents: Iterable[Document], folder: Path | None) -> Shelf | None:
    """Return a shelf for what would not fit into memory, in a folder; None where it does."""
    if sum(map(likely_articles, documents)) < WORTH_SHELF:
        return None
    return Shelf(folder if folder and folder.is_dir() else None)


def _batches(items: Iterable[Item], alone: Callable[[Item], bool] = lambda _: False) -> Iterator[tuple[Item, ...]]:
    """Yield the items in their order, several together but for those that must be `alone`."""
    batch: list[Item] = []
    for item in items:
        apart = alone(item)
        if batch and (apart or len(batch) == BATCH):
            yield tuple(batch)
            batch = []
        if apart:
            yield (item,)
        else:
            batch.append(item)
    if batch:
        yield tuple(batch)


@dataclass(frozen=True)
class Compiled:
    """The compiled terms of all sections, unpickled once in each process; known by what they were made of."""

    made_of: str
    themes: Themes = field(repr=False, compare=False)
    scope: Themes | None = field(default=None, repr=False, compare=False)

    @cached_property
    def matcher(self) -> Matcher:
        """What finds the terms."""
        from briefing.themes import Matcher

        return Matcher(self.themes)

    @cached_property
    def _scope(self) -> Matcher | None:
        from briefing.themes import Matcher

        return Matcher(self.scope) if self.scope else None

    def holds(self, text: Text) -> bool:
        """Tell whether a text is within the scope."""
        from briefing.themes import is_inside

        return self._scope is None or is_inside(text, self._scope)

    @cached_property
    def _packed(self) -> bytes:
        return zlib.compress(
            pickle.dumps((self.themes, self.scope), pickle.HIGHEST_PROTOCOL), 1
        )  # it goes along with every job

    def __reduce__(self) -> tuple[Any, ...]:
        return _compiled, (self.made_of, self._packed)


@lru_cache(maxsize=2)
def _compiled(made_of: str, packed: bytes) -> Compiled:
    return Compiled(made_of, *pickle.loads(zlib.decompress(packed)))  # noqa: S301 - it comes with the job


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


def readers(workers: int | Literal["auto"] = "auto", documents: Iterable[Document] = ()) -> ProcessExecutor:
    """Return an executor that reads what can hang or crash a parser in other processes, and does all else here.

    With many `documents` to read everything is done by other processes, as many as there are `workers`, or processors.
    """
    most = processors() if workers == "auto" else workers
    many = most > 1 and _is_worth_workers(documents)
    return ProcessExecutor(replace(TERMS, apart=always) if many else TERMS, most=most)


def readers_for(config: Config, documents: tuple[Document, ...], tell: Callable[[str], None]) -> Executor:
    """Return what reads documents as the config says: its cluster, of whose absence `tell` is told, or processes."""
    cluster, most = config.cluster, processors() if config.workers == "auto" else config.workers
    if cluster is not None and _is_worth_workers(documents):
        found = clustered(cluster.dask, cluster.local, TERMS, most=most, tell=tell)
        if found is not None:
            return found
    return readers(config.workers, documents)


def _is_worth_workers(documents: Iterable[Document]) -> bool:
    return sum(map(likely_articles, documents)) >= WORTH_WORKERS


def remembering(executor: Executor, cache: Cache) -> CachedExecutor:
    """Return an executor that does only what is not in a cache, and puts it there."""
    return CachedExecutor(executor, cache, _keys)


def unread_in(documents: tuple[Document, ...], limits: Limits, cache: Cache, *made_of: object) -> tuple[Document, ...]:
    """Return the documents that no earlier build has read; all of them where it `made_of` them something else."""
    mark = key_of("read", *made_of)
    if cache.get(mark) is MISS:
        cache.put(mark, ())
        return documents
    keys = _keys(extract_each, documents, without_model(limits)) or ()
    return tuple(one for one, key in zip(documents, keys, strict=True) if not cache.has(key))


def _keys(fn: object, items: Any, *settings: object) -> list[bytes] | None:  # noqa: ANN401 - of any job
    """Return the key of what is done to each document, article or text; None for what is done otherwise."""
    if fn is extract_each:
        bare = ((_without_content(item), item.sha256) for item in items)
        return [key_of("extract", *item, *settings) for item in bare]
    if fn is draft_each:
        return [key_of("draft", text.article, text.language, _cut(text), *settings) for text in items]
    return [key_of("understand", item, *settings[:3]) for item in items] if fn is understand_each else None


def _without_content(document: Document) -> Document:
    others = {one.name: getattr(document, one.name) for one in fields(Document) if one.name != "content"}
    return Document(content=b"", **others)


def _cut(text: Text) -> list[object]:
    """Return how a text was cut into sentences, from which their words follow."""
    return [(one.start, one.end, one.language, one.quotability.value) for one in text.sentences]


def _apart(items: object, *_: object) -> bool:
    return any(map(needs_process, _documents(items)))


def _seconds(items: object, limits: Any = None, *_: object) -> float:  # noqa: ANN401 - those of documents
    documents = _documents(items)
    others = len(items) - len(documents) if isinstance(items, tuple) else 1
    return sum(seconds_for(document, limits) for document in documents) + ARTICLE_SECONDS * others


def _prepare(items: object, *_: object) -> None:
    for document in _documents(items):
        load_libraries(document)


def _documents(items: object) -> list[Document]:
    return [item for item in items if isinstance(item, Document)] if isinstance(items, tuple) else []


TERMS = Terms(apart=_apart, seconds=_seconds, prepare=_prepare)
"""How documents and articles are worked on."""
