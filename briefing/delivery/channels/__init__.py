"""Edition → folder, mailbox, listener, …; every recipient's state stands in the ledger.

The seam: a channel is made by the function that `CHANNELS` names for its kind, and keeps a journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Protocol

from briefing.delivery.slots import lateness
from briefing.edition import checksum, read_brief, write_files
from briefing.errors import DeliveryError, RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from pydantic import BaseModel

    from briefing.config import Folder
    from briefing.edition import Brief, Files

CHANNELS = {
    "email": "briefing.delivery.channels.email:email_channel",
    "folder": "briefing.delivery.channels:folder_channel",
    "webhook": "briefing.delivery.channels.webhook:webhook_channel",
    "notify": "briefing.delivery.channels.notify:notify_channel",
}
"""Kind → the function that makes a channel of `(settings, surroundings)`."""


class Journal(Protocol):
    """Where a channel writes what happens to its recipients; each call is on the disk when it returns."""

    def sending(self, recipients: Sequence[str]) -> None:
        """Write, before the first step, that these are being served; found at a start: nothing was handed over."""

    def handing(self, recipients: Sequence[str]) -> None:
        """Write, just before the step after which it cannot be taken back, that from now on nobody can tell."""

    def sent(self, recipients: Sequence[str], detail: str) -> None:
        """Write that these have it."""

    def later(self, recipients: Sequence[str], reason: str) -> None:
        """Write that these certainly lack it and are tried again."""

    def refused(self, recipients: Sequence[str], reason: str) -> None:
        """Write that these are refused for good."""

    def unknown(self, recipients: Sequence[str], reason: str) -> None:
        """Write why nobody can tell whether these have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to hand editions over: its name in the ledger, its recipients, and what it does.

    `hand_over` keeps the journal for every recipient that it is given; DeliveryError concerns them all and is tried
    again. `send_notice` sends a short plain message, subject and text, to all of them, or raises DeliveryError.
    """

    kind: str
    recipients: tuple[str, ...]
    hand_over: Callable[[Payload, Sequence[str], Journal], None]
    send_notice: Callable[[str, str], None]
    expire: timedelta
    resends: bool = True
    """Whether a recipient of whom nobody can tell is served once more by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What channels need of the world beside their settings."""

    home: Path
    """The folder of config.yaml: relative paths start here."""
    output: Path
    templates: tuple[Path, ...]
    timestamp: Callable[[], int]
    """Seconds since 1970, for signatures and the Date of notices."""


def link_to(pattern: str | None, edition: str) -> str | None:
    """Return the address of an edition; `{edition}` in the pattern stands for its name."""
    return None if pattern is None else pattern.replace("{edition}", edition)


def canonical(address: str) -> str:
    """Return an address with its domain in small letters: upper and lower case are one there (RFC 5321, 2.4)."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{domain.lower()}"


def channels_of(entries: Iterable[BaseModel], surroundings: Surroundings) -> tuple[Channel, ...]:
    """Return the channels of `deliver:` or `on_failure:`, in its order."""
    return tuple(_channel(kind, settings, surroundings) for entry in entries for kind, settings in entry)


def _channel(kind: str, settings: object, surroundings: Surroundings) -> Channel:
    """Make one channel; its module is loaded now, and only where it is used."""
    make: Callable[[object, Surroundings], Channel] = resolve_name(CHANNELS[kind])
    return make(settings, surroundings)


# ── what is handed over ───────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """An edition, ready to be handed over."""

    brief: Brief
    files: Files
    sha256: str
    """Of all files: see `checksum`."""
    due: datetime | None
    """UTC; None for an edition that was made by hand."""
    built_at: datetime
    """When the slot was built: an edition itself may say the hour of its day."""

    @property
    def id(self) -> str:
        """The edition's."""
        return self.brief.edition.id

    @property
    def late(self) -> timedelta:
        """How long after its time it was ready; zero where it was punctual."""
        return timedelta() if self.due is None else lateness(self.due, self.built_at)

    def file(self, name: str) -> bytes | None:
        """Return a file's content, or None where the edition has none of this name."""
        return dict(self.files).get(name)


def payload_of(files: Files, *, due: datetime | None, built_at: datetime) -> Payload:
    """Return the payload that files make; DeliveryError where they hold no brief.json or a strange one."""
    content = dict(files).get("brief.json")
    if content is None:
        raise DeliveryError(
            "the edition has no brief.json, which messages are made from; build it with --format json too"
        )
    try:
        brief = read_brief(content)
    except ValueError as error:
        raise DeliveryError(f"the edition's brief.json cannot be read: {error}; build the edition again") from error
    return Payload(brief=brief, files=files, sha256=checksum(files), due=due, built_at=built_at)


# ── into a folder ─────────────────────────────────────────────────────────────────────────────────────────────────────


EXPIRE = timedelta(hours=20)


def folder_channel(settings: Folder, surroundings: Surroundings) -> Channel:
    """Return the channel that `folder:` describes; copying twice leaves the same files."""
    place = surroundings.home / settings.path

    def hand_over(payload: Payload, recipients: Sequence[str], journal: Journal) -> None:
        """Copy the edition."""
        try:
            copy = write_files(payload.id, payload.files, place)
        except RenderError as error:
            journal.later(recipients, str(error))
        else:
            journal.sent(recipients, str(copy))

    def send_notice(_subject: str, _text: str) -> None:
        """Refuse: nobody looks into a folder to learn that nothing came."""
        raise DeliveryError("a folder cannot carry a notice")

    return Channel(
        kind="folder", recipients=(settings.path,), hand_over=hand_over, send_notice=send_notice, expire=EXPIRE
    )
