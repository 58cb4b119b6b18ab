"""A brief against an earlier one: what is new, what has grown, what stands as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.edition import ALSO_TODAY, ChangeEntry, PastEdition, PastStory, opening
from briefing.models import PARAGRAPH_BREAK, UNDETERMINED, Article, Paragraph, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.edition import Brief
    from briefing.models import Account, Delivered, Story

MOST_OPEN = 24
"""Headlines under "Still open": half of a page, which is still read; the editions before have the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Continued:
    """How a scheduled edition's stories stand to those that were delivered before."""

    stories: Mapping[str, PastStory]
    """By the id of a story that goes on: what it goes on from."""
    changes: Mapping[str, tuple[ChangeEntry, ...]]
    """By the same: the figures that it brings up to date."""
    still_open: tuple[PastStory, ...]


def continued(
    stories: Sequence[Story],
    past: Sequence[Story],
    followed: Mapping[str, str],
    *,
    changes: Mapping[str, Sequence[tuple[Account, Account]]],
    delivered: Delivered,
) -> Continued:
    """Return which stories go on from those of the `past`, and which of the past have nothing new.

    `followed` names, by a new article's id, the earlier one that it follows up; `changes` are, by a story's id, the
    figures that it brings up to date.
    """
    edition_of = {article.id: edition for edition, article in delivered.recent}
    place = {article.id: number for number, (_, article) in enumerate(delivered.recent)}
    headed: dict[str, PastStory] = {}
    ordered: list[tuple[int, PastStory, frozenset[str]]] = []
    for story in past:
        first = min(story.articles, key=lambda one: place[one.article.id])
        entry = PastStory(
            edition=edition_of[first.article.id],
            headline=first.article.title or opening(first.article.paragraphs[0].text),
            language=first.text.language,
            outlet=first.article.outlet,
            url=first.article.url,
        )
        members = frozenset(one.article.id for one in story.articles)
        headed |= dict.fromkeys(members, entry)
        ordered.append((place[first.article.id], entry, members))
    ordered.sort(key=lambda item: item[0])
    gone_on = frozenset(followed.values())
    goes_on: dict[str, PastStory] = {}
    for story in stories:
        for one in story.articles:
            if one.article.id in followed:
                goes_on.setdefault(story.id, headed[followed[one.article.id]])
    return Continued(
        stories=goes_on,
        changes={
            story: tuple(_change(*pair, edition_of[pair[0].article.id]) for pair in pairs)
            for story, pairs in changes.items()
        },
        still_open=tuple(entry for _, entry, members in ordered if members.isdisjoint(gone_on))[:MOST_OPEN],
    )


def _change(before: Account, after: Account, edition: str) -> ChangeEntry:
    return ChangeEntry(
        edition=edition,
        before=before.figure,
        before_sentence=before.sentence,
        before_article=before.article.id,
        article=after.article.id,
        after=after.figure,
        after_sentence=after.sentence,
        language=after.language,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an earlier brief had read: its edition, and the SHA-256 of each article's text."""

    edition: str
    texts: frozenset[str]
    history: tuple[PastEdition, ...] = ()
    """It and those before it, oldest first."""
    number: int = 0
    """The newest issue number among them; 0 where none of them is an issue."""


def earlier_brief(brief: Brief) -> Earlier:
    """Return what a brief that was delivered had read."""
    return Earlier(edition=brief.edition.id, texts=frozenset(_fingerprint(article.text) for article in brief.articles))


def articles_of(brief: Brief) -> tuple[Article, ...]:
    """Return the articles of a brief in the order in which their stories are printed."""
    stories = (story for part in brief.parts for story in (*part.stories, *part.more))
    order = dict.fromkeys(name for story in stories for name in (story.article, *story.also))
    entries = (brief.by_id[name] for name in order if brief.by_id[name].text)
    return tuple(
        Article(
            id=entry.id,
            origin=entry.origin,
            title=entry.title,
            paragraphs=tuple(Paragraph(text=text) for text in entry.text.split(PARAGRAPH_BREAK)),
            outlet=entry.outlet,
            url=entry.url,
            published=entry.published,
            language=None if entry.language == UNDETERMINED else entry.language,
            sha256=entry.sha256,
            identity=entry.identity,
        )
        for entry in entries
    )


def past_edition(brief: Brief) -> PastEdition:
    """Return how much a brief had: articles, and the stories of each section with those under it."""
    families = {section.id: brief.family_of(section) for section in brief.sections} | {ALSO_TODAY: (brief.rest,)}
    return PastEdition(
        id=brief.edition.id,
        date=brief.edition.date,
        articles=len(brief.articles),
        stories={
            name: len({story.id for section in family for story in (*section.stories, *section.more)})
            for name, family in families.items()
        },
    )


def status_of(story: Story, earlier: Earlier | None, continued: Continued | None) -> Status | None:
    """Return whether all, some or none of a story's articles had been read; None where there is no earlier brief.

    All that a scheduled edition holds is new; what goes on from what was delivered is updated.
    """
    if continued is not None:
        return Status.UPDATED if story.id in continued.stories else Status.NEW
    if earlier is None:
        return None
    known = [_fingerprint(ranked.article.text) in earlier.texts for ranked in story.articles]
    if all(known):
        return Status.UNCHANGED
    return Status.UPDATED if any(known) else Status.NEW


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()
