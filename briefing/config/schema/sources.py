"""Sources in config.yaml: where articles come from, how often the network is asked, where what it said is kept."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    WithJsonSchema,
)

from briefing.config.messages import quoted
from briefing.config.schema.values import (
    FORMS,
    Address,
    Language,
    SecretReference,
    Settings,
    form,
    kind_of,
    one_of,
    wrong,
)

_DURATION = r"^[0-9]{1,4}[smhd]$"
FORMS[_DURATION] = "a time such as 90s, 15m, 24h or 7d"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_PLACE = r"([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
"""Host and port: letters, digits and hyphens, and never a name or a password before them."""
_ADDRESS = rf"^https?://{_PLACE}([/?][^\s\\#]*)?$"
_PROXY = rf"^https?://{_PLACE}/?$"
_MAILBOX = rf"^imaps?://{_PLACE}(/[^\s\\]*)?$"


def _span(value: object) -> timedelta:
    """Return what `15m` stands for."""
    if isinstance(value, timedelta):
        return value
    if not (isinstance(value, str) and re.fullmatch(_DURATION, value)):
        raise wrong(f"must be {FORMS[_DURATION]}")
    return timedelta(**{_UNITS[value[-1]]: int(value[:-1])})


def _between(least: timedelta, most: timedelta) -> AfterValidator:
    def check(found: timedelta) -> timedelta:
        """Return a span of time between two others."""
        if not least <= found <= most:
            raise wrong(f"must be {written(least)} to {written(most)}, not {written(found)}")
        return found

    return AfterValidator(check)


def written(span: timedelta) -> str:
    """Return a span of time as config.yaml has it, in the greatest unit that is whole: 90s, 60m, 24h."""
    seconds = int(span.total_seconds())
    unit, size = next(
        ((u, s) for u, s in (("d", 86_400), ("h", 3_600), ("m", 60)) if seconds and seconds % s == 0), ("s", 1)
    )
    return f"{seconds // size}{unit}"


def _pattern_of_links(text: str) -> str:
    """Return a regular expression that RE2 takes."""
    import re2

    try:
        re2.compile(text)
    except re2.error as error:
        raise wrong(f"{quoted(text)} is no regular expression of RE2: {error}") from error
    return text


Duration = Annotated[
    timedelta,
    PlainValidator(_span),
    PlainSerializer(written),
    WithJsonSchema({"type": "string", "pattern": _DURATION}),
]
"""A span of time: `90s`, `15m`, `24h`, `7d`."""
WebPlace = Annotated[
    str,
    form(_ADDRESS, "a web address such as https://news.example/rss, without a name or a password in it", longest=2_000),
]
Agent = Annotated[str, form(r"^[\x20-\x7e]{1,200}$", "plain ASCII text")]
Proxy = Annotated[str, form(_PROXY, "a proxy such as http://proxy.example:3128")]
Mailbox = Annotated[str, form(_MAILBOX, "a mailbox such as imaps://mail.example.org/Newsletters", longest=2_000)]
_HEADER = r"^[A-Za-z][A-Za-z0-9-]{0,60}$"
HeaderName = Annotated[str, form(_HEADER, "the name of a header such as Authorization")]


class _Source(Settings):
    """What every source may say of itself."""

    kind: ClassVar[str]
    name: str | None = Field(default=None, min_length=1, max_length=80)
    """The name that sections use under `sources`; by default its address as written here."""

    @property
    def address(self) -> str:
        """Where it is, as it is written in config.yaml."""
        return str(getattr(self, self.kind))

    @property
    def label(self) -> str:
        """What sections, and the brief, call it."""
        return self.name or self.address


class FolderSource(_Source):
    """A folder of articles, including its subfolders."""

    kind: ClassVar[str] = "folder"
    folder: str = Field(min_length=1)
    """The folder; a relative path starts from the folder of config.yaml."""


class _Collected(_Source):
    """What a source that `briefing collect` asks may say of itself."""

    outlet: str | None = Field(default=None, min_length=1, max_length=80)
    """The outlet of its articles, in place of what they say."""
    grade: Annotated[str, Field(min_length=1, max_length=4)] | None = None
    """How far you trust `outlet`, as `grade` under `outlets`."""
    language: Language | None = None
    """The language of its articles, where they do not say."""


class _Web(_Collected):
    """What a source that is asked over HTTP may say of itself."""

    headers: dict[HeaderName, SecretReference] = Field(default_factory=dict)
    """Headers to send to its own host, such as `Authorization`, each as `${NAME}`; they are never kept nor printed."""
    agent: Agent | None = None
    """What the program calls itself here; by default `collect.agent`."""
    proxy: Proxy | None = None
    """The proxy to ask through; by default what HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment say."""
    ca_file: str | None = Field(default=None, min_length=1)
    """A file of certificates to trust instead of the system's."""
    tls: Literal["verified", "unverified"] = "verified"
    """`unverified` takes any certificate of the source's own domain; the brief says so beside the outlet."""
    allow_private: bool = False
    """Whether it may lie in your own network: by default private, loopback and link-local addresses are refused."""


