"""The sentences that tell a story's news: the best, and others that are nearly as good and come after it.

A summary fills its budget; a brief prints only what is worth reading. News is written from the top down, so what stands
before the sentence that tells it is a scene, a caption or a tease, and what stands behind it bears it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.models import Quotability, Quote
from briefing.ranking.candidates import OTHERS, Candidate, is_same, pool_of, retells
from briefing.ranking.fusion import names_in
from briefing.text import ends_in_stop, needs_stop

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from briefing.models import Ranked, Sentence
    from briefing.ranking.choosing import Budget

MUTE = frozenset(
    {
        Quotability.QUESTION,
        Quotability.SHOWING,
        Quotability.HEADLINE,
        Quotability.CHRONICLE,
        Quotability.QUOTATION,
    }
)
"""What is never printed."""
SHORTEST = 6
"""Words below which a sentence tells nothing by itself."""
NEARLY_AS_GOOD = 0.7
"""Share of the first sentence's worth that another must have. From 0.6 to 0.8 alike."""
FEWEST_NAMES = 2
"""Names inside a sentence below which it may speak of anybody ("The clergyman was to lead the camps"); nouns of
languages that give all of them a capital count, and languages without capitals are not asked."""
VAGUE = 0.8
"""What such a sentence is worth, and one that no stop ends: a headline, a caption, a line that was cut."""


def worths(ranked: Ranked) -> tuple[float, ...]:
    """Return what each sentence is worth to who reads nothing else of the article, 0 to 1: its rank, lowered or 0.

    What cannot stand alone is worth nothing where others can.
    """
    sentences = ranked.text.sentences
    fit = [_stands(sentence, place) and len(sentence.words) >= SHORTEST for place, sentence in enumerate(sentences)]
    return tuple(
        0.0 if sentence.quotability in MUTE or (any(fit) and not is_fit) else score * _clarity(sentence)
        for sentence, is_fit, score in zip(sentences, fit, ranked.scores, strict=True)
    )


def _stands(sentence: Sentence, place: int) -> bool:
    """Whether a sentence can be read alone; an article's first needs no other: its writer gave it none."""
    return sentence.quotability is Quotability.ALONE or (
        sentence.quotability is Quotability.NEEDS_PREVIOUS and place == 0
    )


def _clarity(sentence: Sentence) -> float:
    named = sentence.text.upper() == sentence.text.lower() or len(names_in(sentence.text)) >= FEWEST_NAMES
    return (1.0 if named else VAGUE) * (
        1.0 if ends_in_stop(sentence.text) or not needs_stop(sentence.language) else VAGUE
    )


def tell(
    articles: Sequence[Ranked], values: Sequence[Sequence[float]], *, budget: Budget, printed: Collection[Quote] = ()
) -> tuple[Quote, ...]:
    """Return the sentences that tell a story within a budget, the first article's first, each article's in its order.

    `values` is what each sentence of each article is worth; what is not above 0 is never chosen, nor what stands among
    the `printed` or says the same. One sentence is chosen whatever its length.
    """
    taken = frozenset((quote.article.id, quote.sentence.end) for quote in printed)
    pool = pool_of(articles, values, taken)
    before = [item for item in pool if item.printed]
    chosen: list[Candidate] = []
    for item in sorted(pool, key=lambda item: (-_worth(item), item.place)):
        if item.value <= 0 or (chosen and not _may_follow(item, chosen, budget)):
            continue
        if not any(is_same(item, other) or retells(item, other) for other in (*before, *chosen)):
            chosen.append(item)
    return tuple(_quote(item) for item in sorted(chosen, key=lambda item: item.place))


def _worth(item: Candidate) -> float:
    return item.value * (OTHERS if item.place[0] else 1.0)


def _may_follow(item: Candidate, chosen: Sequence[Candidate], budget: Budget) -> bool:
    words = sum(other.length for other in chosen) + item.length
    return (
        item.value >= NEARLY_AS_GOOD * chosen[0].value
        and (item.place > chosen[0].place or item.place[0] != chosen[0].place[0])
        and budget.fits(words, len(chosen) + 1)
    )


def _quote(item: Candidate) -> Quote:
    return Quote(article=item.ranked.article, sentence=item.sentence.unstamped(), score=min(item.value, 1.0))
