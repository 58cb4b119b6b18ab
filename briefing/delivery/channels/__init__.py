"""Edition → folder, mailbox, listener, …; every recipient's state stands in the ledger. An edge of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.delivery.channels.channel import Channel, Journal, Surroundings
from briefing.delivery.channels.email import email_channel
from briefing.delivery.channels.folder import folder_channel
from briefing.delivery.channels.notify import notify_channel
from briefing.delivery.channels.webhook import webhook_channel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import BaseModel

CHANNELS: dict[str, Callable[[Any, Surroundings], Channel]] = {
    "email": email_channel,
    "folder": folder_channel,
    "webhook": webhook_channel,
    "notify": notify_channel,
}
"""Kind → what makes a channel of its settings."""


def channels_of(entries: Iterable[BaseModel], surroundings: Surroundings) -> tuple[Channel, ...]:
    """Return the channels of `deliver:` or `on_failure:`, in its order."""
    found = [(kind, settings) for entry in entries for kind, settings in entry]
    return tuple(CHANNELS[kind](settings, surroundings) for kind, settings in found)


__all__ = ["CHANNELS", "Channel", "Journal", "Surroundings", "channels_of"]
