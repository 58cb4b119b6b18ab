"""A folder of a mail server, by IMAP: looked at and never changed (EXAMINE, BODY.PEEK), within a time and a size.

What was read is told by UIDVALIDITY and UID; where the server counts anew, all is listed again, and messages are known
by themselves. imap-tools speaks the protocol, over a connection that is given to it and is cut off when its time is
over, however slowly the server answers.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from briefing.errors import SourceError
from briefing.sources.entries import Collected, Entry
from briefing.sources.mail import (
    MOST_BYTES,
    MOST_MESSAGES,
    TOO_LARGE,
    Waiting,
    asks_to_confirm,
    entry_of,
    header_in,
    is_past,
    is_to,
    is_wanted,
    key_of,
    still_waiting,
    waiting_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.config import MailboxSource
    from briefing.sources.entries import Reach

SECONDS = 60.0
"""For all that is asked of a mailbox in one pass."""
MOST_LISTED = 5_000
"""Messages, the newest, that are looked through where a server counts anew, or is asked for the first time."""
_AT_ONCE = 100
_PORTS = {"imap": 143, "imaps": 993}
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FAILURES = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError, ValueError, LookupError)
"""What imaplib and imap-tools raise for what a server says, or no longer says."""


@dataclass(slots=True)
class _Found:
    """What was read so far."""

    entries: dict[str, Entry] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    uid: int = 0
    """Up to which every message was looked at."""


def collect_mailbox(source: MailboxSource, reach: Reach) -> Collected:
    """Read the messages that came since the last pass.

    Raises SourceError where the server is not reached, refuses, or falls silent before anything was read; what was read
    before is kept, and the rest is read at the next pass.
    """
    found = _Found()
    validity = ""
    try:
        with _opened(source, reach) as box:
            validity = _validity(box)
            again = validity == reach.memory.get("uidvalidity")
            found.uid = int(reach.memory.get("uid") or 0) if again else 0
            uids = _uids(box, found.uid, reach)
            for start in range(0, len(uids), _AT_ONCE):
                _read(box, uids[start : start + _AT_ONCE], source, reach, found)
                if len(found.entries) >= MOST_MESSAGES:
                    found.remarks.append("more messages are read at the next pass")
                    break
    except SourceError:
        raise
    except _FAILURES as error:
        told = _said(error, source)
        if not found.entries:
            raise SourceError(source.address, told) from None
        found.remarks.append(f"not all was read: {told}")
    waiting, told_waiting = still_waiting(reach.memory, found.waiting, reach.now)
    return Collected(
        entries=tuple(found.entries.values()),
        memory={"uidvalidity": validity, "uid": str(found.uid), "waiting": waiting},
        remarks=(*found.remarks, *told_waiting),
    )


def _read(box: BaseMailBox, uids: Sequence[int], source: MailboxSource, reach: Reach, found: _Found) -> None:
    """Look at some messages by their headers, and read those that are wanted and were not read before."""
    headers = _fetched(box, uids, "(UID RFC822.SIZE BODY.PEEK[HEADER])")
    for uid in uids:
        if len(found.entries) >= MOST_MESSAGES:
            return
        told, head = headers.get(uid, (b"", b""))
        header, size = header_in(head), _SIZE.search(told)
        confirms = asks_to_confirm(header) and is_to(header, source.only)
        key = key_of(header, None)
        is_new = key is None or (key not in found.entries and reach.mark_of(key) is None)
        if uid not in headers or is_past(header, reach.now):
            pass  # expunged meanwhile, or long ago
        elif confirms:
            found.waiting.append(waiting_for(header, reach.now))
        elif is_wanted(header, source.only) and is_new:
            if size and int(size[1]) > MOST_BYTES:
                found.remarks.append(TOO_LARGE)
            elif content := _fetched(box, [uid], "(UID BODY.PEEK[])").get(uid, (b"", b""))[1]:
                own = key or key_of(header, content) or ""
                if reach.mark_of(own) is None:
                    found.entries.setdefault(own, entry_of(content, own, source))
        found.uid = max(found.uid, uid)


# -- the protocol ------------------------------------------------------------------------------------------------------


class _Client(imaplib.IMAP4):
    """imaplib's client over a connection that is open already; a literal that is too long is refused."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        super().__init__()

    def _create_socket(self, timeout: float | None) -> socket.socket:  # noqa: ARG002 - as imaplib calls it
        return self._connection

    def read(self, size: int) -> bytes:
        """Read a literal."""
        if size > MOST_BYTES + 65_536:
            raise self.abort(f"it announces {size:,} bytes at once")
        return super().read(size)


