"""The mail message: headers made by hand, so that no title can add one; bytes that never change from try to try."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from briefing.edition import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefing.delivery.channels import Payload
    from briefing.edition import EditionInfo
    from briefing.render import Mail

UNDISCLOSED = "undisclosed-recipients:;"
"""What stands in To where the message names no recipient (RFC 5322, 3.4)."""

LONGEST_SUBJECT = 400
"""Characters of a title, a lead and a date, with room."""

_WORD_BYTES = 39
"""Of text in one encoded word: 64 characters, so that a line with its header's name has at most 76 (RFC 2047, 2)."""

_BARE = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*")
_PLAIN = re.compile(r"[\x21-\x7e]+( [\x21-\x7e]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message without its To and Message-ID: `bytes_to` adds them."""

    head: tuple[tuple[str, str], ...]
    body: bytes
    """MIME headers, an empty line, and the parts; lines end in CRLF."""
    stamp: str
    """What its Message-IDs are made of beside the recipient."""
    domain: str

    def message_id(self, recipient: str) -> str:
        """Return the same Message-ID for the same edition and recipient, always."""
        digest = sha256(f"{self.stamp}\n{recipient}".encode()).hexdigest()[:32]
        return f"<{digest}@{self.domain}>"

    def bytes_to(self, recipient: str) -> bytes:
        """Return the whole message; `recipient` is an address, or `UNDISCLOSED`."""
        fields = (*self.head, ("To", recipient), ("Message-ID", self.message_id(recipient)))
        head = "".join(f"{name}: {value}\r\n" for name, value in fields)
        return head.encode() + self.body  # not ASCII where an address is not, which needs SMTPUTF8 (RFC 6532)


def letter(payload: Payload, mail: Mail, *, sender: Sender, attached: bool) -> Letter:
    """Return the message of an edition, with its PDF or without."""
    message = EmailMessage(policy=SMTP)
    message.set_content(mail.text, charset="utf-8", cte="base64")
    message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="base64")
    pdf = payload.file("brief.pdf")
    if attached and pdf is not None:
        name = attachment_name(payload.brief.edition)
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename=name)
    _fix_boundaries(message, payload.sha256)
    return Letter(
        head=(
            *sender.head(),
            ("Subject", encoded(one_line(mail.subject, LONGEST_SUBJECT))),
            ("Date", format_datetime(payload.built_at)),
        ),
        body=message.as_bytes(),
        stamp=f"{payload.id}\n{payload.sha256}\n{sender.address}",
        domain=sender.domain,
    )


def notice(title: str, text: str, *, sender: Sender, at: datetime) -> Letter:
    """Return a short plain message about a failure."""
    message = EmailMessage(policy=SMTP)
    message.set_content(text, charset="utf-8", cte="base64")
    return Letter(
        head=(*sender.head(), ("Subject", encoded(one_line(title))), ("Date", format_datetime(at))),
        body=message.as_bytes(),
        stamp=f"notice\n{at.isoformat()}\n{title}\n{text}",
        domain=sender.domain,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who the mail comes from, and how clients file it."""

    name: str
    address: str
    reply_to: str | None
    list_id: str
    unsubscribe: str | None = None

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]

    def head(self) -> tuple[tuple[str, str], ...]:
        """Return the headers that are the same in every message."""
        shown = f"{_phrase(self.name)} <{self.address}>" if self.name else self.address
        ending = (("List-Unsubscribe", f"<{self.unsubscribe}>"),) if self.unsubscribe else ()  # RFC 2369, 3.2
        answers = (("Reply-To", self.reply_to),) if self.reply_to else ()
        return (
            ("From", shown),
            *answers,
            ("List-Id", f"<{self.list_id}>"),
            *ending,
            ("Auto-Submitted", "auto-generated"),  # RFC 3834: keeps out-of-office replies away
        )


def sender_of(shown: str, *, reply_to: str | None, list_id: str | None, unsubscribe: str | None = None) -> Sender:
    """Return the sender that config.yaml writes as `desk@example.org` or `Desk <desk@example.org>`."""
    name, _, address = shown.rstrip(">").rpartition("<")  # parseaddr would stop at a comma in the name
    return Sender(
        name=one_line(name, 100),
        address=address,
        reply_to=reply_to,
        list_id=list_id or address.replace("@", "."),
        unsubscribe=unsubscribe,
    )


def attachment_name(edition: EditionInfo) -> str:
    """Return a file name that says which brief this is: `Eastern Syria daily brief 2019-03-21.pdf`."""
    from anyascii import anyascii

    words = re.findall(r"[A-Za-z0-9]+", anyascii(one_line(edition.title)))
    return f"{' '.join([*words, edition.id])[-100:].strip()}.pdf"


def encoded(text: str) -> str:
    """Return a header's value in ASCII: as it is, or as encoded words (RFC 2047), folded between them."""
    if "=?" not in text and len(text) <= 60 and _PLAIN.fullmatch(text):
        return text
    return _words(text)


def _phrase(name: str) -> str:
    """Return a name as it may stand before an address (RFC 5322, 3.2.5): bare words, or encoded."""
    return name if _BARE.fullmatch(name) else _words(name)


def _words(text: str) -> str:
    return "\r\n ".join(f"=?utf-8?b?{b64encode(piece).decode()}?=" for piece in _pieces(text))


def _pieces(text: str) -> list[bytes]:
    """Cut between characters, so that every encoded word is valid by itself (RFC 2047, 5)."""
    pieces = [b""]
    for character in text:
        content = character.encode()
        if len(pieces[-1]) + len(content) > _WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += content
    return pieces


def _fix_boundaries(message: EmailMessage, seed: str) -> None:
    """Give the parts boundaries that are the same from try to try; the library would draw them by lot."""
    parts: Sequence[EmailMessage] = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts):
        part.set_boundary(f"=_{seed[:32]}_{number}")
