"""The values that flow through the program, in order of appearance.

Document → Article → Text → Ranked → Story → Placement → Section, Brief → Edition → Receipt, with Problem beside
them. Each stage returns a new value that contains the one before; a field is never filled in later, so `None` means
"the world did not say", never "not yet".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import accumulate

UNDETERMINED = "und"
"""The language tag of a text whose language cannot be told (ISO 639-3)."""

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs in an article's text."""

Moment = datetime | date
"""When something was published: an aware datetime in UTC, or a plain date where only the day is known."""


# ── what went wrong ──────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that was left out, or cut short: where it came from, at which stage, why, and what to do."""

    origin: str
    stage: str
    reason: str
    lost: bool = True
    """False where the article is printed all the same (its text was cut, its date unreadable…)."""


# ── as found ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes as a source found them, not interpreted."""

    origin: str
    """Where it was found, as people would name it: `seeds/2019-03-20-exodus.md`. Unique within a day."""
    media_type: str
    """What the source says it is (`text/markdown`), or `application/octet-stream`."""
    content: bytes


# ── as read ──────────────────────────────────────────────────────────────────────────────────────────────────────


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    HEADING = "heading"
    """A heading inside the article: kept in its text, never a sentence."""
    STANDFIRST = "standfirst"
    """The editor's own summary under the title: kept, and its sentences count as sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One clean paragraph: a single line without markup."""

    text: str
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A line that is not the article's own words, and the rule that took it out."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article in its own words, whole and nothing else."""

    id: str
    """Twelve hexadecimal digits, the same from run to run, unique within a day."""
    origin: str
    """The document's origin, with `#entry` behind it where one document holds many articles."""
    title: str | None
    title_translation: str | None = None
    """The title once more in another language, as some pages print it on a second line."""
    paragraphs: tuple[Paragraph, ...]
    removed: tuple[Removal, ...] = ()
    outlet: str | None = None
    url: str | None = None
    """Absolute, http or https."""
    author: str | None = None
    published: Moment | None = None
    language: str | None = None
    """As the document declares it; what the text itself says stands in `Text.language`."""
    sha256: str
    """Of the document's bytes."""

    @property
    def text(self) -> str:
        """The paragraphs joined by empty lines; the offsets of sentences count in it."""
        return PARAGRAPH_BREAK.join(paragraph.text for paragraph in self.paragraphs)

    @property
    def paragraph_starts(self) -> tuple[int, ...]:
        """The offset in `text` at which each paragraph starts."""
        lengths = (len(paragraph.text) + len(PARAGRAPH_BREAK) for paragraph in self.paragraphs)
        return tuple(accumulate(lengths, initial=0))[: len(self.paragraphs)]


# ── as understood ────────────────────────────────────────────────────────────────────────────────────────────────


class Standing(StrEnum):
    """Whether a sentence can be read without the ones around it."""

    ALONE = "alone"
    NEEDS_PREVIOUS = "needs-previous"
    """It opens with a pronoun or connective that points back ("He added", "However", "Celui-ci")."""
    FRAGMENT = "fragment"
    """No whole sentence: a cut line, a heading-like scrap, no verb in sight."""
    QUOTATION = "quotation"
    """It is mostly somebody's words without saying whose."""
    UNBALANCED = "unbalanced"
    """A quotation opens or closes outside it, so that it cannot be printed by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence where it stands: `article.text[start:end] == text`, always."""

    text: str
    paragraph: int
    """Index into `article.paragraphs`."""
    start: int
    end: int
    language: str
    """The paragraph's language, or `und`."""
    words: tuple[str, ...]
    """Lower-cased, in order, without punctuation."""
    stems: tuple[str, ...]
    """One for each word."""
    standing: Standing = Standing.ALONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article with its language and its sentences; the title is analysed like a sentence."""

    article: Article
    language: str
    """ISO 639-1, or `und`."""
    sentences: tuple[Sentence, ...]
    """In the order of the text; at most as many as are ranked."""
    title_words: tuple[str, ...] = ()
    title_stems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A text with a score for each of its sentences, in the same order; higher is better, 0 to 1."""

    text: Text
    scores: tuple[float, ...]
    parts: tuple[tuple[str, tuple[float, ...]], ...] = ()
    """What the scores are made of: (name, one value for each sentence)."""

    @property
    def article(self) -> Article:
        """The article behind the text."""
        return self.text.article


# ── as grouped ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that repeats another: `share` of its four-word shingles stand in `of`, 0 to 1."""

    article: str
    of: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, as told by one article or several."""

    id: str
    lead: Ranked
    others: tuple[Ranked, ...] = ()
    copies: tuple[Copy, ...] = ()
    independent: int = 1
    """How many of the articles are nobody's copy."""

    @property
    def articles(self) -> tuple[Ranked, ...]:
        """The lead first, then the others."""
        return (self.lead, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence that is printed, with the article that it stands in."""

    article: Article
    sentence: Sentence
    score: float
    """What it was chosen by: its rank joined with its relevance to the section, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidingTerm:
    """A term of a section that was found, how often, and what it added to the score."""

    term: str
    count: int
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """A story in a section: why it is there, and the sentences chosen for this section."""

    story: Story
    section: str
    score: float
    terms: tuple[DecidingTerm, ...]
    quotes: tuple[Quote, ...]
    """In the order of the text, the lead article's first."""


# ── as printed ───────────────────────────────────────────────────────────────────────────────────────────────────


class Status(StrEnum):
    """A story against the last brief delivered."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """A story as a section prints it."""

    id: str
    headline: str | None
    language: str
    lead: Article
    also: tuple[Article, ...]
    copies: tuple[Copy, ...]
    independent: int
    status: Status | None
    """None where there is no earlier brief to compare with."""
    score: float
    terms: tuple[DecidingTerm, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the brief: its stories in order, then those for which there was no room."""

    id: str
    title: str
    stories: tuple[StoryEntry, ...]
    more: tuple[StoryEntry, ...] = ()
    """Over the section's budget: printed by headline only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """A sentence that carries the day, and the section that it comes from (None: "also today")."""

    quote: Quote
    section: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article of the day as the source list prints it."""

    number: int
    """The citation number; 1 is the first article quoted in the brief."""
    article: Article
    language: str
    words: int
    grade: str | None = None
    """The outlet's grade, as config.yaml gives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionInfo:
    """What stands in the head of the brief."""

    id: str
    """The name of its folder: `2019-03-21`."""
    title: str
    date: date
    timezone: str
    """IANA name."""
    language: str
    """Of the brief's own words."""
    marking: str | None
    handling: str | None
    built_at: datetime
    cut_off: datetime
    period_start: datetime | None
    """None where no period is set: everything that the sources hold is taken."""
    next_at: datetime | None
    number: int | None
    """The issue number, where editions are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The whole brief as a value: every edition file is made from it and from nothing else."""

    edition: EditionInfo
    key_points: tuple[KeyPoint, ...]
    sections: tuple[Section, ...]
    also_today: Section
    sources: tuple[Source, ...]
    """Every article that was read, those quoted first, in order of their citation numbers."""
    left_out: tuple[Problem, ...]


# ── as delivered ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A brief and its files."""

    brief: Brief
    files: tuple[tuple[str, bytes], ...]
    """(name, bytes): `brief.pdf`, `brief.html`, …"""
    problems: tuple[Problem, ...] = ()
    """What setting it in type found: a character without a font, a logo that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that an edition was handed over, or the reason why not."""

    channel: str
    recipient: str
    at: datetime
    state: str
    detail: str = ""
