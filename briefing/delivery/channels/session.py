"""One session with a mail server: connected, in TLS, logged in; every answer is bounded in time."""

from __future__ import annotations

import smtplib
import socket
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from briefing.delivery.channels.deadline import cut_off
from briefing.edition import one_line

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

FAREWELL_SECONDS = 5.0


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
        raise ConnectionFailed(f"{place} cannot be reached: {words(error)}") from error
    try:
        try:
            if server.sock is not None:
                # the dot goes out by itself: Nagle's algorithm would hold it until the message is acknowledged (40 ms)
                server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _enter(server, account)
        except (OSError, smtplib.SMTPException) as error:
            raise ConnectionFailed(f"{place} does not let us in: {words(error)}") from error
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


def told(code: int, reply: bytes) -> str:
    """Return a server's answer on one line."""
    return one_line(f"{code} {reply.decode('utf-8', 'replace')}")


def words(error: Exception) -> str:
    """Return what went wrong on one line; a server's answer with its code."""
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, OSError):
        error = error.__context__  # the library says "not connected" of whatever ends a session
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        return told(error.smtp_code, answer if isinstance(answer, bytes) else str(answer).encode())
    return one_line(str(error) or type(error).__name__)
