"""The default ranking: three of sumy's methods with what news is known by, as one weighted sum.

Plain methods lose to "the first sentences" on news; what beats them is position and title with a little of each
method. Every weight stands here. All were set on the French, English and Arabic development sets at once, over six
budgets. Among 250 random settings the two halves of the sets hardly agreed on the best ones (r = 0.1), so these are
round numbers from the middle of a plateau, each chosen by its mean effect and not by the best run.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

from briefing.models import Quotability, Quote, Role
from briefing.ranking.choosing import OTHERS, Candidate, is_same, pool_of, retells
from briefing.text import ends_in_stop, needs_stop, quoted_share, stop_words, weekdays_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from briefing.models import Ranked, Sentence, Text
    from briefing.ranking.choosing import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each part counts for, in the order in which `briefing explain` lists them."""

    position: float = 2.0
    """A first trial's value; half of it loses 0.5 on Arabic, twice as much 0.4 on French."""
    opening: float = 0.6
    """The first sentence under a title, where a standfirst stands: with 0.4 to 0.8 it is kept in 93 to 95 of 100."""
    title: float = 3.0
    """The title's stems. Without it French loses 0.5; 2 to 4 are equal within noise."""
    centrality: float = 0.5
    """LexRank's cosines, summed (Erkan & Radev 2004, section 3.1). Twice as much loses 0.2 on French."""
    luhn: float = 0.2
    """Luhn 1958. Within noise up to 0.3; above it long sentences win."""
    sum_basic: float = 0.1
    """Mean probability of a sentence's words (Nenkova & Vanderwende 2005); 0 loses on English, 0.5 on Arabic."""
    names: float = 0.5
    """Capitalised words inside the sentence. Within noise from 0.3 to 0.6, above 0 in all of the random settings."""
    day: float = 0.5
    """A day of the week, near the beginning: what happened on Tuesday is the news, its background has no day. Gains
    0.2 on French, 0.3 on English, none on Arabic, whichever of them it is fitted on; 0.4 to 0.6 are equal in the
    middle of the plateau, twice as much loses half of it."""
    length: float = 0.5
    """Very short sentences say little; see FULL_LENGTH."""
    own_words: float = 0.3
    """The reporter's words rather than somebody's: quotations colour news more often than they are it."""
    statement: float = 0.5
    """No question: it tells nothing. Without effect on the sets."""
    standfirst: float = 1.0
    """The editor's own summary, where the page marks it, opens with what matters most."""


WEIGHTS = Weights()
_WEIGHT_OF = tuple(asdict(WEIGHTS).items())
DECAY = 8.0
"""Sentences over which the weight of position falls to 1/e; 6 to 10 are equal within noise."""
FULL_LENGTH = 20
"""Words from which a sentence counts as long enough: about a news sentence's mean. 15 to 25 are equal within noise."""
MOST_NAMES = 4
"""More names than this say no more: a list of names is no news."""

_QUESTION_MARKS = frozenset("?؟？՞")
_QUOTATION_MARKS = frozenset('«»“”„"‘「『')
_OPENING = "«“„\"'‘’([{—–-"
_CLOSING = ".!?…:؟。！？"

Part = tuple[str, float, tuple[float, ...]]
"""A part's name, its weight, and its value for each sentence, 0 to 1."""


def parts(text: Text) -> tuple[Part, ...]:
    """Return what each sentence's score is made of; a part that the article cannot have (no title) is left out."""
    sentences = text.sentences
    central, clustered, probable = _sumy_parts(text)
    places = [exp(-order / DECAY) for order in range(len(sentences))]
    found: dict[str, Iterable[float] | None] = {
        "position": places,
        "opening": _opening(text),
        "title": _title_overlaps(text),
        "centrality": scaled(central),
        "luhn": scaled(clustered),
        "sum_basic": scaled(probable),
        "names": (min(len(names_in(sentence.text)), MOST_NAMES) / MOST_NAMES for sentence in sentences),
        "day": (place * _names_day(sentence) for place, sentence in zip(places, sentences, strict=True)),
        "length": (min(len(sentence.words) / FULL_LENGTH, 1.0) for sentence in sentences),
        "own_words": (float(_QUOTATION_MARKS.isdisjoint(sentence.text)) for sentence in sentences),
        "statement": (float(_QUESTION_MARKS.isdisjoint(sentence.text)) for sentence in sentences),
        "standfirst": _standfirst(text),
    }
    return tuple(
        (name.replace("_", "-"), weight, tuple(values))
        for name, weight in _WEIGHT_OF
        if (values := found[name]) is not None
    )


def fused(found: Sequence[Part]) -> tuple[float, ...]:
    """Return the weighted mean of the parts for each sentence, 0 to 1."""
    whole = sum(weight for _, weight, _ in found)
    columns = zip(*(values for _, _, values in found), strict=True)
    weights = [weight for _, weight, _ in found]
    return tuple(sum(map(float.__mul__, weights, column)) / whole for column in columns)


def scaled(values: Sequence[float]) -> list[float]:
    """Return the values spread over 0 to 1; all 0 where they are equal."""
    lowest, highest = min(values, default=0.0), max(values, default=0.0)
    reach = highest - lowest
    return [(value - lowest) / reach if reach > 0 else 0.0 for value in values]


