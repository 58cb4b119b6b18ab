"""Stages that remember: an article that has not changed is not read, analysed or ranked again.

What the last two rounds used is kept, so that memory holds no more than two versions of a day.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Generic, TypeVar

from briefing.pipeline import STAGES, Stages

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from briefing.config import Limits
    from briefing.extract import Extraction
    from briefing.models import Article, Document, Problem, Ranked, Text

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Values by what they were made of."""

    def __init__(self) -> None:
        self._last: dict[Hashable, Value] = {}
        self._now: dict[Hashable, Value] = {}

    def get(self, key: Hashable) -> Value | None:
        """Return the value of a key, or None where it is not known."""
        if key not in self._now and key in self._last:
            self._now[key] = self._last[key]
        return self._now.get(key)

    def keep(self, key: Hashable, value: Value) -> Value:
        """Keep and return a value."""
        return self._now.setdefault(key, value)

    def turn(self) -> None:
        """Begin a round: what the one before the last used is forgotten."""
        self._last, self._now = self._now, {}


class Remembered:
    """The stages of `base`, each done once for what it is given."""

    def __init__(self, base: Stages = STAGES) -> None:
        self._base = base
        self._extractions: Memory[Extraction] = Memory()
        self._analyses: Memory[tuple[Text, tuple[Problem, ...]]] = Memory()
        self._rankings: Memory[Ranked] = Memory()

    def stages(self) -> Stages:
        """Begin a round, and return the stages for it."""
        for memory in (self._extractions, self._analyses, self._rankings):
            memory.turn()
        return Stages(extract=self._extract, analyse=self._analyse, rank=self._rank)

    def _extract(self, documents: Iterable[Document], limits: Limits) -> list[Extraction]:
        """Read what is new in one go, so that workers share it."""
        keyed = [(_key(document, limits), document) for document in documents]
        known = {key: extraction for key, _ in keyed if (extraction := self._extractions.get(key))}
        new = {key: document for key, document in keyed if key not in known}
        fresh = dict(zip(new, self._base.extract(list(new.values()), limits), strict=True))
        for key, extraction in fresh.items():
            if not extraction.problems:  # a time limit may not strike twice
                self._extractions.keep(key, extraction)
        every = known | fresh
        return [every[key] for key, _ in keyed]

    def _analyse(self, article: Article, limits: Limits) -> tuple[Text, tuple[Problem, ...]]:
        key = (article, limits.sentences, limits.sentence_chars)
        return self._analyses.get(key) or self._analyses.keep(key, self._base.analyse(article, limits))

    def _rank(self, text: Text, method: str) -> Ranked:
        key = (text, method)
        return self._rankings.get(key) or self._rankings.keep(key, self._base.rank(text, method))


def _key(document: Document, limits: Limits) -> Hashable:
    digest = sha256(document.content).hexdigest()
    return document.origin, document.media_type, digest, limits.model_dump_json()
