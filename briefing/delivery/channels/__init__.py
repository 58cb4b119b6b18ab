"""Edition → folder, mailbox, listener, …; every recipient's state stands in the ledger.

The seam: a channel is made by the function that `CHANNELS` names for its kind, and keeps a journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import timedelta
    from pathlib import Path

    from pydantic import BaseModel

    from briefing.delivery.channels.payload import Payload

CHANNELS = {
    "email": "email_channel",
    "folder": "folder_channel",
    "webhook": "webhook_channel",
    "notify": "notify_channel",
}
"""Kind, which is the module too → the function that makes a channel of `(settings, surroundings)`."""


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


def channels_of(entries: Iterable[BaseModel], surroundings: Surroundings) -> tuple[Channel, ...]:
    """Return the channels of `deliver:` or `on_failure:`, in its order."""
    return tuple(_channel(kind, settings, surroundings) for entry in entries for kind, settings in entry)


def _channel(kind: str, settings: object, surroundings: Surroundings) -> Channel:
    """Make one channel; its module is loaded now, and only where it is used."""
    make: Callable[[object, Surroundings], Channel] = getattr(import_module(f"{__name__}.{kind}"), CHANNELS[kind])
    return make(settings, surroundings)
