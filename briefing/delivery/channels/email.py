"""By mail: one message for each recipient, or one with all of them in the envelope."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from briefing.delivery.channels import Channel, canonical, link_to
from briefing.delivery.channels.message import UNDISCLOSED, letter, notice, sender_of
from briefing.delivery.channels.smtp import Account, Envelope, ascii_address, knock, post
from briefing.errors import DeliveryError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from briefing.config import Email
    from briefing.delivery.channels import Journal, Payload, Surroundings
    from briefing.delivery.channels.message import Letter, Sender

MOST_IN_ENVELOPE = 100
"""Recipients that every server must take in one transaction (RFC 5321, 4.5.3.1.8)."""

MOST_IN_PASSWORD = 10_000
"""Bytes of a file that holds a password."""

_MEGABYTE = 1_000_000


def email_channel(settings: Email, surroundings: Surroundings) -> Channel:
    """Return the channel that `email:` describes."""

    def hand_over(payload: Payload, recipients: Sequence[str], journal: Journal) -> None:
        """Send the edition; DeliveryError where a secret or file is missing."""
        write = _writer(payload, settings, surroundings)
        post(_envelopes(recipients, write, settings.mode), _account(settings, surroundings.home), journal)

    def send_notice(subject: str, text: str) -> None:
        """Send a notice, one message to all; DeliveryError where any of them cannot have it."""
        at = datetime.fromtimestamp(surroundings.timestamp(), UTC)
        note = notice(subject, text, sender=_sender(settings), at=at)
        log = _NoticeJournal()
        envelopes = [Envelope(recipients=(to,), content=_addressed(to, lambda _: note)) for to in settings.to]
        post(envelopes, _account(settings, surroundings.home), log)
        if log.reasons:
            raise DeliveryError("; ".join(dict.fromkeys(log.reasons)))

    return Channel(
        kind="email",
        recipients=tuple(dict.fromkeys(map(canonical, settings.to))),
        hand_over=hand_over,
        send_notice=send_notice,
        expire=timedelta(hours=settings.expire_hours),
        resends=settings.on_unknown == "resend",
    )


def send_test(payload: Payload, settings: Email, surroundings: Surroundings, *, to: str) -> None:
    """Send an edition to one address, as its recipients have it; nothing is kept. DeliveryError where it fails."""
    channel = email_channel(settings.model_copy(update={"to": [to]}), surroundings)
    log = _NoticeJournal()
    channel.hand_over(payload, channel.recipients, log)
    if log.reasons:
        raise DeliveryError("; ".join(dict.fromkeys(log.reasons)))


def try_server(settings: Email, home: Path) -> None:
    """Log in to the server and leave; nothing is sent. DeliveryError where that does not work."""
    reason = knock(_account(settings, home))
    if reason is not None:
        raise DeliveryError(reason)


def _writer(payload: Payload, settings: Email, surroundings: Surroundings) -> Callable[[int | None], Letter]:
    """Return what gives the message: with its PDF where that fits the limits, else without; each is made once."""
    from briefing.render import Frame, mail_of

    made: dict[bool, Letter] = {}
    most = int(settings.max_megabytes * _MEGABYTE)
    link, pdf = link_to(settings.link, payload.id), payload.file("brief.pdf")

    def made_with(*, attached: bool) -> Letter:
        """Return the message with or without the PDF."""
        if attached not in made:
            frame = Frame(
                late=(payload.late, payload.due),
                link=link,
                pdf="attached" if attached else "too_large" if pdf else "without_pdf",
                body=settings.body,
                contact=settings.contact,
                unsubscribe=settings.unsubscribe,
            )
            mail = mail_of(payload.brief, frame, templates=surroundings.templates)
            made[attached] = letter(payload, mail, sender=_sender(settings), attached=attached)
        return made[attached]

    def write(server_limit: int | None) -> Letter:
        """Return the message that fits both limits."""
        full = made_with(attached=pdf is not None)
        limit = most if not server_limit else min(most, server_limit)
        return full if len(full.body) + len(UNDISCLOSED) + 2_000 <= limit else made_with(attached=False)

    return write


def _envelopes(recipients: Sequence[str], write: Callable[[int | None], Letter], mode: str) -> list[Envelope]:
    if mode == "each":
        return [Envelope(recipients=(to,), content=_addressed(to, write)) for to in recipients]
    groups = [tuple(recipients[at : at + MOST_IN_ENVELOPE]) for at in range(0, len(recipients), MOST_IN_ENVELOPE)]
    return [Envelope(recipients=group, content=lambda limit: write(limit).bytes_to(UNDISCLOSED)) for group in groups]


def _addressed(recipient: str, write: Callable[[int | None], Letter]) -> Callable[[int | None], bytes]:
    return lambda limit: write(limit).bytes_to(ascii_address(recipient) or recipient)


def _account(settings: Email, home: Path) -> Account:
    scheme, _, place = settings.smtp.partition("://")
    host, _, port = place.partition(":")
    return Account(
        host=host,
        port=int(port) if port else 465 if scheme == "smtps" else 587,
        tls="immediate" if scheme == "smtps" else settings.tls,
        context=lambda: _context(settings, home),
        user=settings.user,
        password=lambda: _password(settings, home),
        sender=_sender(settings).address,
        seconds=settings.seconds,
    )


def _sender(settings: Email) -> Sender:
    return sender_of(
        settings.from_, reply_to=settings.reply_to, list_id=settings.list_id, unsubscribe=settings.unsubscribe
    )


def _context(settings: Email, home: Path) -> ssl.SSLContext:
    if settings.ca_file is None:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cadata=read_regular(home / settings.ca_file, most_bytes=_MEGABYTE).decode())
    except (OSError, UnicodeDecodeError) as error:
        raise DeliveryError(f"ca_file {settings.ca_file} cannot be read: {_reason(error)}") from error


def _password(settings: Email, home: Path) -> str | None:
    if settings.password is not None:
        return settings.password.reveal()
    if settings.password_file is None:
        return None
    try:
        password = read_regular(home / settings.password_file, most_bytes=MOST_IN_PASSWORD).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise DeliveryError(f"password_file {settings.password_file} cannot be read: {_reason(error)}") from error
    if not password:
        raise DeliveryError(f"password_file {settings.password_file} is empty; write the password into it, alone")
    return password


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


class _NoticeJournal:
    """The journal of a notice: only what went wrong counts."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def sending(self, recipients: Sequence[str]) -> None:
        """Nothing has happened yet."""

    def handing(self, recipients: Sequence[str]) -> None:
        """Nobody can tell; a notice may come twice."""

    def sent(self, recipients: Sequence[str], detail: str) -> None:
        """All is well."""

    def later(self, recipients: Sequence[str], reason: str) -> None:
        """Keep the reason."""
        self.reasons.append(f"{', '.join(recipients)}: {reason}")

    refused = unknown = later
