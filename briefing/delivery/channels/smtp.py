"""One SMTP session after another until every envelope has its answer in the journal.

The message is sent in two steps, so that the journal can say "nobody can tell" just before the final dot (RFC 5321,
4.2.5: from the dot on, the server may have the message even if its answer never comes).
"""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.delivery.channels.session import ConnectionFailed, session, told, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.delivery.channels.channel import Journal
    from briefing.delivery.channels.session import Account

MOST_LOSSES = 3
"""Links that may die in one run before the rest waits for the next."""

_PIECE = 65_536
"""Bytes for which the server has the time of one answer: with 30 s, a link of 18 kbit/s is fast enough."""

_OK, _TAKEN, _GO_ON = 250, frozenset({250, 251, 252}), 354
_TOO_LARGE, _CLOSING = 552, 421
_DOT_AT_START = re.compile(rb"(?m)^\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Recipients of one transaction, and the message, given the size limit that the server announces (or None)."""

    recipients: tuple[str, ...]
    content: Callable[[int | None], bytes]


class _LinkLost(Exception):  # noqa: N818 - it ends a session, not the program
    """The session cannot be used any more; the journal is kept already."""


def post(envelopes: Sequence[Envelope], account: Account, journal: Journal) -> None:
    """Send the envelopes in order; every recipient's answer is in the journal when this returns."""
    rest = list(envelopes)
    losses = 0
    while rest and losses < MOST_LOSSES:
        try:
            with session(account) as server:
                while rest:
                    _transact(server, rest.pop(0), account, journal)
        except _LinkLost:
            losses += 1
        except ConnectionFailed as failure:
            _postpone(rest, str(failure), journal)
            return
    _postpone(rest, "the server broke off again and again", journal)


def knock(account: Account) -> str | None:
    """Open a session as far as the login, and leave; return why that does not work, or None."""
    try:
        with session(account):
            return None
    except ConnectionFailed as failure:
        return str(failure)


def ascii_address(address: str) -> str | None:
    """Return an address as SMTP without extensions takes it; None where its local part is not ASCII (RFC 6531)."""
    local, _, domain = address.rpartition("@")
    if not local.isascii():
        return None
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        return None


def _transact(server: smtplib.SMTP, envelope: Envelope, account: Account, journal: Journal) -> None:
    """Send one message; _LinkLost, with the journal kept, where the session broke."""
    unanswered = list(envelope.recipients)
    try:
        content = envelope.content(_size_limit(server))
        if _announced(server, account.sender, len(content), unanswered, journal):
            _ask_for(server, unanswered, journal)
        if unanswered:
            _hand(server, content, unanswered, journal)
        else:
            server.rset()
    except (OSError, smtplib.SMTPException) as error:
        journal.later(unanswered, f"the link broke: {words(error)}")
        raise _LinkLost from error


def _announced(server: smtplib.SMTP, sender: str, size: int, unanswered: list[str], journal: Journal) -> bool:
    """Send MAIL; a refusal of the sender concerns our settings, so that the recipients are tried again."""
    code, reply = server.mail(sender, [f"size={size}"] if server.has_extn("size") else [])
    if code == _OK:
        return True
    concern = journal.refused if code == _TOO_LARGE else journal.later
    _answer(concern, unanswered, told(code, reply), code)
    return False


def _ask_for(server: smtplib.SMTP, unanswered: list[str], journal: Journal) -> None:
    """Send a RCPT for each; those that are not taken have their answer and leave the list."""
    for recipient in tuple(unanswered):
        code, reply = server.rcpt(ascii_address(recipient) or recipient)
        if code not in _TAKEN:
            single = [recipient]
            unanswered.remove(recipient)
            _answer(_denial(code, journal), single, told(code, reply), code)


def _hand(server: smtplib.SMTP, content: bytes, unanswered: list[str], journal: Journal) -> None:
    """Send DATA, the message and the dot."""
    code, reply = server.docmd("DATA")
    if code != _GO_ON:
        _answer(_denial(code, journal), unanswered, told(code, reply), code)
        return
    _send(server, _stuffed(content))
    handed = tuple(unanswered)
    journal.handing(handed)
    unanswered.clear()
    try:
        server.send(b".\r\n")
        code, reply = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        journal.unknown(handed, f"the link broke after the message was handed over: {words(error)}")
        raise _LinkLost from error
    if code < 0:
        journal.unknown(handed, f"the answer to the message makes no sense: {told(code, reply)}")
        raise _LinkLost
    _answer(_verdict(code, journal), list(handed), told(code, reply), code)


def _send(server: smtplib.SMTP, content: bytes) -> None:
    """Send a message piece by piece: a time for the whole would shut slow links out."""
    for start in range(0, len(content), _PIECE):
        server.send(content[start : start + _PIECE])


def _verdict(code: int, journal: Journal) -> Callable[[Sequence[str], str], None]:
    """Return what an answer to a message means: 2yz done, 5yz never, else another time (RFC 5321, 4.2.1)."""
    return journal.sent if code // 100 == 2 else _denial(code, journal)


def _denial(code: int, journal: Journal) -> Callable[[Sequence[str], str], None]:
    """Return what an answer means that is not the one hoped for, before anything was handed over."""
    return journal.refused if code // 100 == 5 else journal.later


def _answer(write: Callable[[Sequence[str], str], None], recipients: list[str], told: str, code: int) -> None:
    """Write an answer down and take the recipients off the list; _LinkLost where the server is closing."""
    write(tuple(recipients), told)
    recipients.clear()
    if code == _CLOSING:
        raise _LinkLost


def _postpone(envelopes: Sequence[Envelope], reason: str, journal: Journal) -> None:
    recipients = [recipient for envelope in envelopes for recipient in envelope.recipients]
    if recipients:
        journal.later(recipients, reason)


def _size_limit(server: smtplib.SMTP) -> int | None:
    """Return the SIZE that the server announces (RFC 1870), or None."""
    announced = server.esmtp_features.get("size", "")
    return int(announced) or None if announced.isdecimal() else None


def _stuffed(content: bytes) -> bytes:
    """Return the message with its dots doubled where they start a line (RFC 5321, 4.5.2), ending in CRLF."""
    stuffed = _DOT_AT_START.sub(b"..", content)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