class FeedSource(_Web):
    """A feed: RSS, RDF, Atom or JSON Feed."""

    kind: ClassVar[str] = "feed"
    feed: WebPlace
    """The feed's address; `briefing add URL` finds it from a page's."""
    text: Literal["auto", "feed", "page"] = "auto"
    """Where the text is from: the feed; the page of each entry; or the page where the feed has a teaser only."""
    robots: Literal["obey", "ignore"] = "obey"
    """Whether robots.txt is obeyed for the pages of entries; the feed itself was named by you."""


class PageSource(_Web):
    """A section front: a page that lists articles, of which those linked since the last time are taken."""

    kind: ClassVar[str] = "page"
    page: WebPlace
    """The page's address."""
    links: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_pattern_of_links)] | None = None
    """A regular expression (RE2) that the path of an article matches; by default links are told by their shape."""
    robots: Literal["obey", "ignore"] = "obey"
    """Whether robots.txt is obeyed."""


class SitemapSource(_Web):
    """A news sitemap, or an index of sitemaps."""

    kind: ClassVar[str] = "sitemap"
    sitemap: WebPlace
    """The sitemap's address."""
    robots: Literal["obey", "ignore"] = "obey"
    """Whether robots.txt is obeyed."""


class MailFilter(Settings):
    """Which messages of a mailbox are taken: those that match all that is said here."""

    list_id: str | None = Field(default=None, min_length=1, max_length=200)
    """The List-Id of a newsletter: `<daily.news.example>`, or `daily.news.example`."""
    to: Address | None = None
    """The address that it was sent to: an alias for each newsletter survives a change of its sender."""


class MailboxSource(_Collected):
    """A folder of a mail server, by IMAP; it is only read, and no message is marked."""

    kind: ClassVar[str] = "mailbox"
    mailbox: Mailbox
    """The folder: `imaps://mail.example.org/Newsletters`; `imap://` for a server on this machine."""
    user: str = Field(min_length=1, max_length=320)
    """The name to log in with."""
    password: SecretReference
    """The password, as `${NAME}` of an environment variable."""
    only: MailFilter = Field(default_factory=MailFilter)
    """Which messages are taken; by default all."""
    ca_file: str | None = Field(default=None, min_length=1)
    """A file of certificates to trust instead of the system's."""
    allow_private: bool = False
    """Whether the server may lie in your own network."""


class MaildirSource(_Collected):
    """A Maildir on this machine; it is only read."""

    kind: ClassVar[str] = "maildir"
    maildir: str = Field(min_length=1)
    """The folder that has `new` and `cur` in it; a relative path starts from the folder of config.yaml."""
    only: MailFilter = Field(default_factory=MailFilter)
    """Which messages are taken; by default all."""


class CommandSource(_Collected):
    """A program that prints a feed, a JSON Feed or JSON Lines; it has 60 seconds and is run without a shell."""

    kind: ClassVar[str] = "command"
    command: list[Annotated[str, Field(min_length=1)]] = Field(min_length=1)
    """The program and its arguments; a relative path starts from the folder of config.yaml."""

    @property
    def address(self) -> str:
        """The command's words."""
        return " ".join(self.command)


KINDS = ("folder", "feed", "page", "sitemap", "mailbox", "maildir", "command")
Source = Annotated[
    Annotated[FolderSource, Tag("<folder>")]
    | Annotated[FeedSource, Tag("<feed>")]
    | Annotated[PageSource, Tag("<page>")]
    | Annotated[SitemapSource, Tag("<sitemap>")]
    | Annotated[MailboxSource, Tag("<mailbox>")]
    | Annotated[MaildirSource, Tag("<maildir>")]
    | Annotated[CommandSource, Tag("<command>")],
    Discriminator(kind_of(*KINDS)),
    BeforeValidator(one_of("source", *KINDS)),
]
"""Where articles come from: a block whose key names the kind."""
CollectedSource = FeedSource | PageSource | SitemapSource | MailboxSource | MaildirSource | CommandSource
"""The sources that `briefing collect` asks."""
WebSource = FeedSource | PageSource | SitemapSource


class Collect(Settings):
    """How the sources that are not folders are asked."""

    every: Annotated[Duration, _between(timedelta(minutes=15), timedelta(days=1))] = timedelta(hours=1)
    """How often each is asked; one that asks for longer pauses gets them."""
    before: Annotated[Duration, _between(timedelta(0), timedelta(hours=6))] = timedelta(minutes=10)
    """How long before a slot of the schedule the last pass begins."""
    budget: Annotated[Duration, _between(timedelta(seconds=5), timedelta(hours=1))] = timedelta(minutes=5)
    """How long a pass may take, whatever has not answered by then."""
    agent: Agent | None = None
    """What the program calls itself; by default its name and version, and `archive.url` where that is set."""
    keep_days: int = Field(default=90, ge=1, le=36_600)
    """How many days what was collected is kept, and for how long an edition can be made again."""
    on_incomplete: Literal["wait", "send", "hold"] = "wait"
    """Where fewer than half of the sources answered: ask again for up to 15 minutes, send at once, or send nothing."""
