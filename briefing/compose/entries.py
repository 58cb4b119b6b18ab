"""What the stages found, as brief.json holds it: the one place where a printed field is filled in."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, TypeVar

from briefing.edition import (
    ALSO_TODAY,
    AccountEntry,
    ArticleEntry,
    ChangeEntry,
    DifferenceEntry,
    KeyPointEntry,
    NoteLink,
    NoteParagraph,
    PastEdition,
    PastStory,
    SentenceEntry,
    StoryEntry,
    encodable,
    opening,
)
from briefing.models import PARAGRAPH_BREAK, UNDETERMINED, Article, Paragraph, Status
from briefing.text import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.edition import Brief, EditionInfo
    from briefing.models import (
        Account,
        Delivered,
        Difference,
        KeyPoint,
        Moment,
        Note,
        Placement,
        Quote,
        Ranked,
        Story,
    )

Value = TypeVar("Value")

SCORE_DIGITS = 6
MARKED: dict[Kind, Literal["opinion", "analysis", "live"]] = {
    Kind.OPINION: "opinion",
    Kind.ANALYSIS: "analysis",
    Kind.LIVE: "live",
}
"""Kinds of pages that are printed with their name."""


def head_entry(edition: EditionInfo) -> EditionInfo:
    """Return the head of the brief with its times in UTC."""
    return replace(
        edition,
        built_at=_utc(edition.built_at),
        cut_off=_utc(edition.cut_off),
        period_start=edition.period_start and _utc(edition.period_start),
        next_at=edition.next_at and _utc(edition.next_at),
    )


def key_point_entry(point: KeyPoint) -> KeyPointEntry:
    """Return a key point."""
    sentence = point.quote.sentence
    return KeyPointEntry(
        text=sentence.text,
        article=point.quote.article.id,
        start=sentence.start,
        end=sentence.end,
        section=point.section,
        language=sentence.language,
    )


def story_entry(placement: Placement, *, status: Status | None) -> StoryEntry:
    """Return a story as a section prints it, led by the account that leads it, or where that is not quoted by another.

    So the headline is that of an article whose sentences stand below it.
    """
    story, lead = placement.story, placement.led_by or placement.story.lead
    quoted = [quote.article.id for quote in placement.quotes]
    if quoted and lead.article.id not in quoted:
        lead = next(ranked for ranked in story.articles if ranked.article.id == quoted[0])
    return StoryEntry(
        id=story.id,
        headline=lead.article.title,
        language=lead.text.language,
        article=lead.article.id,
        also=tuple(ranked.article.id for ranked in story.articles if ranked is not lead),
        independent=story.independent,
        status=status,
        score=_score(placement.score),
        terms=tuple(replace(term, weight=_score(term.weight)) for term in placement.terms),
        sentences=tuple(_sentence_entry(quote) for quote in placement.quotes),
        copies=tuple(replace(copy, share=_score(copy.share)) for copy in story.copies),
        kind=MARKED.get(kind_of(lead.text).kind),
    )


def article_entry(ranked: Ranked, *, number: int, grade: str | None, unverified: bool = False) -> ArticleEntry:
    """Return an article as the source list prints it."""
    article, text = ranked.article, encodable(ranked.article.text)
    return ArticleEntry(
        id=article.id,
        origin=article.origin,
        title=article.title,
        outlet=article.outlet,
        url=article.url,
        published=moment(article.published),
        language=ranked.text.language,
        sha256=article.sha256,
        words=sum(len(sentence.words) for sentence in ranked.text.sentences),
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
        number=number,
        author=article.author,
        title_translation=article.title_translation,
        grade=grade,
        claimed=article.claimed,
        translation=article.translation,
        identity=article.identity,
        first_seen=article.first_seen,
        unverified=unverified,
        is_summary=article.is_summary,
    )


def difference_entry(difference: Difference) -> DifferenceEntry:
    """Return what independent accounts count differently."""
    return DifferenceEntry(
        counted=difference.counted,
        happening=difference.happening,
        names=difference.names,
        low=difference.low,
        high=difference.high,
        accounts=tuple(_account_entry(account) for account in difference.accounts),
    )


def note_entry(note: Note | None) -> tuple[NoteParagraph, ...] | None:
    """Return an editor's note: its paragraphs, and where in them which links stand."""
    if note is None:
        return None
    paragraphs = []
    for spans in note.paragraphs:
        ends = list(accumulate(len(span.text) for span in spans))
        links = tuple(
            NoteLink(start=end - len(span.text), end=end, href=span.href)
            for span, end in zip(spans, ends, strict=True)
            if span.href is not None
        )
        paragraphs.append(NoteParagraph(text="".join(span.text for span in spans), links=links))
    return tuple(paragraphs)


def without_surrogates(value: Value) -> Value:
    """Return a value of the schema with every text in it encodable; what is so already comes back as it is."""
    changed: object = value
    if isinstance(value, str):
        changed = encodable(value)
    elif isinstance(value, tuple):
        changed = tuple(map(without_surrogates, value))
    elif is_dataclass(value) and not isinstance(value, type):
        known = {field.name: getattr(value, field.name) for field in fields(value)}
        better = {name: without_surrogates(each) for name, each in known.items()}
        changed = replace(value, **better) if better != known else value
    return changed  # type: ignore[return-value]  # as narrow as it came


def _sentence_entry(quote: Quote) -> SentenceEntry:
    sentence = quote.sentence
    return SentenceEntry(
        text=sentence.text,
        article=quote.article.id,
        paragraph=sentence.paragraph,
        start=sentence.start,
        end=sentence.end,
        score=_score(quote.score),
        language=sentence.language,
    )


def _account_entry(account: Account) -> AccountEntry:
    return AccountEntry(
        article=account.article.id,
        text=account.figure.text,
        start=account.figure.start,
        end=account.figure.end,
        language=account.language,
        low=account.low,
        high=account.high,
        hedge=account.hedge,
        vague=account.vague,
        latest=account.latest,
        told_by=account.told_by,
        sentence=account.sentence,
        copies=tuple(article.id for article in account.copies),
    )


def moment(value: Moment | None) -> Moment | None:
    """Return a moment in UTC to the second; a plain day as it is."""
    return _utc(value) if isinstance(value, datetime) else value


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC).replace(microsecond=0)


def _score(value: float) -> float:
    return round(float(value), SCORE_DIGITS) + 0.0


# ── what changed since the last edition ───────────────────────────────────────────────────────────────────────────────


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
            story: tuple(change_entry(*pair, edition=edition_of[pair[0].article.id]) for pair in pairs)
            for story, pairs in changes.items()
        },
        still_open=tuple(entry for _, entry, members in ordered if members.isdisjoint(gone_on))[:MOST_OPEN],
    )


def change_entry(before: Account, after: Account, *, edition: str = "") -> ChangeEntry:
    """Return a figure that was brought up to date; without an edition both stand in articles of this one."""
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


def earlier_brief(brief: Brief, listing: Iterable[Mapping[str, object]] = ()) -> Earlier:
    """Return what a brief that was delivered had read; of a large day's, what the rows of its list say."""
    texts = frozenset(str(row["text_sha256"]) for row in listing)
    texts |= {_fingerprint(article.text) for article in brief.articles}
    return Earlier(edition=brief.edition.id, texts=texts)


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
        articles=brief.count,
        stories={
            name: family[0].whole.stories
            if family[0].whole
            else len({story.id for section in family for story in (*section.stories, *section.more)})
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
