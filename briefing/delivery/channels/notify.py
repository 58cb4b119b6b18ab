"""To any service that the Apprise library knows; needs `briefing[notify]`."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from briefing.delivery.channels import Channel, link_to
from briefing.edition import key_lines, one_line, subject
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.config import Notify
    from briefing.delivery.channels import Journal, Payload, Surroundings
    from briefing.edition import Brief

MOST_POINTS = 5


def notify_channel(settings: Notify, _surroundings: Surroundings) -> Channel:
    """Return the channel that `notify:` describes; an interrupted message is not sent again by itself."""

    def hand_over(payload: Payload, recipients: Sequence[str], journal: Journal) -> None:
        """Send title, key points and link; DeliveryError where the library or the address is missing."""
        service = _service(settings)
        title, text = edition_text(payload.brief, link=link_to(settings.link, payload.id))
        journal.handing(recipients)
        if service.notify(title=title, body=text):
            journal.sent(recipients, "")
        else:
            journal.later(recipients, f"{settings.name} did not take the message")

    def send_notice(subject: str, text: str) -> None:
        """Send a notice; DeliveryError where it is not taken."""
        if not _service(settings).notify(title=subject, body=text):
            raise DeliveryError(f"{settings.name} did not take the message")

    return Channel(
        kind="notify",
        recipients=(settings.name,),
        hand_over=hand_over,
        send_notice=send_notice,
        expire=timedelta(hours=settings.expire_hours),
        resends=False,
    )


def edition_text(brief: Brief, *, link: str | None) -> tuple[str, str]:
    """Return the title and the text of a short message about an edition."""
    lines = [f"• {point.text}" for point in key_lines(brief)[:MOST_POINTS]]
    return subject(brief.edition), "\n".join([*lines, *([link] if link else [])]) or one_line(brief.edition.title)


def _service(settings: Notify) -> Any:  # noqa: ANN401 - the library is an extra, and ships no types
    try:
        import apprise
    except ImportError as error:
        raise DeliveryError("`notify:` needs the library Apprise; install briefing[notify]") from error
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it logs addresses, and with them their tokens
    service = apprise.Apprise()
    if not service.add(settings.url.reveal()):
        raise DeliveryError(f"{settings.name}: the environment variable {settings.url.name} holds no Apprise address")
    return service
