"""SMTP: one session after another until every envelope has its answer in the journal; every answer bounded in time.

The message is sent in two steps, so that the journal can say "nobody can tell" just before the final dot (RFC 5321,
4.2.5: from the dot on, the server may have the message even if its answer never comes).
"""

from __future__ import annotations

import re
import smtplib
import socket
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address
from typing import TYPE_CHECKING

from briefing.edition import one_line

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Sequence

    from briefing.delivery.channels import Journal

FAREWELL_SECONDS = 5.0

MOST_LOSSES = 3
"""Links that may die in one run before the rest waits for the next."""

_PIECE = 65_536
"""Bytes for which the server has the time of one answer: with 30 s, a link of 18 kbit/s is fast enough."""

_OK, _TAKEN, _GO_ON = 250, frozenset({250, 251, 252}), 354
_TOO_LARGE, _CLOSING = 552, 421
_VERDICTS = frozenset({2, 4, 5})
"""First digits of what may answer a message (RFC 5321, 4.2.1); anything else leaves open whether it was taken."""

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
    """Send one message, once more without its PDF where it is too large; _LinkLost, journal kept, where it broke."""
    recipients = _acceptable(server, envelope.recipients, journal)
    if not recipients:
        return
    content = envelope.content(_size_limit(server))
    refused, reply = _attempt(server, content, recipients, account, journal)
    if not refused:
        return
    smaller = envelope.content(len(content) - 1)
    if len(smaller) < len(content):
        journal.later(refused, f"sent without the PDF, for the server said: {reply}")
        refused, reply = _attempt(server, smaller, refused, account, journal)
    if refused:
        journal.refused(refused, reply)


def _acceptable(server: smtplib.SMTP, recipients: Sequence[str], journal: Journal) -> list[str]:
    """Return those to whom this server can send; the others are refused in the journal."""
    if server.has_extn("smtputf8"):
        return list(recipients)
    foreign = [recipient for recipient in recipients if ascii_address(recipient) is None]
    if foreign:
        journal.refused(foreign, "an address that is not ASCII needs SMTPUTF8 (RFC 6531), which this server lacks")
    return [recipient for recipient in recipients if recipient not in foreign]


def _attempt(
    server: smtplib.SMTP, content: bytes, recipients: Sequence[str], account: Account, journal: Journal
) -> tuple[list[str], str]:
    """Try one transaction; return those who lack the message because it is too large, and what the server said."""
    unanswered = list(recipients)
    try:
        options = _options(server, content, (account.sender, *recipients))
        code, reply = server.mail(ascii_address(account.sender) or account.sender, options)
        if code == _OK:
            _ask_for(server, unanswered, journal)
            if unanswered:
                return _hand(server, content, unanswered, journal)
        elif (
            code != _TOO_LARGE
        ):  # a refusal of the sender concerns our settings, so that the recipients are tried again
            _answer(journal.later, unanswered, _shown(code, reply), code)
        server.rset()
    except (OSError, smtplib.SMTPException) as error:
        journal.later(unanswered, f"the link broke: {_reason(error)}")
        raise _LinkLost from error
    return unanswered, _shown(code, reply)


def _options(server: smtplib.SMTP, content: bytes, addresses: Sequence[str]) -> list[str]:
    """Return the parameters of MAIL."""
    size = [f"size={len(content)}"] if server.has_extn("size") else []
    foreign = any(ascii_address(address) is None for address in addresses)
    return [*size, "smtputf8", "body=8bitmime"] if foreign else size


def _ask_for(server: smtplib.SMTP, unanswered: list[str], journal: Journal) -> None:
    """Send a RCPT for each; those that are not taken have their answer and leave the list."""
    for recipient in tuple(unanswered):
        code, reply = server.rcpt(ascii_address(recipient) or recipient)
        if code not in _TAKEN:
            unanswered.remove(recipient)
            _answer(_denial(code, journal), [recipient], _shown(code, reply), code)


def _hand(server: smtplib.SMTP, content: bytes, unanswered: list[str], journal: Journal) -> tuple[list[str], str]:
    """Send DATA, the message and the dot; return as `_attempt` does."""
    code, reply = server.docmd("DATA")
    if code != _GO_ON:
        if code == _TOO_LARGE:
            server.rset()
            return list(unanswered), _shown(code, reply)
        _answer(_denial(code, journal), unanswered, _shown(code, reply), code)
        return [], ""
    _send(server, _stuffed(content))
    handed = tuple(unanswered)
    journal.handing(handed)
    unanswered.clear()
    try:
        server.send(b".\r\n")
        code, reply = server.getreply()
    except (OSError, smtplib.SMTPException) as error:
        journal.unknown(handed, f"the link broke after the message was handed over: {_reason(error)}")
        raise _LinkLost from error
    if code // 100 not in _VERDICTS:
        journal.unknown(handed, f"the answer to the message makes no sense: {_shown(code, reply)}")
        raise _LinkLost
    if code == _TOO_LARGE:
        return list(handed), _shown(code, reply)
    _answer(_verdict(code, journal), list(handed), _shown(code, reply), code)
    return [], ""


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


