"""Delivery in config.yaml: when the brief is due, who gets it and how, who hears of a failure."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Discriminator, Field, Tag

from briefing.config.schema.values import (
    EACH_ONCE,
    Address,
    HiddenAddress,
    Holiday,
    MailServer,
    SecretReference,
    Sender,
    Settings,
    TimeOfDay,
    WebAddress,
    Weekday,
    Zone,
    form,
    kind_of,
    one_of,
)

_UNSUBSCRIBE = r"^(mailto:[!-;=?A-~]+@[!-;=?A-~]+|https://[!-;=?-~]+)$"
_LEAVING = "an address such as mailto:stop@example.org or https://desk.example.org/stop"
_LIST_ID = "a list's name of letters, digits, dots and hyphens, such as brief.example.org"


class Schedule(Settings):
    """When the brief is due."""

    at: list[TimeOfDay] = Field(default_factory=lambda: ["06:30"], min_length=1, json_schema_extra=EACH_ONCE)
    """Times of day in the brief's time zone, as `HH:MM`; with several, editions are named by day and time."""
    days: list[Weekday] = Field(
        default_factory=lambda: list(get_args(Weekday)), min_length=1, json_schema_extra=EACH_ONCE
    )
    """Days of the week."""
    timezone: Zone | None = None
    """The IANA time zone of these times, if it is not the brief's."""
    holidays: list[Holiday] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """Days without a brief: one day (`2019-12-25`), a day every year (`12-25`) or a span (`12-24..01-02`)."""
    grace_hours: float = Field(default=20, gt=0, le=24 * 7)
    """How many hours after its time a missed brief is still built."""
    missed: Literal["latest", "skip", "all"] = "latest"
    """Which of the briefs missed while the machine was off are built: only the latest, none, or all."""
    max_age_hours: float = Field(default=72, gt=0, le=24 * 31)
    """With `missed: all`, how many hours to go back."""
    empty: Literal["send", "skip"] = "send"
    """Whether a day without a single article gets a brief that says so, or none."""
    build_minutes: float = Field(default=15, gt=0, le=24 * 60)
    """How many minutes a build may take before it is stopped, reported and retried."""


class Email(Settings):
    """A mail server, and who receives the brief through it."""

    to: list[Address] = Field(min_length=1)
    """The recipients."""
    from_: Sender = Field(alias="from")
    """The sender: `brief@example.org` or `Morning desk <brief@example.org>`."""
    reply_to: Address | None = None
    """Where replies go, if not to the sender."""
    smtp: MailServer
    """The server: `smtp://mail.example.org:587` (STARTTLS) or `smtps://mail.example.org:465` (TLS from the start)."""
    tls: Literal["required", "if-offered", "none"] = "required"
    """Whether `smtp://` insists on STARTTLS; a password is never sent without TLS except to this machine."""
    ca_file: str | None = None
    """A file of certificates to trust instead of the system's, for your own server."""
    user: str | None = None
    """The name to log in with."""
    password: SecretReference | None = None
    """The password, as `${NAME}` of an environment variable."""
    password_file: str | None = None
    """A file that holds only the password; a relative path starts from the folder of config.yaml."""
    mode: Literal["each", "bcc"] = "each"
    """One message for each recipient, or one message to all that names none of them."""
    list_id: Annotated[str, form(r"^[A-Za-z0-9.-]+$", _LIST_ID, longest=200)] | None = None
    """The List-Id by which mail clients file the brief; by default derived from the sender's address."""
    unsubscribe: Annotated[str, form(_UNSUBSCRIBE, _LEAVING, longest=500)] | None = None
    """Where readers end their subscription, `mailto:` or https: a button in mail programs, and a link at the foot."""
    body: Literal["full", "short"] = "full"
    """Whether the mail is the whole brief, or its key points and headlines."""
    contact: str | None = Field(default=None, min_length=1, max_length=500)
    """A line at the foot of the mail that tells readers whom to ask: `Questions: the night desk, ext. 214`."""
    max_megabytes: float = Field(default=20, gt=0, le=1000)
    """A larger message is sent without its PDF, with a link instead."""
    link: WebAddress | None = None
    """Where the edition can be opened; `{edition}` stands for its name: `https://desk.example.org/{edition}/brief.pdf`."""
    on_unknown: Literal["resend", "ask"] = "resend"
    """What to do if the connection dropped after the message was sent: send it once more, or ask a person."""
    expire_hours: float = Field(default=20, gt=0, le=24 * 14)
    """How many hours a recipient is retried after temporary errors."""
    seconds: float = Field(default=30, gt=0, le=600)
    """How many seconds the server may stay silent."""


