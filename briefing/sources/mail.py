"""Mail as a source: which messages are taken, by what each is known, what asks to be confirmed; and Maildirs.

A message is known by its Message-ID with a hash of what it says of itself, never by where it lies: it stays the same
when a server counts anew or a program moves its file. Its links are its reader's own (a click tracks or unsubscribes),
so that an entry has no address but that of the list's public archive, which `extract` finds.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import SourceError
from briefing.extract import header_of
from briefing.languages import language_data, languages
from briefing.opening import TooLargeError, read_regular
from briefing.sources.entries import Collected, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from email.message import Message

    from briefing.config import MailboxSource, MaildirSource, MailFilter
    from briefing.sources.entries import Reach

MOST_BYTES = 10_000_000
"""A larger message is named and not read."""
MOST_MESSAGES = 500
"""New messages of one source that are read in one pass, the oldest first; the next pass goes on."""
REACH_BACK = timedelta(days=30)
"""What is dated before that is news no more, wherever it turns up."""
WAITING = timedelta(days=7)
"""How long a request for confirmation is told."""
TOO_LARGE = "a message of more than 10 MB is not read"

_RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "X-Forwarded-To", "Envelope-To")
_LIST_ID = re.compile(r"<([^<>]*)>")
_IDENTIFYING = ("Message-ID", "Date", "From", "Subject")
_SPACE = re.compile(r"\s+")
_CLOCK_SLACK = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A mail that waits for somebody to confirm a subscription or an address."""

    since: datetime
    subject: str
    sender: str


def header_in(content: bytes) -> Message:
    """Return the header of a message; an empty one where none can be read."""
    try:
        return BytesHeaderParser(policy=compat32).parsebytes(content)
    except (MessageError, LookupError, ValueError, RecursionError):
        return BytesHeaderParser(policy=compat32).parsebytes(b"")


def said(header: Message, name: str) -> str:
    """Return a field as it is shown: decoded, on one line; empty where there is none."""
    text = header_of(header, name)
    return _SPACE.sub(" ", "".join(char if char.isprintable() else " " for char in text)).strip()


def key_of(header: Message, content: bytes | None) -> str | None:
    """Return by what a message is known: its Message-ID, and a hash that tells two apart that share one.

    A message without Message-ID is known by its bytes; None where they are not given.
    """
    if name := _SPACE.sub("", str(header.get("Message-ID") or ""))[:300]:
        identity = "\n".join(_SPACE.sub(" ", str(header.get(field) or "")).strip() for field in _IDENTIFYING)
        return f"{name} {sha256(identity.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return f"sha256:{sha256(content).hexdigest()}" if content is not None else None


def moment_of(header: Message) -> datetime | None:
    """Return when a message was sent, in UTC; None where it does not say so."""
    try:
        found = parsedate_to_datetime(str(header.get("Date") or ""))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_to(header: Message, only: MailFilter) -> bool:
    """Return whether a message was sent to the address that is asked for, or none is."""
    if only.to is None:
        return True
    told = [str(value) for name in _RECIPIENTS for value in header.get_all(name, ())]
    return any(address.casefold() == only.to.casefold() for _, address in getaddresses(told))


def is_wanted(header: Message, only: MailFilter) -> bool:
    """Return whether a message is of the list and to the address that are asked for."""
    if only.list_id is None:
        return is_to(header, only)
    wanted, found = (
        (_LIST_ID.findall(text) or [text.strip()])[-1].strip().casefold()
        for text in (only.list_id, str(header.get("List-Id") or ""))
    )
    return wanted == found and is_to(header, only)


def asks_to_confirm(header: Message) -> bool:
    """Return whether a message asks its reader to confirm a subscription or an address, in any known language."""
    return bool(_confirmations().search(said(header, "Subject").casefold().replace("’", "'")))


@cache
def _confirmations() -> re.Pattern[str]:
    patterns = [pattern for code in languages() for pattern in language_data(code).mail.confirmations]
    return re.compile("|".join(patterns) or "(?!)")


def entry_of(content: bytes, key: str, source: MailboxSource | MaildirSource) -> Entry:
    """Return a message as an entry."""
    header = header_in(content)
    return Entry(
        key=key,
        content=content,
        media_type="message/rfc822",
        title=said(header, "Subject") or None,
        published=moment_of(header),
        outlet=source.outlet,
        language=source.language,
    )


