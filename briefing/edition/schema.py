"""brief.json: its shape, declared once; what compose makes, and what every renderer, check and message takes.

A key is a field, in the order of the file. Within version 1 keys are added, none is renamed or removed: a new one has a
default, so that editions from before it can still be read, and keys that a later release adds are passed over.
Offsets count in the `text` of an article: `text[start:end]` is the quotation.
"""

from __future__ import annotations

import datetime as dt  # a field is called `date`
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from briefing.models import (
    UNDETERMINED,
    Copy,
    Correction,
    Coverage,
    DecidingTerm,
    Passage,
    Problem,
    Status,
    Translation,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from briefing.config import BriefSettings

Entry = TypeVar("Entry", "EditionInfo", "Section")

VERSION = 1
ALSO_TODAY = "also-today"
"""The id of what fits no section, where it is counted or shown as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionInfo:
    """The head of the brief."""

    id: str
    """The name of its folder: `2019-03-21`."""
    title: str
    date: dt.date
    timezone: str
    """IANA name."""
    marking: str | None
    built_at: dt.datetime
    cut_off: dt.datetime
    language: str
    """Of the brief's own words."""
    handling: str | None = None
    period_start: dt.datetime | None = None
    """None where no period is set: everything that the sources hold is taken."""
    next_at: dt.datetime | None = None
    number: int | None = None
    """The issue number, where editions are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPointEntry:
    """A sentence that carries the day."""

    text: str
    article: str
    start: int
    end: int
    section: str | None
    """The id of the section that it comes from; None for what fits none."""
    language: str = UNDETERMINED


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLink:
    """A link in an editor's note; the address is http, https or mailto."""

    start: int
    end: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteParagraph:
    """A paragraph of an editor's note, in the desk's own words; the offsets of links count in it."""

    text: str
    links: tuple[NoteLink, ...]

    @property
    def spans(self) -> tuple[tuple[str, str | None], ...]:
        """The text in pieces, each with the address that it leads to, cut where links begin and end."""
        pieces: list[tuple[str, str | None]] = []
        done = 0
        for link in self.links:
            pieces += [(self.text[done : link.start], None), (self.text[link.start : link.end], link.href)]
            done = link.end
        pieces.append((self.text[done:], None))
        return tuple(piece for piece in pieces if piece[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceEntry:
    """A quotation under a headline."""

    text: str
    article: str
    paragraph: int
    start: int
    end: int
    score: float
    language: str = UNDETERMINED


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStory:
    """A story as an earlier edition had it: its headline alone."""

    edition: str
    headline: str
    language: str
    outlet: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """A figure that a story brings up to date, both in their articles' own words."""

    edition: str
    """That gave the one before; empty where the same outlet gave it in an earlier article of this edition."""
    before: Passage
    """Offsets count in the text of the article that it names, of that edition."""
    before_sentence: Passage
    before_article: str
    article: str
    after: Passage
    after_sentence: Passage
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """A story as a section prints it."""

    id: str
    headline: str | None
    language: str
    article: str
    """The id of the leading article; where that is not quoted, of the first that is."""
    also: tuple[str, ...]
    independent: int
    status: Status | None
    """None where there is no earlier brief to compare with."""
    score: float
    terms: tuple[DecidingTerm, ...]
    sentences: tuple[SentenceEntry, ...]
    copies: tuple[Copy, ...] = ()
    earlier: PastStory | None = None
    """What it goes on from, in an edition delivered before."""
    changes: tuple[ChangeEntry, ...] = ()
    kind: Literal["opinion", "analysis", "live"] | None = None
    """What its leading article is where that is no plain news; None, which brief.json leaves out, where it is."""
    untold: int = 0
    """Of a large day, accounts that are not among `also`."""
    untold_copies: int = 0
    """Of a large day, those not among them that have the text of the article that leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSection:
    """What a section of a large day counts, of which brief.json has the beginning."""

    stories: int
    articles: int
    """These with the sections under it."""
    untold: int
    """Its own stories that are not even printed by headline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section: its stories in order, then those for which there was no room."""

    id: str
    title: str
    stories: tuple[StoryEntry, ...]
    more: tuple[StoryEntry, ...] = ()
    """Over the section's budget: printed by headline only."""
    parent: str | None = None
    """The id of the section that it stands under."""
    when_empty: str | None = None
    """What is printed, in the desk's own words, where there is no story."""
    note: tuple[NoteParagraph, ...] | None = None
    """The editor's, for this section."""
    whole: WholeSection | None = None
    """Of a large day, what it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleEntry:
    """An article of the day, whole, as the source list prints it."""

    id: str
    origin: str
    title: str | None
    outlet: str | None
    url: str | None
    published: dt.datetime | dt.date | None
    language: str
    sha256: str
    """Of the document's bytes."""
    words: int
    text: str
    text_sha256: str = ""
    number: int = 0
    """The citation number; 1 is the first article quoted in the brief."""
    author: str | None = None
    title_translation: str | None = None
    grade: str | None = None
    """The outlet's grade, as config.yaml gives it."""
    claimed: str | None = None
    """The outlet that it calls itself, where it may not bear that name; `outlet` is its host then."""
    translation: Translation | None = None
    identity: str = ""
    """SHA-256 of title and text as they were found, by which later editions know that it was read."""
    first_seen: dt.datetime | None = None
    """When it was first seen, where it was collected; printed where it is not dated."""
    unverified: bool = False
    """Whether it was collected over a connection whose certificate was not checked."""
    is_summary: bool = False
    """Whether its text is the feed's own, since its page could not be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletCount:
    """How many articles of an outlet a large day's brief neither quotes nor names."""

    outlet: str | None
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeDay:
    """What a large day counts, whose brief holds only what it quotes or names."""

    articles: int
    stories: int
    new: int | None
    """Stories that no earlier brief had; None where there is none to compare with."""
    outlets: int
    languages: dict[str, int]
    """Articles by language."""
    published: tuple[dt.datetime | dt.date, ...]
    """The first and the last moments and days on which articles are dated."""
    rest: WholeSection
    """What fits no section."""
    unlisted: tuple[OutletCount, ...]
    """Articles that the brief neither quotes nor names, by outlet, most first."""
    sha256: str
    """Of the lines of articles.jsonl.gz, unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEdition:
    """How much an earlier edition had."""

    id: str
    date: dt.date
    articles: int
    stories: dict[str, int]
    """How many stories each section had, with those under it, by its id; `ALSO_TODAY` had those that fitted none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Whom config.yaml names and who brought no article."""

    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountEntry:
    """A figure as one article gives it: the amount with what is counted, in the article's own words."""

    article: str
    text: str
    start: int
    end: int
    language: str
    low: int | float
    high: int | float
    hedge: str
    vague: bool
    latest: bool
    told_by: Passage | None
    """Who gave it; None where the sentence does not say."""
    sentence: Passage
    """The whole sentence that it stands in."""
    copies: tuple[str, ...]
    """The articles that repeat it as copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceEntry:
    """What independent accounts count differently, from the lowest to the highest."""

    counted: str
    """The class of what is counted: `people`, `fighters`, …"""
    happening: str
    """The class of what happened to it: `killed`, `arrived`, …"""
    names: tuple[str, ...]
    low: int | float
    high: int | float
    accounts: tuple[AccountEntry, ...]
    untold: int = 0
    """Of a large day, accounts between these that are only counted."""


@dataclass(frozen=True, kw_only=True)
class Brief:
    """The whole brief: every file of an edition is made from it and from nothing else. It keeps `by_id`: no slots."""

    version: int = VERSION
    edition: EditionInfo
    key_points: tuple[KeyPointEntry, ...]
    sections: tuple[Section, ...]
    """In the order of printing: each one's subsections follow it."""
    also_today: tuple[StoryEntry, ...] = ()
    """What fits no section."""
    also_today_more: tuple[StoryEntry, ...] = ()
    """The same, by headline only."""
    articles: tuple[ArticleEntry, ...]
    """Every article that was read, those quoted first, in order of their citation numbers; of a large day those that
    are quoted or named."""
    left_out: tuple[Problem, ...]
    note: tuple[NoteParagraph, ...] | None = None
    """The editor's, for the whole brief."""
    history: tuple[PastEdition, ...] = ()
    """The editions before this one, oldest first."""
    silent: Silence = Silence()
    figures: tuple[DifferenceEntry, ...] = ()
    """What independent articles count differently, most accounts first."""
    still_open: tuple[PastStory, ...] = ()
    """What was delivered lately and of which a scheduled edition has nothing new."""
    follows: tuple[str, ...] | None = None
    """Of a scheduled edition, those delivered before it, whose articles it leaves out; None where it was not asked."""
    coverage: Coverage | None = None
    corrections: tuple[Correction, ...] = ()
    passed: tuple[str, ...] = ()
    """Identities of what a scheduled edition left out as too old or out of scope; later ones do not name it again."""
    day: WholeDay | None = None
    """What a large day counts; None where `articles` are all."""
    listing: bytes = field(default=b"", repr=False, compare=False)
    """A large day's articles.jsonl.gz, which is no part of brief.json."""

    @property
    def count(self) -> int:
        """How many articles were read."""
        return self.day.articles if self.day else len(self.articles)

    @cached_property
    def by_id(self) -> Mapping[str, ArticleEntry]:
        """The articles by their ids."""
        return {article.id: article for article in self.articles}

    @property
    def rest(self) -> Section:
        """What fits no section, as a section."""
        whole = self.day.rest if self.day else None
        return Section(id=ALSO_TODAY, title="", stories=self.also_today, more=self.also_today_more, whole=whole)

    @property
    def parts(self) -> tuple[Section, ...]:
        """The sections, and what fits none of them."""
        return (*self.sections, self.rest)

    @property
    def quotations(self) -> Iterator[KeyPointEntry | SentenceEntry]:
        """Every quotation: the key points, then those of the stories in the order of printing."""
        yield from self.key_points
        yield from (quoted for part in self.parts for story in part.stories for quoted in story.sentences)

    @property
    def accounts(self) -> Iterator[AccountEntry]:
        """Every account of a figure that others give differently."""
        return (account for difference in self.figures for account in difference.accounts)

    def family_of(self, section: Section) -> tuple[Section, ...]:
        """Return a section and those under it."""
        return (section, *(other for other in self.sections if other.parent == section.id))

    def is_silent(self, section: Section) -> bool:
        """Tell whether neither a section nor any under it has a story."""
        return not any(one.stories or one.more for one in self.family_of(section))


def from_settings(kind: type[Entry], settings: object, **found: Any) -> Entry:  # noqa: ANN401 - fields of `kind`
    """Return an entry of what was found; each other field is the setting of the same name, where there is one.

    So a setting that is printed has its line in the config's schema and in this one, and none in between.
    """
    names = (one.name for one in fields(kind) if one.name not in found and hasattr(settings, one.name))
    named: dict[str, Any] = {name: getattr(settings, name) for name in names}
    return kind(**named, **found)


def plan_edition(
    settings: BriefSettings,
    *,
    day: dt.date,
    built_at: dt.datetime,
    cut_off: dt.datetime,
    next_at: dt.datetime | None = None,
) -> EditionInfo:
    """Return the head of the edition of a day; `built_at`, `cut_off` and `next_at` are aware."""
    hours = settings.period_hours
    return from_settings(
        EditionInfo,
        settings,
        id=day.isoformat(),
        date=day,
        built_at=built_at.astimezone(dt.UTC),
        cut_off=cut_off.astimezone(dt.UTC),
        period_start=None if hours is None else cut_off.astimezone(dt.UTC) - dt.timedelta(hours=hours),
        next_at=None if next_at is None else next_at.astimezone(dt.UTC),
        number=None,
    )


def cut_off_of(day: dt.date, *, at: str | None, zone: ZoneInfo) -> dt.datetime:
    """Return until when a day's brief reads: its hour `HH:MM` in the zone, or the end of the day where it has none."""
    if at is None:
        return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    return dt.datetime.combine(day, dt.time.fromisoformat(at), zone)