class Folder(Settings):
    """A folder that editions are copied to."""

    path: str = Field(min_length=1)
    """The folder; a relative path starts from the folder of config.yaml."""


class Webhook(Settings):
    """A web address that is notified of each edition, as standardwebhooks.com describes."""

    url: HiddenAddress
    """Where the JSON is posted, or `${NAME}` of an environment variable; redirects are not followed."""
    secret: SecretReference
    """The key of the signature (HMAC-SHA256), as `${NAME}` of an environment variable."""
    link: WebAddress | None = None
    """Where the edition can be opened; `{edition}` stands for its name."""
    expire_hours: float = Field(default=20, gt=0, le=24 * 14)
    """How many hours it is retried after temporary errors."""
    seconds: float = Field(default=15, gt=0, le=600)
    """How many seconds the whole exchange may take."""


class Notify(Settings):
    """Any service of the notification library Apprise; needs `briefing[notify]`."""

    name: str = Field(min_length=1, max_length=60)
    """A name for it, used instead of the address in the ledger and in messages."""
    url: SecretReference
    """The service's Apprise address, as `${NAME}` of an environment variable."""
    link: WebAddress | None = None
    """Where the edition can be opened; `{edition}` stands for its name."""
    expire_hours: float = Field(default=20, gt=0, le=24 * 14)
    """How many hours it is retried after a failure."""


class EmailDelivery(Settings):
    """By mail."""

    email: Email
    """The server and the recipients."""


class FolderDelivery(Settings):
    """Into a folder."""

    folder: Folder
    """The folder."""


class WebhookDelivery(Settings):
    """To a program that listens."""

    webhook: Webhook
    """The address and its key."""


class NotifyDelivery(Settings):
    """To a chat or push service."""

    notify: Notify
    """The service."""


Delivery = Annotated[
    Annotated[EmailDelivery, Tag("<email>")]
    | Annotated[FolderDelivery, Tag("<folder>")]
    | Annotated[WebhookDelivery, Tag("<webhook>")]
    | Annotated[NotifyDelivery, Tag("<notify>")],
    Discriminator(kind_of("email", "folder", "webhook", "notify")),
    BeforeValidator(one_of("delivery", "email", "folder", "webhook", "notify")),
]
"""One way in which the brief is handed over."""

NoticeDelivery = Annotated[
    Annotated[EmailDelivery, Tag("<email>")]
    | Annotated[WebhookDelivery, Tag("<webhook>")]
    | Annotated[NotifyDelivery, Tag("<notify>")],
    Discriminator(kind_of("email", "webhook", "notify")),
    BeforeValidator(one_of("notice", "email", "webhook", "notify")),
]
"""One way in which people hear of a failure."""


class Archive(Settings):
    """The page of all editions, and how long they are kept."""

    folder: str = Field(default="output", min_length=1)
    """The folder for editions, unless `--output` is given; a relative path starts from the folder of config.yaml."""
    keep_days: int | None = Field(default=None, ge=1, le=36_600)
    """Editions older than this are removed from output/ after a delivery; by default all are kept."""
    url: WebAddress | None = None
    """The web address of output/; the feed's links start there."""
