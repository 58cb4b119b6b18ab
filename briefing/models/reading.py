"""Values of reading: what was found, what an article is, how its text is understood."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from itertools import accumulate

from briefing.models.pickling import quickly_pickled

UNDETERMINED = "und"
"""The language tag of a text whose language cannot be told (ISO 639-3)."""

NOT_COLLECTED = "collect"
"""The stage of what a source on the network did not give."""

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs in an article's text."""

Moment = datetime | date
"""When something was published: an aware datetime in UTC, or a plain date where only the day is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that was left out, or cut short: where it came from, at which stage, why, and what to do."""

    origin: str
    stage: str
    reason: str
    lost: bool = True
    """False where the article is printed all the same (its text was cut, its date unreadable…)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is known of a document that was collected beside what it says itself."""

    first_seen: datetime
    """Aware: when its entry was first seen at all."""
    first_pass: bool = False
    """Whether that was the first time that its source was asked: then it may be of any age."""
    url: str | None = None
    """The address that is printed."""
    title: str | None = None
    published: Moment | None = None
    outlet: str | None = None
    language: str | None = None
    """These as its source has them, for a document that does not say."""
    named_outlet: str | None = None
    """What the desk calls its outlet, whatever the document says."""
    changed_at: datetime | None = None
    """When its entry was first seen in this state, where it was seen in another one of the same kind before."""
    is_summary: bool = False
    """Whether these are the feed's words for an article whose page could not be had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes as a source found them, not interpreted."""

    origin: str
    """Where it was found, as people would name it: `seeds/2019-03-20-exodus.md`. Unique within a day."""
    media_type: str
    """What the source says it is (`text/markdown`), or `application/octet-stream`."""
    content: bytes
    source: str = ""
    """What config.yaml calls the source that it was found in; empty for what was found elsewhere."""
    charset: str | None = None
    """As HTTP declared it."""
    sighting: Sighting | None = None
    """None for what was found in a folder."""
    first: int = 1
    """The number of its first record, where it is a piece of a file of many."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal digits."""
        return sha256(self.content).hexdigest()


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    HEADING = "heading"
    """A heading inside the article: kept in its text, never a sentence."""
    STANDFIRST = "standfirst"
    """The editor's own summary under the title: kept, and its sentences count as sentences."""


@quickly_pickled
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
class Translation:
    """That an article is a translation, as its own document says."""

    original: str | None = None
    """The language that it was translated from, ISO 639; None where the document does not say."""
    machine: bool = False
    """Whether the document says that a machine made it."""


@quickly_pickled
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
    modified: Moment | None = None
    """When its page says that it was last changed."""
    marking: str | None = None
    """The TLP label that it names for itself."""
    embargo: Moment | None = None
    """Until when it may not be published."""
    language: str | None = None
    """As the document declares it; what the text itself says stands in `Text.language`."""
    sha256: str
    """Of the document's bytes."""
    source: str = ""
    """As its document has it."""
    first_seen: datetime | None = None
    """When it was first seen, where it was collected."""
    first_pass: bool = False
    changed_at: datetime | None = None
    is_summary: bool = False
    """These as its document's sighting has them."""
    translation: Translation | None = None
    """None where the document does not say that it is one."""
    sender: str = ""
    """Of a mail, its list's List-Id, or else the domain that it came from, in small letters."""
    claimed: str | None = None
    """The outlet that it calls itself, where it may not bear that name: `outlet` is its host then."""
    identity: str = ""
    """SHA-256 of its title and text as they were found, by which later editions know that it was read."""

    @property
    def text(self) -> str:
        """The paragraphs joined by empty lines; the offsets of sentences count in it."""
        return PARAGRAPH_BREAK.join(paragraph.text for paragraph in self.paragraphs)

    @property
    def paragraph_starts(self) -> tuple[int, ...]:
        """The offset in `text` at which each paragraph starts."""
        lengths = (len(paragraph.text) + len(PARAGRAPH_BREAK) for paragraph in self.paragraphs)
        return tuple(accumulate(lengths, initial=0))[: len(self.paragraphs)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A sentence that a delivered edition quoted."""

    edition: str
    url: str
    """Of its article."""
    text: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What the editions that were delivered before a scheduled one had read."""

    editions: tuple[str, ...] = ()
    """Their ids, oldest first."""
    read: frozenset[str] = frozenset()
    """Ids and identities of the articles that they read."""
    since: datetime | None = None
    """The newest one's cut-off; None for the first edition."""
    own: frozenset[str] | None = None
    """Of what the edition itself took, where it was made before and is made again."""
    recent: tuple[tuple[str, Article], ...] = ()
    """What the newest of them printed, in that order, the newest first: the edition's id, and the article."""
    quoted: tuple[Quoted, ...] = ()
    """The sentences that these quoted of articles with an address, the newest first."""


class Quotability(StrEnum):
    """Whether a sentence can be read without the ones around it."""

    ALONE = "alone"
    NEEDS_PREVIOUS = "needs-previous"
    """It opens with a pronoun or connective that points back ("He added", "However", "Celui-ci")."""
    FRAGMENT = "fragment"
    """No whole sentence: a cut line, a heading-like scrap, no verb in sight."""
    QUOTATION = "quotation"
    """It is mostly somebody's words without saying whose, and the sentence before names nobody."""
    UNBALANCED = "unbalanced"
    """A quotation opens or closes outside it, so that it cannot be printed by itself."""
    QUESTION = "question"
    """It asks, and tells nothing."""
    SHOWING = "showing"
    """It belongs to a picture, a film or a post that is not printed with it."""
    HEADLINE = "headline"
    """It says the article's title once more."""
    CHRONICLE = "chronicle"
    """It is an entry of a chronology: a date of years ago opens it as a label."""
    NOTE = "note"
    """It is a note under a text or a table."""


@quickly_pickled
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
    quotability: Quotability = Quotability.ALONE
    stamp: int = 0
    """Characters at its beginning that are no words of it: a date, an hour, a tag, a caption, a headline."""

    def unstamped(self) -> Sentence:
        """Return the sentence as it is printed, where its own words stand."""
        return replace(self, text=self.text[self.stamp :], start=self.start + self.stamp, stamp=0)


@quickly_pickled
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


@quickly_pickled
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
