"""Numbers that are reported, by whom, and where they disagree.

Sentence ─quantities (text)─► Mention ─names, words, story─► Claim ─contradictions─► Difference

A mention is an amount with what is counted and what happened to it, read by rules on word lists in English, French,
Spanish, Portuguese, German and Arabic. Only what independent articles count differently is told; see `disagreement`.
"""

# mypy: implicit-reexport

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing.figures.claims import STAGE, claims_of
from briefing.figures.disagreement import FAR, MOST_PAIRS, contradictions, differ, is_comparable, name_same
from briefing.figures.mentions import first_mentions
from briefing.models import Account, Difference, Passage, Problem
from briefing.text import sources_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from briefing.figures.claims import Claim
    from briefing.figures.mentions import Mention
    from briefing.figures.quantified import Span
    from briefing.models import Ranked, Sentence, Story


DIGITS = 6
MOST_NAMES = 3
"""Names that are told over the accounts."""


def differences(
    ranked: Sequence[Ranked],
    stories: Sequence[Story],
    *,
    aliases: Mapping[str, object],
    language: str,
    packs: tuple[str, ...] = (),
    known: Mapping[str, Sequence[Mention]] = MappingProxyType({}),
) -> tuple[tuple[Difference, ...], tuple[Problem, ...]]:
    """Return what independent articles count differently, and what was not compared because there was too much of it.

    Differences of most accounts come first, then those that are furthest apart. `aliases` are those of config.yaml,
    `packs` those that it uses; names are told in the brief's `language` where an account has them in it. `known` are
    the first mentions of articles, by their ids.
    """
    originals, copies = _originals(ranked, stories)
    story_of = {one.article.id: story.id for story in stories for one in story.articles}
    claims, problems = claims_of(originals, story_of, aliases=aliases, packs=packs, known=known)
    groups, too_many = contradictions(claims)
    if too_many:
        reason = f"more than {MOST_PAIRS:,} pairs of figures; those of the most common names were not compared"
        problems += (Problem(origin="figures", stage=STAGE, reason=reason, lost=False),)
    found = (_difference(group, copies, language=language) for group in groups)
    return tuple(sorted((one for one in found if one), key=_importance)), problems


def updates(
    past: Sequence[Story],
    stories: Sequence[Story],
    followed: Mapping[str, str],
    *,
    aliases: Mapping[str, object],
    packs: tuple[str, ...] = (),
) -> dict[str, tuple[tuple[Account, Account], ...]]:
    """Return, by a story's id, what the `past` stories that it follows up counted, and what it counts now.

    `followed` names, by a new article's id, the earlier one that it follows up. The latest figure of each day counts,
    of its kind the one that an article gives first; a figure that was given before is no change.
    """
    story_of = {one.article.id: story for story in past for one in story.articles}
    found: dict[str, tuple[tuple[Account, Account], ...]] = {}
    for story in stories:
        names = [one.article.id for one in story.articles]
        before = {id(old): old for old in (story_of[followed[name]] for name in names if name in followed)}
        ranked = [one for old in (*before.values(), story) for one in old.articles] if before else []
        claims, _ = claims_of(ranked, {each.article.id: story.id for each in ranked}, aliases=aliases, packs=packs)
        if pairs := _changes(claims, frozenset(names)):
            found[story.id] = pairs
    return found


def own_updates(
    stories: Sequence[Story], *, aliases: Mapping[str, object], packs: tuple[str, ...] = ()
) -> dict[str, tuple[tuple[Account, Account], ...]]:
    """Return, by a story's id, what one outlet counted in earlier reports of the story, and counts in its last one."""
    found: dict[str, tuple[tuple[Account, Account], ...]] = {}
    for story in stories:
        reports: dict[str | None, list[Ranked]] = {}
        for each in story.articles:
            reports.setdefault(each.article.outlet, []).append(each)
        pairs: list[tuple[Account, Account]] = []
        for outlet, ranked in reports.items():
            if outlet is not None and len(ranked) > 1:
                told_in = {one.article.id: story.id for one in ranked}
                claims, _ = claims_of(ranked, told_in, aliases=aliases, packs=packs)
                last = max((one.published for one in claims if one.published), default=None)
                names = frozenset(one.article for one in claims if one.published == last)
                pairs += _changes([one for one in claims if one.published], names)
        if pairs:
            found[story.id] = tuple(pairs)
    return found


def _originals(
    ranked: Sequence[Ranked], stories: Sequence[Story]
) -> tuple[list[Ranked], Mapping[str, Sequence[Ranked]]]:
    """Return the articles that copy none, by id, and the copies of each."""
    of = {copy.article: copy.of for story in stories for copy in story.copies}
    copies: defaultdict[str, list[Ranked]] = defaultdict(list)
    originals = []
    for one in sorted(ranked, key=lambda item: item.article.id):
        root = one.article.id
        while root in of:
            root = of[root]
        if root == one.article.id:
            originals.append(one)
        else:
            copies[root].append(one)
    return originals, copies


