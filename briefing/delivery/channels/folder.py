"""Into a folder: the edition's files under its name, and `latest.pdf`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from briefing.delivery.channels import Channel
from briefing.edition import write_files
from briefing.errors import DeliveryError, RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.config import Folder
    from briefing.delivery.channels import Journal, Surroundings
    from briefing.delivery.channels.payload import Payload

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
