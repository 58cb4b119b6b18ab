"""The parts of a mail: its plain and its HTML body, what is attached, a page that a browser has saved as one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from typing import TYPE_CHECKING

from briefing.extract import media_types
from briefing.extract.cleaning import declared_charset, decode
from briefing.extract.markup import fragment_lines, looks_like_markup
from briefing.models import Document

if TYPE_CHECKING:
    from email.message import Message

_MOST_PARTS = 200
_SAVED_BY = re.compile(r"^\W*saved by \w", re.IGNORECASE)
_READ_WITHIN = {
    media_types.PDF, media_types.WORD, media_types.MAIL, media_types.HTML, media_types.MARKDOWN, media_types.CSV,
    media_types.JSON, media_types.ZIP, media_types.TEXT,
}  # fmt: skip
"""What is read of what is attached."""
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a mail is made of."""

    plain: str
    flowed: str | None
    """How a plain part is wrapped: None, or what `delsp` says."""
    markup: str
    attached: tuple[tuple[str, Document | None, str], ...]
    """Name, document or why it is not read."""
    more: tuple[str, ...] = ()
    """The texts that a mail program shows below the first: behind an attachment, or a mailing list's foot."""


def parts_of(message: Message) -> Parts:
    """Return the first plain and the first HTML body of a message, and what is attached to it."""
    plain = markup = ""
    flowed: str | None = None
    attached: list[tuple[str, Document | None, str]] = []
    more: list[str] = []
    queue, seen = [message], 0
    while queue and seen < _MOST_PARTS:
        part, seen = queue.pop(0), seen + 1
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind == "message/rfc822" and part is not message:
            attached.append(_attachment(part, len(attached)))
        elif isinstance(payload, list):
            queue[:0] = [item for item in payload if not isinstance(item, str)]
        elif _is_attached(part, is_first=not (plain or markup)) or kind not in ("text/plain", "text/html"):
            attached += [_attachment(part, len(attached))] if _is_worth_naming(part, kind) else []
        elif kind == "text/plain" and not plain:
            plain = _text(part)
            is_flowed = str(part.get_param("format") or "").lower() == "flowed"
            flowed = str(part.get_param("delsp") or "no").lower() if is_flowed else None
        elif kind == "text/html" and not markup:
            markup = _text(part)
        elif (text := _text(part)).strip():
            more.append(_shown(text) if kind == "text/html" else text)
    if not markup and looks_like_markup(plain[:2_000]) and plain.lstrip().startswith("<"):
        plain, markup = "", plain
    return Parts(plain, flowed, markup, tuple(attached), tuple(more))


def _is_attached(part: Message, *, is_first: bool) -> bool:
    """Return whether a text is a document beside the mail's own: it says so, or has a file's name behind the text."""
    return part.get_content_disposition() == "attachment" or (bool(part.get_filename()) and not is_first)


def _shown(markup: str) -> str:
    """Return the text of a further HTML part."""
    return "\n\n".join(line.text for line in fragment_lines(markup, most=len(markup) * 4)[0])


def _is_worth_naming(part: Message, kind: str) -> bool:
    """Return whether a part is a document that somebody attached: pictures of the text and keys are none."""
    is_inline = part.get_content_disposition() != "attachment" or part.get("Content-ID") is not None
    own = (
        kind.startswith(("image/", "multipart/"))
        or "signature" in kind
        or kind in ("text/calendar", "text/rfc822-headers")
    )
    return not (own and is_inline) and "signature" not in kind and kind != "message/delivery-status"


def _attachment(part: Message, number: int) -> tuple[str, Document | None, str]:
    payload = part.get_payload()
    if isinstance(payload, list) and payload:  # a mail within the mail
        inner = payload[0]
        name = f"mail-{number + 1}"
        content = inner.as_bytes() if not isinstance(inner, str) else inner.encode()
        return name, Document(origin=name, media_type=media_types.MAIL, content=content), ""
    decoded = part.get_payload(decode=True)
    name = _SPACES.sub(" ", str(part.get_filename() or "")).strip() or f"part-{number + 1}"
    content = decoded if isinstance(decoded, bytes) else b""
    claim = media_types.name_promises(name)
    claim = claim if claim != media_types.UNKNOWN else part.get_content_type()
    document = Document(origin=name, media_type=claim, content=content)
    refusal = media_types.foreign(content)
    if part.get_content_type() == "application/ms-tnef":
        refusal = "Outlook has packed it; ask for it as a mail of plain text or HTML"
    if refusal or not content:
        return name, None, refusal or "it is empty"
    kind = media_types.media_type(document)
    if kind not in _READ_WITHIN:
        return name, None, f"documents of type {kind} are not read"
    return name, document, ""


def saved_page(message: Message) -> tuple[Document, str | None] | None:
    """Return the page that a browser has saved as MHTML, and from where; None where it is a mail."""
    if not (_SAVED_BY.search(header_of(message, "From")) or message.get("Snapshot-Content-Location")):
        is_archive = message.get_content_type() == "multipart/related" and not message.get("To")
        if not (is_archive and any(part.get("Content-Location") for part in message.walk())):
            return None
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    content = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(content, bytes):
        return None
    charset = page.get_content_charset()
    if charset and charset.lower() not in ("utf-8", "us-ascii") and not declared_charset(content[:4_000]):
        content = (decode(content, declared=charset) or "").encode("utf-8", "replace")
    url = header_of(message, "Snapshot-Content-Location") or header_of(page, "Content-Location")
    return Document(origin="", media_type=media_types.HTML, content=content), url or None


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    declared = part.get_content_charset() or declared_charset(content[:4_000])
    return (decode(content, declared=declared) or "").replace("\r\n", "\n").replace("\r", "\n")


def header_of(message: Message, name: str) -> str:
    """Return a header as text on one line, its encoded words decoded as well as they can be."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        parts = decode_header(value)
    except (MessageError, ValueError):
        parts = [(str(value), None)]
    texts = [part if isinstance(part, str) else (decode(part, declared=label) or "") for part, label in parts]
    return _SPACES.sub(" ", "".join(texts)).strip()