def _importance(difference: Difference) -> tuple[int, float, str]:
    apart = difference.high / difference.low
    first = difference.accounts[0]
    return -len(difference.accounts), -round(apart, DIGITS), f"{first.article.origin} {first.figure.start:09}"


# ── a group of claims as it is told: one account for each outlet, from the lowest to the highest ─────────────────────


def _difference(group: Sequence[Claim], copies: Mapping[str, Sequence[Ranked]], *, language: str) -> Difference | None:
    """Return a group as a difference; None where only earlier figures of one outlet contradicted others."""
    told = _newest(group)
    if not any(differ(one.quantity, other.quantity) for one, other in combinations(told, 2)):
        return None
    latest = _latest(told)
    accounts = [_account(one, copies.get(one.article, ()), latest=one is latest) for one in told]
    accounts.sort(key=lambda account: (account.vague, account.low, account.high, account.article.origin))
    return Difference(
        counted=told[0].kind[0],
        happening=told[0].kind[1],
        names=_names(told, language),
        accounts=tuple(accounts),
    )


def _newest(group: Sequence[Claim]) -> list[Claim]:
    """Return each outlet's and agency's last figure: what it counts anew brings its own figure up to date."""
    by_time = sorted(group, key=lambda one: one.published or datetime.min.replace(tzinfo=UTC))
    kept: list[Claim] = []
    for one in reversed(by_time):
        sources = sources_of(one.ranked.article)
        if all(sources.isdisjoint(sources_of(later.ranked.article)) for later in kept):
            kept.append(one)
    return [one for one in group if one in kept]


def _account(one: Claim, copies: Sequence[Ranked], *, latest: bool) -> Account:
    """Return a figure as its article gives it; of the copies those that still have it, as one may have been cut."""
    mention = one.mention
    sentence = mention.sentence
    figure = _passage(sentence, mention.span)
    named_from = min(mention.span, mention.told_by or mention.span)[0]
    said = sentence.unstamped() if named_from >= sentence.stamp else sentence
    return Account(
        article=one.ranked.article,
        figure=figure,
        sentence=Passage(text=said.text, start=said.start, end=said.end),
        told_by=None if mention.told_by is None else _passage(sentence, mention.told_by),
        language=sentence.language,
        low=mention.quantity.low,
        high=mention.quantity.high,
        hedge=mention.quantity.hedge.value,
        vague=mention.quantity.vague,
        copies=tuple(copy.article for copy in copies if figure.text in copy.article.text),
        latest=latest,
    )


def _passage(sentence: Sentence, span: Span) -> Passage:
    start, end = span
    return Passage(text=sentence.text[start:end], start=sentence.start + start, end=sentence.start + end)


def _latest(told: Sequence[Claim]) -> Claim | None:
    """Return what was published after all the others; None where that cannot be told."""
    times = [one.published for one in told]
    dated = [each for each in times if each is not None]
    if len(dated) < len(told) or dated.count(max(dated)) > 1:
        return None
    return told[dated.index(max(dated))]


def _names(told: Sequence[Claim], language: str) -> tuple[str, ...]:
    """Return the names that most accounts share, at least two of them, as one in the brief's language writes them."""
    counts = Counter(name for one in told for name in one.names)
    shared = sorted((name for name in counts if counts[name] > 1), key=lambda name: (-counts[name], name))
    by_language = sorted(told, key=lambda one: one.language != language)
    return tuple(next(one.written[name] for one in by_language if name in one.names) for name in shared[:MOST_NAMES])


# ── what has changed since an earlier edition, or an outlet's earlier report ─────────────────────────────────────────


def _changes(claims: Iterable[Claim], new: Collection[str]) -> tuple[tuple[Account, Account], ...]:
    """Return the figures that the articles named bring up to date, one of a kind, each with the one before it."""
    kinds: dict[tuple[str, str], tuple[list[Claim], list[Claim]]] = {}
    for one in claims:
        if not one.quantity.vague and not one.subordinate:
            kinds.setdefault(one.kind, ([], []))[one.article in new].append(one)
    return tuple(pair for earlier, now in kinds.values() if (pair := _change(earlier, now)))


def _change(before: Sequence[Claim], after: Sequence[Claim]) -> tuple[Account, Account] | None:
    """Return the latest figure that is new, behind the latest earlier one that it brings up to date."""
    for now in _latest_first(after):
        if any(name_same(then.quantity, now.quantity) for then in before):
            continue  # it tells once more what was told
        for then in _latest_first(before):
            low, high = sorted((then.quantity.low, now.quantity.low))
            if is_comparable(then, now) and high < FAR * low:
                return _account(then, (), latest=False), _account(now, (), latest=True)
    return None


def _latest_first(claims: Sequence[Claim]) -> Iterator[Claim]:
    """Yield figures by the hour of their articles, the latest first, and of one hour what opens an article."""
    key = lambda one: (-(one.published.timestamp() if one.published else 0.0), not one.first)  # noqa: E731
    yield from sorted(claims, key=key)
