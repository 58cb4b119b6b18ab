"""The figures of a day, each with what it is compared by: names, the words of its sentence, how rare its kind is."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.figures.mentions import HEADLINE, MOST_MENTIONS, first_mentions
from briefing.figures.quantified import ARABIC_PREFIXES, words_of
from briefing.models import Problem
from briefing.text import fold, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from briefing.figures.mentions import Mention
    from briefing.figures.quantified import Lexicon
    from briefing.models import Ranked
    from briefing.text import Quantity

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
    """A figure with what it is compared by: a large day holds hundreds of thousands of them."""

    ranked: Ranked
    place: int
    """Of its mention among those of its article."""
    read: Callable[[Ranked], Sequence[Mention]]
    """Returns the mentions of an article."""
    spellings: Spellings
    kind: tuple[str, str]
    """What is counted, and what happened to it."""
    lexicon: Lexicon
    language: str
    """Of its sentence."""
    quantity: Quantity
    scope: frozenset[str]
    days: frozenset[int]
    subordinate: bool
    several: bool
    beside: tuple[float, ...]
    """These as its mention has them."""
    names: tuple[str, ...]
    """The keys of the names beside it."""
    content: tuple[str, ...]
    """Stems of its sentence's own words, each once."""
    story: str
    """The id of the story that its article tells."""
    rarity: float = 0.0
    """How rare it is on that day that anything of the kind is told, 0 to 1."""
    first: bool
    """Whether it is the article's first figure of its kind that runs over no longer time."""

    @property
    def article(self) -> str:
        """The id of the article."""
        return self.ranked.article.id

    @property
    def mention(self) -> Mention:
        """The figure as it stands in its sentence, looked up or read again."""
        return self.read(self.ranked)[self.place]

    @property
    def written(self) -> dict[str, str]:
        """The names beside it, by key, as they are written."""
        found = self.spellings.names_beside(self.mention)
        return {name: found[name] for name in self.names}

    @property
    def wholes(self) -> frozenset[float]:
        """Its sentence's other numbers, and what it makes up with one or two of them."""
        beside, number = self.beside, self.quantity.low
        return frozenset(beside) | {
            number + sum(some) for size in PARTS for some in combinations(beside[:MOST_PARTS], size)
        }

    @property
    def published(self) -> datetime | None:
        """When its article came out; a bare day counts from its noon."""
        moment = self.ranked.article.published
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

    def read(one: Ranked) -> Sequence[Mention]:
        return first_mentions(one, packs) if (held := known.get(one.article.id)) is None else held

    spellings, drafts, tellers = Spellings(aliases), deque[_Draft](), Counter[str]()
    problems: list[Problem] = []
    same: dict[Any, Any] = {}  # equal values are held once
    for one in ranked:
        found = read(one)
        taken = found[:MOST_MENTIONS]
        drafts += _drafts(taken, story_of[one.article.id], spellings, read, same) if taken else ()
        tellers.update({mention.happening for mention in taken if not mention.subordinate})
        if len(found) > MOST_MENTIONS:
            reason = f"more than {MOST_MENTIONS} figures; the first {MOST_MENTIONS} are compared with other accounts"
            problems.append(Problem(origin=one.article.origin, stage=STAGE, reason=reason, lost=False))
    sure = {name for draft in drafts if draft.tells for name in draft.claim.names} | set(spellings.names.values())
    rarity = _Rarity(tellers, len(ranked))
    return tuple(_claim(drafts.popleft(), sure, rarity) for _ in range(len(drafts))), tuple(problems)


class _Draft(NamedTuple):
    """A figure before it is known which words are names elsewhere on the day."""

    claim: Claim
    """With the names that there may be beside it, and no content that may be one."""
    tells: bool
    """Whether capitals mark names in its sentence."""
    doubtful: tuple[tuple[str, str], ...]
    """Where they do not, the stems of what may be names, each behind its key."""


def _drafts(
    mentions: Sequence[Mention],
    story: str,
    spellings: Spellings,
    read: Callable[[Ranked], Sequence[Mention]],
    same: dict[Any, Any],
) -> Iterator[_Draft]:
    """Yield the figures of one article with what their sentences say."""
    first = _firsts(mentions)
    for place, mention in enumerate(mentions):
        names, tells = spellings.names_beside(mention), _capitals_tell(mention)
        content = _content(mention)
        own = dict.fromkeys(stemmed for key, stemmed in content if key not in names)
        claim = Claim(
            ranked=mention.ranked,
            place=place,
            read=read,
            spellings=spellings,
            kind=same.setdefault(mention.kind, mention.kind),
            lexicon=mention.lexicon,
            language=mention.sentence.language,
            quantity=mention.quantity,
            scope=same.setdefault(mention.scope, mention.scope),
            days=same.setdefault(mention.days, mention.days),
            subordinate=mention.subordinate,
            several=mention.several,
            beside=same.setdefault(mention.beside, mention.beside),
            names=tuple(same.setdefault(name, name) for name in names),
            content=tuple(same.setdefault(stemmed, stemmed) for stemmed in own),
            story=story,
            first=place in first,
        )
        yield _Draft(claim, tells, () if tells else tuple((key, stemmed) for key, stemmed in content if key in names))


def _claim(draft: _Draft, sure: Container[str], rarity: _Rarity) -> Claim:
    """Return a figure; where capitals do not tell, of the names beside it those that are `sure` on the day."""
    claim = draft.claim
    names, content = claim.names, claim.content
    if not draft.tells:
        names = tuple(name for name in names if name in sure)
        more = (stemmed for key, stemmed in draft.doubtful if key not in names)
        content = tuple(dict.fromkeys((*content, *more)))
    return replace(claim, names=names, content=content, rarity=rarity[claim.kind[1]])


class _Rarity(dict[str, float]):
    """How rare it is that an article tells a figure of a kind, 0 to 1."""

    def __init__(self, tellers: Mapping[str, int], articles: int) -> None:
        self._tellers, self._articles = tellers, articles

    def __missing__(self, kind: str) -> float:
        self[kind] = max(0.0, 1 - self._tellers.get(kind, 0) / (FEW * self._articles))
        return self[kind]


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