def is_past(header: Message, now: datetime) -> bool:
    """Return whether a message is too old to be news."""
    moment = moment_of(header)
    return moment is not None and moment < now - REACH_BACK


def waiting_for(header: Message, now: datetime) -> Waiting:
    """Return what is told of a message that asks to be confirmed."""
    return Waiting(since=moment_of(header) or now, subject=said(header, "Subject")[:120], sender=said(header, "From"))


def still_waiting(memory: Mapping[str, str], found: Iterable[Waiting], now: datetime) -> tuple[str, tuple[str, ...]]:
    """Return the requests for confirmation that are not old yet, as memory keeps them, and what is told of them."""
    try:
        kept = [Waiting(since=datetime.fromisoformat(at), subject=about, sender=of)
                for at, about, of in json.loads(memory.get("waiting") or "[]")]  # fmt: skip
    except (ValueError, TypeError):
        kept = []
    waiting = [one for one in dict.fromkeys((*kept, *found)) if one.since > now - WAITING]
    told = tuple(
        f"a mail waits for you: “{one.subject}” from {one.sender}, {one.since:%Y-%m-%d %H:%M} UTC" for one in waiting
    )
    return json.dumps([[one.since.isoformat(), one.subject, one.sender] for one in waiting]), told


# -- Maildir -----------------------------------------------------------------------------------------------------------


def collect_maildir(source: MaildirSource, reach: Reach) -> Collected:
    """Read the messages of a Maildir that came since the last pass; nothing in it is touched or moved."""
    folder = reach.home / Path(source.maildir).expanduser()
    changed = float(reach.memory.get("changed") or 0)
    entries: dict[str, Entry] = {}
    waiting: list[Waiting] = []
    remarks: list[str] = []
    newest, left = changed, 0
    for at, name in sorted(_messages(folder)):
        if at < changed - _CLOCK_SLACK:
            continue
        if len(entries) >= MOST_MESSAGES or reach.monotonic() >= reach.deadline:
            left += 1
            continue
        content = _content(folder, name)
        newest = max(newest, at)
        if isinstance(content, str):
            remarks.append(content)
            continue
        header = header_in(content or b"")
        if content is None or is_past(header, reach.now):
            continue
        if asks_to_confirm(header) and is_to(header, source.only):
            waiting.append(waiting_for(header, reach.now))
        elif is_wanted(header, source.only):
            key = key_of(header, content) or ""
            if reach.mark_of(key) is None:
                entries.setdefault(key, entry_of(content, key, source))
    memory, told = still_waiting(reach.memory, waiting, reach.now)
    remarks += told
    if left:
        remarks.append(f"{left} more messages are read at the next pass")
    return Collected(
        entries=tuple(entries.values()), memory={"changed": repr(newest), "waiting": memory}, remarks=tuple(remarks)
    )


def _messages(folder: Path) -> Iterator[tuple[float, str]]:
    """Yield when the file of each message was last changed or moved, and its name below the folder.

    That is the system's own time: a program may set the other one to the day of the message.
    """
    found = False
    for part in ("new", "cur"):
        try:
            for item in (folder / part).iterdir():
                if not item.name.startswith("."):
                    yield item.lstat().st_ctime, f"{part}/{item.name}"
            found = True
        except FileNotFoundError:
            continue
        except OSError as error:
            raise SourceError(str(folder), f"cannot be listed: {error.strerror or error}") from error
    if not found:
        raise SourceError(str(folder), "it is no Maildir: it has no folders `new` and `cur`")


def _content(folder: Path, name: str) -> bytes | str | None:
    """Return a message's bytes; what is told where it is not read; None where it was taken away.

    A mail program moves a message from `new` to `cur`, and changes what stands behind the colon, when it shows it.
    """
    unique = name.partition("/")[2].partition(":")[0]
    moved = (path.relative_to(folder).as_posix() for path in (folder / "cur").glob(f"{_literal(unique)}*"))
    for candidate in (name, *moved):
        try:
            return read_regular(folder / candidate, most_bytes=MOST_BYTES, within=folder)
        except FileNotFoundError:
            continue
        except TooLargeError:
            return TOO_LARGE
        except OSError as error:
            return f"a message cannot be read: {error.strerror or error}"
    return None


def _literal(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)
