"""The figures of a day, each with what it is compared by: names, the words of its sentence, how rare its kind is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from briefing.figures.mentions import HEADLINE, MOST_MENTIONS, first_mentions
from briefing.figures.quantified import ARABIC_PREFIXES, words_of
from briefing.models import Problem
from briefing.text import fold, stem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from briefing.figures.mentions import Mention
    from briefing.models import Ranked

STAGE = "figures"
OPENING = 6
"""Sentences with which an article tells what it is about."""
FEW = 0.25
"""Share of the day's articles that tell anything of a kind from which the kind is not rare at all."""
SHORTEST = 3
"""Letters of a name that is not among the aliases."""
PARTS = (1, 2)
"""How many other numbers a figure may make up a whole with."""
MOST_PARTS = 12
"""Other numbers of which such are tried, the lowest ones."""
_ARTICLES = frozenset({"al", "el", "as", "ar", "an", "at", "ad", "az", "ash", "l"})
"""The article that Arabic names have in Latin letters."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """A figure with what it is compared by."""

    mention: Mention
    names: Mapping[str, str]
    """Names beside it, by key, as they are written."""
    content: frozenset[str]
    """Stems of its sentence's own words."""
    story: str
    """The id of the story that its article tells."""
    rarity: float
    """How rare it is on that day that anything of the kind is told, 0 to 1."""
    first: bool
    """Whether it is the article's first figure of its kind that runs over no longer time."""
    wholes: frozenset[float]
    """Its sentence's other numbers, and what it makes up with one or two of them."""

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.mention.ranked.article.id

    @property
    def published(self) -> datetime | None:
        """When its article came out; a bare day counts from its noon."""
        moment = self.mention.ranked.article.published
        if moment is None or isinstance(moment, datetime):
            return moment
        return datetime.combine(moment, time(12), UTC)