def _answer(write: Callable[[Sequence[str], str], None], recipients: list[str], reply: str, code: int) -> None:
    """Write an answer down and take the recipients off the list; _LinkLost where the server is closing."""
    write(tuple(recipients), reply)
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


# ── one session ──


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A mail server, and how to be let in."""

    host: str
    port: int
    tls: str
    """`immediate`, or for STARTTLS `required`, `if-offered`, `none`."""
    context: Callable[[], ssl.SSLContext]
    user: str | None
    password: Callable[[], str | None]
    sender: str
    seconds: float


class ConnectionFailed(Exception):  # noqa: N818 - it ends a try, not the program
    """No session came about."""


@contextmanager
def session(account: Account) -> Iterator[smtplib.SMTP]:
    """Yield a session that has been let in, and take leave after it; ConnectionFailed where none comes about."""
    place = f"{account.host}:{account.port}"
    try:
        server = _connected(account)
    except (OSError, smtplib.SMTPException) as error:
        raise ConnectionFailed(f"{place} cannot be reached: {_reason(error)}") from error
    try:
        try:
            if server.sock is not None:
                # the dot goes out by itself: Nagle's algorithm would hold it until the message is acknowledged (40 ms)
                server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _enter(server, account)
        except (OSError, smtplib.SMTPException) as error:
            raise ConnectionFailed(f"{place} does not let us in: {_reason(error)}") from error
        yield server
        with suppress(OSError, smtplib.SMTPException):
            server.timeout = min(FAREWELL_SECONDS, account.seconds)
            server.quit()
    finally:
        server.close()


def _connected(account: Account) -> smtplib.SMTP:
    name = socket.gethostname()
    # getfqdn(), the library's default, may wait for DNS; RFC 5321, 4.1.3 allows the address as a literal.
    local = name if "." in name and name.isascii() else "[127.0.0.1]"
    if account.tls == "immediate":
        return _SessionInTLS(
            account.host, account.port, local_hostname=local, timeout=account.seconds, context=account.context()
        )
    return _Session(account.host, account.port, local_hostname=local, timeout=account.seconds)


class _Session(smtplib.SMTP):
    """A session in which each answer is bounded in time, however slowly the server drips."""

    def getreply(self) -> tuple[int, bytes]:
        """Read one answer; TimeoutError where it is not whole in time."""
        if self.sock is None:
            return super().getreply()
        try:
            with cut_off(self.sock, self.timeout):
                return super().getreply()
        except TimeoutError:
            self.close()
            raise


class _SessionInTLS(_Session, smtplib.SMTP_SSL):
    """The same, in TLS from the start."""


def _enter(server: smtplib.SMTP, account: Account) -> None:
    server.ehlo_or_helo_if_needed()
    offered = server.has_extn("starttls")
    if account.tls == "required" and not offered:
        raise smtplib.SMTPNotSupportedError("it offers no STARTTLS, which `tls: required` insists on")
    if account.tls == "required" or (account.tls == "if-offered" and offered):
        server.starttls(context=account.context())
        server.ehlo()
    password = account.password()
    if account.user is not None and password is not None:
        if not _is_private(server, account):
            raise smtplib.SMTPNotSupportedError("without TLS the password is not sent")
        server.login(account.user, password)


def _is_private(server: smtplib.SMTP, account: Account) -> bool:
    import ssl

    if isinstance(server.sock, ssl.SSLSocket):
        return True
    try:
        return ip_address(account.host).is_loopback
    except ValueError:
        return account.host == "localhost"


def _shown(code: int, reply: bytes) -> str:
    """Return a server's answer on one line."""
    return one_line(f"{code} {reply.decode('utf-8', 'replace')}")


def _reason(error: Exception) -> str:
    """Return what went wrong on one line; a server's answer with its code."""
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        error = error.__context__  # the library says "not connected" of whatever ends a session
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return _shown(error.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode())
    return one_line(str(error) or type(error).__name__)


# ── a bound in time for what a server says ────────────────────────────────────────────────────────────────────────────


@contextmanager
def cut_off(connected: socket.socket, seconds: float) -> Iterator[None]:
    """Cut a connection when its time is up; TimeoutError then, whatever half an answer was taken for."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):  # it is closed already
            socket.socket.shutdown(connected, socket.SHUT_RDWR)  # that of a TLS socket would confuse its reader

    guard = threading.Timer(seconds, cut)
    guard.daemon = True
    guard.start()
    failure: Exception | None = None
    try:
        yield
    except (OSError, ValueError, HTTPException) as error:
        failure = error
        raise
    finally:
        guard.cancel()
        guard.join()
        if late.is_set():
            raise TimeoutError(f"no whole answer within {seconds:g} s") from failure