def _sumy_parts(text: Text) -> tuple[list[float], list[float], list[float]]:
    from briefing.ranking.analysed import document_of, ratings, spread_over
    from briefing.ranking.summarizers import ArrayLexRank, ArrayLuhn, ArraySumBasic

    document = document_of(text)
    return (
        spread_over(text, ArrayLexRank().centralities(document)),
        spread_over(text, ratings(ArrayLuhn(), document)),
        spread_over(text, ArraySumBasic().averages(document.sentences)),
    )


def _title_overlaps(text: Text) -> list[float] | None:
    """Return the share of the title's content words in each sentence; None without such words."""
    common = stop_words(text.language)
    title = {stem for word, stem in zip(text.title_words, text.title_stems, strict=True) if word not in common}
    if not title:
        return None
    return [len(title.intersection(sentence.stems)) / len(title) for sentence in text.sentences]


def _opening(text: Text) -> list[float] | None:
    return [float(order == 0) for order in range(len(text.sentences))] if text.title_words else None


def _standfirst(text: Text) -> list[float] | None:
    roles = [paragraph.role for paragraph in text.article.paragraphs]
    if Role.STANDFIRST not in roles:
        return None
    paragraph = roles.index(Role.STANDFIRST)
    first = next((order for order, sentence in enumerate(text.sentences) if sentence.paragraph == paragraph), None)
    return [float(order == first) for order in range(len(text.sentences))]


def _names_day(sentence: Sentence) -> bool:
    return bool(weekdays_in(sentence.words, sentence.language))


def names_in(text: str) -> list[str]:
    """Return the words that start with a capital where no sentence or quotation does."""
    tokens = text.split()
    return [
        token
        for before, token in pairwise(tokens)
        if token[0].isupper() and before[-1] not in _CLOSING and before[-1] not in _OPENING
    ]


# ── what is news in an article ────────────────────────────────────────────────────────────────────────────────────────
# A summary fills its budget; a brief prints only what is worth reading. News is written from the top down, so what
# stands before the sentence that tells it is a scene, a caption or a tease, and what stands behind it bears it out.


MUTE = frozenset(
    {
        Quotability.QUESTION,
        Quotability.SHOWING,
        Quotability.HEADLINE,
        Quotability.CHRONICLE,
        Quotability.NOTE,
        Quotability.QUOTATION,
    }
)
"""What is never printed."""
SHORTEST = 6
"""Words below which a sentence tells nothing by itself."""
AS_GOOD = 0.95
"""Share of the best sentence's worth from which an earlier one is as good: it has been written to be read first."""
NEARLY_AS_GOOD = 0.7
"""Share of the first sentence's worth that another must have. From 0.6 to 0.8 alike."""
FEWEST_FIGURES = 2
"""Figures from which a scrap is a row of a table, and never printed."""
MOSTLY = 0.5
"""Share of a sentence in quotation marks from which it does not follow another: it is what somebody thinks of the news.
On eight labelled days one of three such was signable, of the others two of three."""
FEWEST_NAMES = 2
"""Names inside a sentence below which it may speak of anybody ("The clergyman was to lead the camps"); nouns of
languages that give all of them a capital count, and languages without capitals are not asked."""
OPENS = WEIGHTS.opening / (sum(asdict(WEIGHTS).values()) - WEIGHTS.title - WEIGHTS.standfirst)
"""What being the first sentence counts among the parts that an article without a title has."""
VAGUE = 0.8
"""What such a sentence is worth, and one that no stop ends: a headline, a caption, a line that was cut."""


def worths(ranked: Ranked) -> tuple[float, ...]:
    """Return what each sentence is worth to who reads nothing else of the article, 0 to 1: its rank, lowered or 0.

    What cannot stand alone is worth nothing where others can. The first sentence of an article without a title is worth
    more for being the first, as that of one with a title is by its rank: a brief that passes it over prints what
    leans on it, where a mere summary does not mind.
    """
    sentences, scores = ranked.text.sentences, ranked.scores
    if not ranked.text.title_words:
        scores = tuple((1 - OPENS) * score + OPENS * (place == 0) for place, score in enumerate(scores))
    fit = [_stands(sentence, place) and len(sentence.words) >= SHORTEST for place, sentence in enumerate(sentences)]
    return tuple(
        0.0
        if sentence.quotability in MUTE or _is_row(sentence) or (any(fit) and not is_fit)
        else score * _clarity(sentence)
        for sentence, is_fit, score in zip(sentences, fit, scores, strict=True)
    )


def _stands(sentence: Sentence, place: int) -> bool:
    """Whether a sentence can be read alone; an article's first needs no other: its writer gave it none."""
    return sentence.quotability is Quotability.ALONE or (
        sentence.quotability is Quotability.NEEDS_PREVIOUS and place == 0
    )


def _is_row(sentence: Sentence) -> bool:
    """Whether this is a row of a table: no whole sentence, and two figures or more."""
    if sentence.quotability is not Quotability.FRAGMENT:
        return False
    return sum(word[0].isdigit() for word in sentence.words) >= FEWEST_FIGURES


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
    good = AS_GOOD * max(map(_worth, pool), default=0.0)
    first = next((item for item in pool if item.place[0] == 0 and item.value >= good and not item.printed), None)
    for item in sorted(pool, key=lambda item: (item is not first, -_worth(item), item.place)):
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
        and quoted_share(item.sentence.text) < MOSTLY
    )


def _quote(item: Candidate) -> Quote:
    return Quote(article=item.ranked.article, sentence=item.sentence.unstamped(), score=min(item.value, 1.0))