def claims_of(
    ranked: Sequence[Ranked],
    story_of: Mapping[str, str],
    *,
    aliases: Mapping[str, object],
    packs: tuple[str, ...],
    known: Mapping[str, Sequence[Mention]] = MappingProxyType({}),
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Return the figures of the articles, in their order, and of which articles not all are compared.

    `story_of` gives the story of an article by its id, `known` what `first_mentions` found in it before.
    """
    spellings, drafts = Spellings(aliases), list[_Draft]()
    problems: list[Problem] = []
    for one in ranked:
        found = first_mentions(one, packs) if (held := known.get(one.article.id)) is None else held
        drafts += _drafts(found[:MOST_MENTIONS], spellings)
        if len(found) > MOST_MENTIONS:
            reason = f"more than {MOST_MENTIONS} figures; the first {MOST_MENTIONS} are compared with other accounts"
            problems.append(Problem(origin=one.article.origin, stage=STAGE, reason=reason, lost=False))
    rarity = _rarity([draft.mention for draft in drafts], len(ranked))
    sure = {name for draft in drafts if draft.tells for name in draft.names} | set(spellings.names.values())
    return tuple(_claim(draft, sure, story_of, rarity) for draft in drafts), tuple(problems)


class _Draft(NamedTuple):
    """A figure before it is known which words are names elsewhere on the day."""

    mention: Mention
    """Without the words of its sentence, which a large day could not hold."""
    names: dict[str, str]
    """What may be names beside it."""
    tells: bool
    """Whether capitals mark names in its sentence."""
    content: frozenset[str]
    """Stems of its sentence's own words but these names."""
    doubtful: tuple[tuple[str, str], ...]
    """Where capitals do not tell, the stems of those, each behind its key."""
    first: bool


def _drafts(mentions: Sequence[Mention], spellings: Spellings) -> Iterator[_Draft]:
    """Yield the figures of one article with what their sentences say."""
    first = _firsts(mentions)
    for place, mention in enumerate(mentions):
        names, tells = spellings.names_beside(mention), _capitals_tell(mention)
        content = _content(mention)
        bare = replace(mention.sentence, words=(), stems=())
        yield _Draft(
            mention=replace(mention, sentence=bare, words=(), other_places=()),
            names=names,
            tells=tells,
            content=frozenset(stemmed for key, stemmed in content if key not in names),
            doubtful=() if tells else tuple((key, stemmed) for key, stemmed in content if key in names),
            first=place in first,
        )


def _claim(draft: _Draft, sure: Container[str], story_of: Mapping[str, str], rarity: Mapping[str, float]) -> Claim:
    """Return a figure; where capitals do not tell, of the names beside it those that are `sure` on the day."""
    mention, names, content = draft.mention, draft.names, draft.content
    if not draft.tells:
        names = {key: name for key, name in names.items() if key in sure}
        content |= {stemmed for key, stemmed in draft.doubtful if key not in names}
    return Claim(
        mention=mention,
        names=names,
        content=content,
        story=story_of[mention.ranked.article.id],
        rarity=rarity[mention.happening],
        first=draft.first,
        wholes=_wholes(mention),
    )


def _rarity(mentions: Sequence[Mention], articles: int) -> dict[str, float]:
    """Return how rare it is that an article tells a figure of a kind, 0 to 1."""
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        tellers[mention.happening] |= set() if mention.subordinate else {mention.ranked.article.id}
    return {kind: max(0.0, 1 - len(tellers[kind]) / (FEW * articles)) for kind in sorted(tellers)}


def _firsts(mentions: Sequence[Mention]) -> set[int]:
    """Return the places of each article's first figure of each kind, where it opens the article.

    Figures that run over a longer time do not count; what comes late is of something else, or of a part of it.
    """
    first: dict[tuple[str, str, str], int] = {}
    for place, mention in enumerate(mentions):
        if not mention.scope and not mention.subordinate:
            first.setdefault((mention.ranked.article.id, *mention.kind), place)
    openings = ((place, mentions[place].ranked.text.sentences[:OPENING]) for place in first.values())
    return {place for place, sentences in openings if mentions[place].sentence in sentences}


def _content(mention: Mention) -> list[tuple[str, str]]:
    """Return the stems of what a sentence says beside the figure, each behind its key: no numbers nor common words."""
    text, known = mention.sentence.text, mention.lexicon
    return [
        (without_article(word.key), stem(text[word.start : word.end].casefold(), known.language))
        for word in mention.words
        if word.key not in known.generic and not word.key[0].isdigit()
    ]


def _wholes(mention: Mention) -> frozenset[float]:
    beside, number = mention.beside, mention.quantity.low
    return frozenset(beside) | {
        number + sum(some) for size in PARTS for some in combinations(beside[:MOST_PARTS], size)
    }


# ── names ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _capitals_tell(mention: Mention) -> bool:
    """Tell whether capitals mark names in a sentence: not in German, nor in a headline."""
    text = mention.sentence.text
    upper = sum(text[word.start].isupper() for word in mention.words)
    nouns_too = mention.lexicon.known.writing.nouns_capitalised
    return not nouns_too and upper < HEADLINE * max(1, len(mention.words))


class Spellings:
    """The names among config.yaml's aliases in every spelling, and how to tell others by their capitals.

    Aliases that are given by language are notions, not names.
    """

    def __init__(self, aliases: Mapping[str, object]) -> None:
        spelt = [
            (tuple(word.key for word in words_of(spelling)), spelling, fold(name))
            for name, others in aliases.items()
            if isinstance(others, (list, tuple))
            for spelling in (name, *others)
        ]
        self.names = {key: name for key, _, name in spelt}
        self._capitals = {key for key, spelling, _ in spelt if spelling.isupper()}
        self._firsts = {key[0] for key in self.names if key}
        self._longest = max(map(len, self.names), default=1)

    def names_beside(self, mention: Mention) -> dict[str, str]:
        """Return the names beside a figure, by key, as they are written; those of other places left out."""
        text, words = mention.sentence.text, mention.words
        found: dict[str, str] = {}
        place = 0
        while place < len(words):
            word = words[place]
            size, name = self._alias(mention, place)
            if not any(start <= word.start < end for start, end in mention.other_places):
                if name:
                    found.setdefault(name, text[word.start : words[place + size - 1].end])
                elif place and _is_name(mention, place):
                    found.setdefault(without_article(word.key), text[word.start : word.end])
            place += size
        return found

    def _alias(self, mention: Mention, place: int) -> tuple[int, str | None]:
        """Return how many words at a place are a spelling of an alias, and whose; 1 and None where none is."""
        word = mention.words[place]
        prefixes = ARABIC_PREFIXES if mention.lexicon.language == "ar" else ("",)
        firsts = [word.key.removeprefix(prefix) for prefix in prefixes if word.key.startswith(prefix)]
        if self._firsts.isdisjoint(firsts):
            return 1, None
        keys = [word.key for word in mention.words[place : place + self._longest]]
        for size in range(len(keys), 0, -1):
            written = mention.sentence.text[word.start : mention.words[place + size - 1].end]
            for first in firsts:
                key = (first, *keys[1:size])
                if key in self.names and (key not in self._capitals or written.isupper()):
                    return size, self.names[key]
        return 1, None


def _is_name(mention: Mention, place: int) -> bool:
    """Tell whether a word has a capital, or one behind its article, and is none of the words that may."""
    word, known = mention.words[place], mention.lexicon
    own = without_article(word.key)
    if known.language == "ar" or not mention.sentence.text[word.end - len(own)].isupper():
        return False
    return len(own) >= SHORTEST and own not in known.no_names


def without_article(key: str) -> str:
    """Return a name without the article that Arabic names have in Latin letters."""
    article, hyphen, name = key.partition("-")
    return name if hyphen and article in _ARTICLES and name else key
