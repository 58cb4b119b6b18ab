"""E-mail: one message, or a mailbox of many; the text or the HTML part, never a nested message's or an attachment's."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr
from typing import TYPE_CHECKING

from briefing.extract.decoding import declared_charset, decode
from briefing.extract.draft import Draft, Found, problem, remark
from briefing.extract.fragments import fragment_lines, looks_like_markup
from briefing.extract.plain_text import paragraphs_of
from briefing.models import Paragraph, Removal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from briefing.config import Limits
    from briefing.models import Document

MOST_MESSAGES = 2_000
_MOST_PARTS = 200
_TEXT_SHARE = 0.5
"""The plain part is read where it has this part of the HTML part's letters; a shorter one only points to the other."""

_FROM_LINE = re.compile(rb"^From \S.*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", re.MULTILINE)
_LONGEST_SENDER = 998
"""Characters of From, as many as a line of a mail may have (RFC 5322, 2.1.1): reading one is not linear."""
_PREFIX = re.compile(
    r"^(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|rif|odp|ynt|رد|回复|转发)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)
_WROTE = r"wrote|a écrit|schrieb|escribió|ha scritto|schreef|escreveu|skrev|napisał|написала?|пишет|написав|yazdı|كتب"
_ATTRIBUTION = re.compile(
    rf"^(?:(?:On|Le|Am|El|Il|Op|Em|Den|W dniu)\b[^\n]*\n)?(?!>)[^\n]{{3,200}}\b(?:{_WROTE})\b[^\n]{{0,60}}:[ \t]*$"
    r"(?=\s*^>|\s*\Z)",
    re.MULTILINE,
)
"""The line above a quoted mail, or two where it is wrapped: "On Monday, … wrote:"."""
_HEADER = (
    r"(?:From|Date|Sent|To|Cc|Subject|Reply-To|De|À|Objet|Envoyé|Von|An|Datum|Gesendet|Betreff|Para|Enviado|Fecha"
    r"|Asunto|Da|A|Data|Oggetto|Van|Aan|Verzonden|Onderwerp|От|Кому|Дата|Тема|من|إلى|التاريخ|الموضوع)"
)
_FORWARDED = re.compile(
    r"^(?:-{2,20}[^\n-][^\n]{1,60}?-{2,20}|Begin forwarded message:|Début du message (?:transféré|réexpédié)\s?:)"
    rf"[ \t]*\n\s*(?:^[ \t]*\*?{_HEADER}\*?\s?:[^\n]*\n)*",
    re.MULTILINE,
)
"""What mail programs put above a message that is sent on: a line of dashes, and its headers."""
_LINKS = re.compile(r"\s?[<(\[]\s?https?://[^\s<>()\[\]]+\s?[>)\]]")
_SPACES = re.compile(r"\s+")


def read_message(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one message."""
    yield from _read(document.content, document.origin, "", limits)


def read_mailbox(document: Document, limits: Limits) -> Iterator[Found]:
    """Read every message of an mbox file, each an article of its own."""
    starts = [match.end() for match in _FROM_LINE.finditer(document.content)]
    ends = [*(match.start() for match in _FROM_LINE.finditer(document.content)), len(document.content)][1:]
    if not starts:
        yield problem(document.origin, "no message begins in it; a mailbox has a line `From …` above each")
    for number, (start, end) in enumerate(zip(starts[:MOST_MESSAGES], ends, strict=False), start=1):
        message = re.sub(rb"^>(>*From )", rb"\1", document.content[start:end], flags=re.MULTILINE)
        yield from _read(message, f"{document.origin}#{number}", str(number), limits)
    if len(starts) > MOST_MESSAGES:
        yield problem(document.origin, f"only its first {MOST_MESSAGES:,} messages of {len(starts):,} are read")


def _read(content: bytes, origin: str, entry: str, limits: Limits) -> Iterator[Found]:
    try:
        message = BytesParser(policy=compat32).parsebytes(content[: limits.document_bytes])
        plain, markup = _parts(message)
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        yield problem(origin, f"no e-mail can be read in it: {error}")
        return
    removed: tuple[Removal, ...] = ()
    if markup and len(_words(plain)) < _TEXT_SHARE * len(_words(re.sub(r"<[^>]*>", " ", markup[: limits.page_bytes]))):
        lines, removed, complaints = fragment_lines(markup, most=limits.page_bytes)
        yield from (remark(origin, complaint) for complaint in complaints)
    else:
        lines, removed = _plain_lines(plain[: limits.page_bytes])
    if not lines:
        yield problem(origin, "a mail with no text")
        return
    yield Draft(
        entry=entry,
        lines=lines,
        removed=removed,
        title=_PREFIX.sub("", _header(message, "Subject")).strip() or None,
        outlet=_sender(_header(message, "From")),
        published=_header(message, "Date") or None,
        language=_header(message, "Content-Language") or None,
    )


def _parts(message: Message) -> tuple[str, str]:
    """Return the first plain and the first HTML body of a message, outside of attachments and of nested messages."""
    plain = markup = ""
    queue, seen = [message], 0
    while queue and seen < _MOST_PARTS:
        part, seen = queue.pop(0), seen + 1
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or kind == "message/rfc822":
            continue
        payload = part.get_payload()
        if isinstance(payload, list):
            queue[:0] = [item for item in payload if not isinstance(item, str)]
        elif kind == "text/plain" and not plain:
            plain = _text(part)
        elif kind == "text/html" and not markup:
            markup = _text(part)
    if not markup and looks_like_markup(plain[:2_000]) and plain.lstrip().startswith("<"):
        return "", plain
    return plain, markup


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    declared = part.get_content_charset() or declared_charset(content[:4_000])
    return (decode(content, declared=declared) or "").replace("\r\n", "\n").replace("\r", "\n")


def _sender(shown: str) -> str | None:
    """Return the sender's name, or the address; None where there is neither, or what stands there is no address."""
    try:
        name, address = parseaddr(shown[:_LONGEST_SENDER])
    except RecursionError:  # of comments, or groups, within each other
        return None
    return name or address or None


def _header(message: Message, name: str) -> str:
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


def _plain_lines(text: str) -> tuple[tuple[Paragraph, ...], tuple[Removal, ...]]:
    """Return the lines of a plain part without its links, what it quotes, and its signature."""
    body, _, signature = text.partition(match[0]) if (match := _SIGNATURE.search(text)) else (text, "", "")
    removed = [Removal(text=line, reason="signature") for line in signature.split("\n") if line.strip()]
    for pattern, reason in ((_FORWARDED, "forwarded mail"), (_ATTRIBUTION, "quoted mail"), (_QUOTED, "quoted mail")):
        removed += [Removal(text=found, reason=reason) for found in pattern.findall(body)]
        body = pattern.sub("", body)
    body = _LINKS.sub("", body)
    return tuple(Paragraph(text=line) for line in paragraphs_of(body)), tuple(removed)


def _words(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
