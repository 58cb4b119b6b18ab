"""The ways to rank an article's sentences, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.models import Quotability, Ranked
from briefing.ranking.fusion import fused, parts, scaled
from briefing.text import stop_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.models import Text

_LOWEST = 0.01
"""The score of an article's least sentence: above 0, for only what must not be printed has none."""


LONGEST = 1_000
"""Characters from which a fragment is never printed, not even for lack of others."""


def _fusion(text: Text) -> Ranked:
    found = parts(text)
    return _ranked(text, fused(found), tuple((name, values) for name, _, values in found))


def _lead(text: Text) -> Ranked:
    places = [float(-order) for order in range(len(text.sentences))]
    return _plain(text, "position", places)


def _by_sumy(name: str, summarizer: Callable[[], Any]) -> Callable[[Text], Ranked]:
    """Return the method that rates sentences with one of sumy's summarizers."""

    def method(text: Text) -> Ranked:
        from briefing.ranking.analysed import document_of, ratings, spread_over

        return _plain(text, name, spread_over(text, ratings(summarizer(), document_of(text))))

    return method


def _lex_rank() -> Any:  # noqa: ANN401 - sumy ships no types
    from briefing.ranking.summarizers import ArrayLexRank

    return ArrayLexRank()


def _text_rank() -> Any:  # noqa: ANN401 - sumy ships no types
    from briefing.ranking.summarizers import ArrayTextRank

    return ArrayTextRank()


def _reduction() -> Any:  # noqa: ANN401 - sumy ships no types
    from briefing.ranking.summarizers import ArrayReduction

    return ArrayReduction()


def _lsa() -> Any:  # noqa: ANN401 - sumy ships no types
    from briefing.ranking.summarizers import ArrayLsa

    return ArrayLsa()


def _luhn() -> Any:  # noqa: ANN401 - sumy ships no types
    from briefing.ranking.summarizers import ArrayLuhn

    return ArrayLuhn()


def _sum_basic() -> Any:  # noqa: ANN401 - sumy ships no types
    from briefing.ranking.summarizers import ArraySumBasic

    return ArraySumBasic()


def _kl(text: Text) -> Ranked:
    from briefing.ranking.analysed import document_of, ratings, spread_over
    from briefing.ranking.summarizers import ArrayKL

    summarizer = ArrayKL()
    summarizer.stop_words = stop_words(text.language)
    return _plain(text, "kl", spread_over(text, ratings(summarizer, document_of(text))))


def _edmundson(text: Text) -> Ranked:
    """Edmundson (1969) without cue words, of which sumy has no lists: key words, title and location."""
    from briefing.ranking.analysed import ratings, spread_over
    from briefing.ranking.edmundson import edmundson_of, titled_document_of

    return _plain(text, "edmundson", spread_over(text, ratings(edmundson_of(text), titled_document_of(text))))


METHODS: dict[str, Callable[[Text], Ranked]] = {
    "fusion": _fusion,
    "lead": _lead,
    "lex-rank": _by_sumy("lex-rank", _lex_rank),
    "text-rank": _by_sumy("text-rank", _text_rank),
    "lsa": _by_sumy("lsa", _lsa),
    "luhn": _by_sumy("luhn", _luhn),
    "kl": _kl,
    "sum-basic": _by_sumy("sum-basic", _sum_basic),
    "reduction": _by_sumy("reduction", _reduction),
    "edmundson": _edmundson,
}
"""Each method takes a text and returns it ranked; the names are those of `Method` in config/schema.py."""


def rank(text: Text, *, method: str = "fusion") -> Ranked:
    """Return the text with a score for every sentence, above 0 to 1.

    A sentence that stands twice, or is too long to print, has 0. Where a method can tell nothing apart (one sentence,
    digits only, no words at all), all scores are equal, and the first sentence comes first by its place. Raises
    KeyError for a name that METHODS lacks.
    """
    return METHODS[method](text)


def _plain(text: Text, name: str, values: Sequence[float]) -> Ranked:
    spread = tuple(scaled(values))
    scores = spread if any(spread) else tuple(1.0 for _ in spread)
    return _ranked(text, scores, ((name, spread),))


def _ranked(text: Text, scores: Sequence[float], found: tuple[tuple[str, tuple[float, ...]], ...]) -> Ranked:
    seen: set[str] = set()
    final = []
    for sentence, score in zip(text.sentences, scores, strict=True):
        too_long = len(sentence.text) > LONGEST and sentence.quotability is Quotability.FRAGMENT
        final.append(0.0 if too_long or sentence.text in seen else _LOWEST + (1 - _LOWEST) * round(score, 9))
        seen.add(sentence.text)
    return Ranked(text=text, scores=tuple(final), parts=found)
