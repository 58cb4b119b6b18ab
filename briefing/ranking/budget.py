"""How much of a story is printed."""

from __future__ import annotations

import math
from dataclasses import dataclass

OVERRUN = 0.2
"""The part of the budget by which the last sentence may run over it, as an editor would let it."""
ENOUGH = 0.8
"""The part of the budget from which a story may end rather than take a worse sentence that happens to fit. With
OVERRUN, summaries are as long as their budget on the average."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How much of a story is printed: words, sentences, or both; ValueError without either or for less than 1."""

    words: int | None = 60
    sentences: int | None = None

    def __post_init__(self) -> None:
        if self.words is None and self.sentences is None:
            raise ValueError("a budget needs words or sentences")
        for name, amount in (("words", self.words), ("sentences", self.sentences)):
            if amount is not None and amount < 1:
                raise ValueError(f"a budget needs at least one of {name}, not {amount}")

    @property
    def most_words(self) -> float:
        """The words that no choice exceeds, as long as one sentence fits in them."""
        return math.inf if self.words is None else self.words * (1 + OVERRUN)

    @property
    def most_sentences(self) -> float:
        """The sentences that no choice exceeds."""
        return math.inf if self.sentences is None else self.sentences

    def fits(self, words: int, sentences: int) -> bool:
        """Tell whether so much may be printed."""
        return words <= self.most_words and sentences <= self.most_sentences

    def is_spent(self, words: int, sentences: int) -> bool:
        """Tell whether nothing more is wanted."""
        return words >= (self.words or math.inf) or sentences >= self.most_sentences

    def is_enough(self, words: int) -> bool:
        """Tell whether a story may end here rather than take a worse sentence."""
        return self.words is not None and words >= ENOUGH * self.words
