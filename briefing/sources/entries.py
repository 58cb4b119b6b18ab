"""What every kind of source deals in: what it is asked with, what it answers.

A kind is one function of this shape and one row in `SOURCES`:

    def collect_mailbox(source: MailboxSource, reach: Reach) -> Collected

It asks its source once, within `reach.deadline`, and returns the entries that the source holds now. It keeps nothing
itself: what was new, what changed, when it is asked again and how that is told is the business of the pass and the
store. What it wants to know the next time it returns as `memory`. It raises SourceError, with the reason in words for
people, where the source cannot be reached or read as a whole; a single entry that cannot be read is named in `remarks`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import socket
    from datetime import datetime
    from pathlib import Path

    from briefing.extract import Extraction
    from briefing.models import Document, Moment
    from briefing.sources.gate import Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article, message or record as a source holds it."""

    key: str
    """What it is known by as long as the source holds it, unique in its source: a guid, a Message-ID, an address."""
    content: bytes
    """The document to be read: a page, a message, or a JSON object as `record` makes it; never more than 10 MB."""
    media_type: str
    charset: str | None = None
    """As HTTP declared it; None where it did not, and for what declares its own."""
    url: str | None = None
    """The address that the brief prints; None where there is none that is the same for everybody."""
    title: str | None = None
    published: Moment | None = None
    """An aware datetime, a date where only the day is known, None where the source does not say."""
    outlet: str | None = None
    language: str | None = None
    text: str = ""
    """Its words, by which a change is told from a change of markup alone; by default the content without its markup."""
    fingerprint: str | None = None
    """Of a page that was fetched: `gate.fingerprint`."""
    mark: str = ""
    """What changes when its source changes it; by default the SHA-256 of its content."""
    note: str | None = None
    """What is told beside it: "from the feed's summary: the page is a wall"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What a source held when it was asked."""

    entries: tuple[Entry, ...] = ()
    """In the source's order; those that were known before may be left out."""
    memory: Mapping[str, str] = field(default_factory=dict)
    """What the kind is given back the next time: `{"uidvalidity": "7", "uid": "312"}`."""
    passed_over: tuple[str, ...] = ()
    """Keys of entries that are there and not taken, such as what a page had linked before it was first asked."""
    remarks: tuple[str, ...] = ()
    """What `briefing sources` says beside it: "2 messages wait for you: confirm the subscription"."""
    unchanged: bool = False
    """It answered that nothing has changed (304): then `entries` is empty and means nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered to a request, or why there is no answer."""

    asked: str
    url: str
    """The address that answered, after redirects."""
    status: int = 0
    """0 where nobody answered."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By small letters; cookies are not among them."""
    content: bytes = b""
    """Decoded."""
    reason: str | None = None
    """Why there is no answer, or none that is taken, in words: "no connection: timed out after 5 s"."""
    hops: tuple[int, ...] = ()
    """The status of each redirect on the way."""
    seconds: float = 0.0
    ours: bool = False
    """The failure is of this machine's network as far as can be told: no name, no route."""

    @property
    def media_type(self) -> str:
        """The type of the content without parameters, in small letters; empty where it is not declared."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The character set that the type declares."""
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'").lower() or None
        return None


Purpose = Literal["feed", "front", "page"]
"""A feed (10 MB, 30 s, validators), a page that lists articles (5 MB, 20 s, validators, robots.txt), an article's page
(the same without validators: it is asked for once)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a kind may touch, and what is known of its source."""

    now: datetime
    deadline: float
    """By `monotonic`: when the pass ends, whatever has not answered."""
    monotonic: Callable[[], float]
    home: Path
    """The folder of config.yaml: relative paths start there."""
    memory: Mapping[str, str]
    """What the kind returned the last time; empty at first."""
    is_first: bool
    """Whether the source was never collected before: then what it holds may be of any age."""
    since: datetime
    """What is dated before this is not printed, and no page is fetched for it."""
    mark_of: Callable[[str], str | None]
    """The mark of the newest state of the entry with this key; None for one that was never seen in this source."""
    get: Callable[[str, Purpose], Answer]
    """Ask for an address over HTTP within manners, guards and bounds. Never raises; `Answer.reason` says what failed,
    and the status 304 that nothing has changed."""
    read: Callable[[Document], Extraction]
    """What `extract` makes of a document, in a process that may die."""
    pages_of: Callable[[str], tuple[Seen, ...]]
    """The pages of the last 30 days with a `gate.fingerprint`."""
    connect: Callable[[str, int], socket.socket]
    """Open a TCP connection to a host and port after every address was checked; raises SourceError. It is shut down at
    the deadline, so that no read outlasts it."""


Collector = Callable[[Any, Reach], Collected]
"""The first parameter is the settings of the kind: `FeedSource`, `MailboxSource`, …"""