class _Box(BaseMailBox):
    """imap-tools' mailbox over such a client."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Client(self._connection)


@contextmanager
def _opened(source: MailboxSource, reach: Reach) -> Iterator[BaseMailBox]:
    """Open a folder read-only, and leave without a word: CLOSE would expunge where a server takes EXAMINE lightly."""
    parts = urlsplit(source.mailbox)
    host = parts.hostname or ""
    folder = unquote(parts.path.strip("/")) or "INBOX"
    with _cut_off(reach.connect(host, parts.port or _PORTS[parts.scheme]), reach) as plain:
        if parts.scheme == "imaps":
            authorities = str(reach.home / source.ca_file) if source.ca_file else None
            context = ssl.create_default_context(cafile=authorities)
            connection: socket.socket = context.wrap_socket(plain, server_hostname=host)
        elif _is_here(plain):
            connection = plain
        else:
            raise SourceError(source.address, "imap:// would send the password in clear; write imaps://")
        box = _Box(connection)
        try:
            _enter(box, source, folder)
            yield box
            with suppress(*_FAILURES):
                box.logout()
        finally:
            with suppress(OSError):
                box.client.shutdown()


def _enter(box: BaseMailBox, source: MailboxSource, folder: str) -> None:
    """Log in and look into a folder."""
    password = source.password.reveal()
    try:
        if (source.user + password).isascii():
            box.login(source.user, password, initial_folder=None)
        else:
            box.login_utf8(source.user, password, initial_folder=None)
    except (imaplib.IMAP4.abort, OSError):
        raise
    except (imaplib.IMAP4.error, ImapToolsError):
        raise SourceError(source.address, "the server refuses the user or the password") from None
    try:
        box.folder.set(folder, readonly=True)
    except ImapToolsError:
        raise SourceError(source.address, f"the server has no folder {folder}") from None


@contextmanager
def _cut_off(connection: socket.socket, reach: Reach) -> Iterator[socket.socket]:
    """Shut a connection down after a time: a timer on a duplicate, since TLS takes the socket itself over."""
    held = connection.dup()

    def cut() -> None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, min(SECONDS, reach.deadline - reach.monotonic())), cut)
    timer.daemon = True
    timer.start()
    try:
        yield connection
    finally:
        timer.cancel()
        cut()
        held.close()
        connection.close()


def _is_here(connection: socket.socket) -> bool:
    return str(connection.getpeername()[0]).startswith(("127.", "::1", "::ffff:127."))


def _validity(box: BaseMailBox) -> str:
    _, told = box.client.response("UIDVALIDITY")
    return told[0].decode("ascii", "replace") if told and told[0] else ""


def _uids(box: BaseMailBox, after: int, reach: Reach) -> list[int]:
    """Return the messages to look at, the oldest first: those behind the last one, or where none is known the newest.

    `n:*` names the last message even where it is not behind n.
    """
    day = reach.since - timedelta(days=1)
    since = f"SINCE {day.day}-{_MONTHS[day.month - 1]}-{day.year}"
    criteria = f"UID {after + 1}:*" if after else since if reach.is_first else "ALL"
    found = sorted({int(uid) for uid in box.uids(criteria, charset=None) if uid.isdigit()})
    return [uid for uid in found if uid > after][-MOST_LISTED:] if not after else [uid for uid in found if uid > after]


def _fetched(box: BaseMailBox, uids: Sequence[int], parts: str) -> dict[int, tuple[bytes, bytes]]:
    """Return what the server says of each message, and the part that was asked for; other news of it are passed over.

    A server may write the UID before the part or behind it.
    """
    status, data = box.client.uid("FETCH", ",".join(map(str, uids)), parts)
    if status != "OK":
        raise imaplib.IMAP4.error(str(status))
    found: dict[int, tuple[bytes, bytes]] = {}
    for at, item in enumerate(data):
        if not isinstance(item, tuple):
            continue
        behind = data[at + 1] if at + 1 < len(data) else b""
        told = item[0] + (b" " + behind if isinstance(behind, bytes) else b"")
        if uid := _UID.search(told):
            found[int(uid[1])] = (told, item[1])
    return found


def _said(error: Exception, source: MailboxSource) -> str:
    """Return in words what went wrong, without the password, which some servers repeat."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return "the server fell silent"
    text = " ".join(str(error).split()) or type(error).__name__
    if "EOF" in text or isinstance(error, ConnectionError | EOFError):
        return "the server fell silent, or broke off, in the middle of an answer"
    return text.replace(source.password.reveal(), "…")[:200]
