"""E-mail: a message, or a mailbox; what is sent on or attached, and each story of a newsletter, is an article."""

from __future__ import annotations

import re
from dataclasses import replace
from email.errors import MessageError
from email.parser import BytesParser
from email.policy import compat32
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.extract.assembling import web_address
from briefing.extract.boilerplate import reason_to_remove
from briefing.extract.dates import date_in
from briefing.extract.digests import Line, parted, stories_of_mail
from briefing.extract.draft import Draft, Found, Inner, problem, remark
from briefing.extract.lines import closes, unwrapped
from briefing.extract.mail_parts import Parts, header_of, parts_of, saved_page
from briefing.extract.mail_threads import (
    Level,
    attribution,
    chosen_level,
    ends_forward,
    furniture,
    is_quoted,
    is_remark,
    levels_of,
    quoted_sender,
    sender_of,
    split_subject,
    unquoted,
)  # fmt: skip
from briefing.extract.markup import Block, fragment_blocks, heads_text, reason_of_block
from briefing.extract.media_types import MAIL
from briefing.models import Document, Paragraph, Removal, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from email.message import Message

    from briefing.config import Limits

MOST_MESSAGES = 2_000
_TEXT_SHARE = 0.5
"""The HTML part is read where it has this part of the plain part's letters; a shorter one is an empty shell."""
_OWN_TEXT_WORDS = 60
"""What somebody wrote above a mail that is sent on is an article of its own from so many words on."""
_MOST_FOOT = 9
_MARKED_LINES = 5
"""The lines at the head and the foot of a mail in which it says who may read what is attached."""

_FROM_LINE = re.compile(rb"^From \S.*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", re.MULTILINE)
_FOLDED_BOUNDARY = re.compile(rb"(boundary=\"[^\"\r\n]*)\r?\n(?=[ \t][^\"\r\n]*\")", re.IGNORECASE)
_LISTED = re.compile(r"^-{20,}\n+(?=Message: \d+\n)", re.MULTILINE)
_LIST_END = re.compile(r"^-{20,}\n+(?=Subject: Digest Footer|End of )", re.MULTILINE)
"""How mailing lists set the mails of a digest apart (RFC 1153)."""
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LIST_NAME = re.compile(r"^\[[^\[\]]{2,30}\]\s+")
_VIA = re.compile(r"(?<=\S)['’]?\s+via\s+.*$")
_LIST_FOOT = re.compile(r"^(?:_{20,}|-{20,})$")
_SIGNATURE = re.compile(r"^-- ?$")
_LINK = re.compile(r"\s?[<(\[]\s?(https?://[^\s<>()\[\]]+)\s?[>)\]]")
_OWN_LINK = re.compile(r"\b(?:https?://|www\.)\S")
"""An address within a sentence. It is its reader's own: printed, it would tell on the desk or unsubscribe it."""
_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")
_LIST_ID = re.compile(r"<([^<>]*)>")
_HEADER_ADDRESS = re.compile(r"https?://[^\s<>]+")


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
        unfolded = _FOLDED_BOUNDARY.sub(rb"\1", content[: limits.document_bytes])
        message = BytesParser(policy=compat32).parsebytes(unfolded)
        parts = parts_of(message)
    except (MessageError, LookupError, ValueError, RecursionError) as error:
        yield problem(origin, f"no e-mail can be read in it: {error}")
        return
    if message.get_content_type() == "multipart/report" or header_of(message, "Auto-Submitted").startswith(
        "auto-replied"
    ):
        yield problem(origin, "an automatic reply, or a report on a mail that was not delivered")
        return
    saved = saved_page(message)
    if saved:
        yield Inner(document=replace(saved[0], origin=origin), entry=entry, url=saved[1])
        return
    listed = _listed_messages(parts.plain)
    for number, (one, around) in enumerate(listed, start=1):
        inner = Document(origin=f"{origin}#{number}", media_type=MAIL, content=one.encode("utf-8", "replace"))
        cover = tuple(Removal(text=line, reason="frame of a digest") for line in around if line.strip())
        yield Inner(document=inner, entry="#".join(filter(None, (entry, str(number)))), removed=cover)
    if listed:
        return
    lines, removed, complaints = _lines_of(parts, limits.page_bytes)
    yield from (remark(origin, complaint) for complaint in complaints)
    drafts, cover = _drafts(message, lines, removed, has_attachments=bool(parts.attached))
    for draft in map(_without_links, drafts):
        yield replace(draft, entry="#".join(filter(None, (entry, draft.entry))))
    marks = (*_marks(message), *(line.text for line in (*lines[:_MARKED_LINES], *lines[-_MARKED_LINES:])))
    for name, document, refusal in parts.attached:
        where = "#".join(filter(None, (entry, name)))
        if document is None:
            yield remark(origin, f"the attachment {name} is not read: {refusal}")
        else:
            inner = replace(document, origin=f"{origin}#{name}")
            yield Inner(document=inner, entry=where, removed=cover, marks=marks)
            cover = ()
    if not drafts and not any(document for _, document, _ in parts.attached):
        yield problem(origin, "a mail with no text")


def _listed_messages(text: str) -> list[tuple[str, list[str]]]:
    """Return the mails of a mailing list's digest, each with the lines around its text; none where it is no digest."""
    opening, *blocks = _LISTED.split(text)
    found: list[tuple[str, list[str]]] = []
    for block in blocks:
        head, _, body = block.strip("\n").partition("\n\n")
        fields = [line for line in head.split("\n")[1:] if not line.lower().startswith("content-")]
        own, *rest = _LIST_END.split(body, maxsplit=1)
        around = [*(opening.split("\n") if not found else ()), *head.split("\n"), *"\n".join(rest).split("\n")]
        found.append(("\n".join((*fields, "Content-Type: text/plain; charset=utf-8", "", own)), around))
    return found


def _marks(message: Message) -> tuple[str, ...]:
    """Return where a mail's header says who may read it."""
    return header_of(message, "Subject"), header_of(message, "X-TLP")


def _without_links(draft: Draft) -> Draft:
    """Return a draft without the sentences that have an address in them."""
    lines: list[Paragraph] = []
    removed: list[Removal] = []
    for line in draft.lines:
        if not _OWN_LINK.search(line.text) or reason_to_remove(line.text):
            lines.append(line)
            continue
        parts = _SENTENCE.split(line.text)
        kept = " ".join(part for part in parts if not _OWN_LINK.search(part))
        removed += [Removal(text=part, reason="a reader's own link") for part in parts if _OWN_LINK.search(part)]
        lines += [replace(line, text=kept)] if kept else []
    return replace(draft, lines=tuple(lines), removed=(*draft.removed, *removed)) if removed else draft


# -- lines -----------------------------------------------------------------------------------------------------------


def _lines_of(parts: Parts, most: int) -> tuple[list[Line], tuple[Removal, ...], tuple[str, ...]]:
    """Return the lines that a mail program shows: the HTML's, or the plain part's where that is an empty shell."""
    if parts.markup:
        blocks, marks, complaints = fragment_blocks(parts.markup, most=most)
        letters = sum(len(_letters(block.text)) for block in blocks)
        if letters and letters >= _TEXT_SHARE * len(_letters(parts.plain[:most])):
            more = [Line(line) for text in parts.more for line in unwrapped(text)]
            return [*(_line(blocks, at) for at in range(len(blocks))), *more], marks, complaints
    text = parts.plain[:most]
    text = _unflowed(text, delsp=parts.flowed) if parts.flowed is not None else text
    text = "\n\n".join((text, *parts.more))
    addresses = tuple(Removal(text=address, reason="address") for address in _LINK.findall(text))
    return [Line(line) for line in _UNSEEN.sub("", _LINK.sub("", text)).split("\n")], addresses, ()


def _line(blocks: Sequence[Block], at: int) -> Line:
    block = blocks[at]
    heads = block.is_link and heads_text(blocks, at)
    role = Role.HEADING if block.is_link else block.role
    return Line(block.text, role, heads, reason_of_block(blocks, at), "blockquote" in block.tags, block.is_link)


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _unflowed(text: str, *, delsp: str) -> str:
    """Return flowed text with its soft line ends gone (RFC 3676): a line that ends in a blank goes on in the next."""
    lines: list[str] = []
    is_open, depth = False, 0
    for raw in text.split("\n"):
        marks = len(raw) - len(raw.lstrip(">"))
        line = raw[marks:].removeprefix(" ")
        quoted = f"{'>' * marks} {line}" if marks else line
        if is_open and marks == depth and line.rstrip(" ") != "--":
            lines[-1] += line
        else:
            lines.append(quoted)
        is_open, depth = line.endswith(" ") and line != "-- ", marks
        if is_open and delsp == "yes":
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


# -- whose words ------------------------------------------------------------------------------------------------------


def _drafts(
    message: Message, lines: Sequence[Line], removed: Sequence[Removal], *, has_attachments: bool
) -> tuple[list[Draft], tuple[Removal, ...]]:
    """Return the articles that the text of a mail holds; or none, and what of it only points to what is attached."""
    subject, forwarded, replied = split_subject(header_of(message, "Subject"))
    base = Draft(
        lines=(),
        removed=tuple(removed),
        title=(_LIST_NAME.sub("", subject) if message.get("List-Id") or message.get("List-Post") else subject) or None,
        outlet=_VIA.sub("", sender_of(header_of(message, "From")) or "") or None,
        sender=_sent_by(message),
        url=_archive(message),
        published=header_of(message, "Date") or None,
        language=header_of(message, "Content-Language") or None,
        marks=_marks(message),
    )
    lines, gone, told = _without_quotes(lines, is_forward=forwarded)
    if told:
        base = replace(base, outlet=quoted_sender(told) or None, sender="", published=date_in(told))
    levels = levels_of([line.text for line in lines])
    chosen = chosen_level([line.text for line in lines], levels, forwarded=forwarded, replied=replied)
    found: list[Draft] = []
    for number, level in enumerate(levels):
        head = [Removal(text=line.text, reason="forwarded mail") for line in lines[level.start : level.body]]
        own = lines[level.body : level.end]
        if number and own and (last := next((line for line in reversed(own) if line.text.strip()), None)):
            head += [Removal(text=last.text, reason="forwarded mail")] if ends_forward(last.text) else []
            own = [line for line in own if line is not last or not ends_forward(line.text)]
        gone += [removal for removal in head if removal.text.strip()]
        is_text = number == chosen or (number < chosen and _words(own) >= _OWN_TEXT_WORDS)
        if is_text:
            draft = _as_sent_on(base, level) if number else base
            found += _articles(draft, own, entry=str(number) if number < chosen else "")
        else:
            reason = "forwarder's remark" if number < chosen else "quoted mail"
            gone += [Removal(text=line.text, reason=reason) for line in own if line.text.strip()]
    if gone and found:
        found[-1] = replace(found[-1], removed=(*found[-1].removed, *gone))
    said = [line.text for draft in found for line in draft.lines]
    if not said or (has_attachments and len(found) == 1 and is_remark(said)):
        cover = [Removal(text=text, reason="cover note") for text in said]
        return [], (*cover, *(gone if not found else found[0].removed))
    return found, ()


def _sent_by(message: Message) -> str:
    """Return the List-Id of a mail's list, or else the domain of its sender; "" where it has neither."""
    listed = _LIST_ID.findall(header_of(message, "List-Id"))
    address = sender_of(re.sub(r"^.*<", "<", header_of(message, "From"))) or ""
    return (listed[-1] if listed else address.rpartition("@")[2] if "@" in address else "").strip().casefold()


def _archive(message: Message) -> str | None:
    """Return the address of a list's archive, or of the message in it: the only ones that are the same for all."""
    found = (_HEADER_ADDRESS.search(header_of(message, name)) for name in ("List-Archive", "Archived-At"))
    archive, own = (web_address(match[0]) if match else None for match in found)
    return own if archive and own and urlsplit(own).netloc == urlsplit(archive).netloc else archive


def _as_sent_on(base: Draft, level: Level) -> Draft:
    """Return the draft of a mail that is sent on: it is its sender's, of its own day."""
    return replace(
        base,
        title=level.subject or base.title,
        outlet=level.sender or None,
        sender="",
        published=level.sent or None,
        url=None,
    )


def _words(lines: Sequence[Line]) -> int:
    return sum(len(line.text.split()) for line in lines)


def _without_quotes(lines: Sequence[Line], *, is_forward: bool) -> tuple[list[Line], list[Removal], str | None]:
    """Take out what is quoted of other mails; where it is all that is sent on, take its marks off instead.

    The third value is then what says who wrote it.
    """
    cited = {at for at, line in enumerate(lines) if is_quoted(line.text) or line.quoted}
    if not cited:
        return list(lines), [], None
    bare = [replace(line, text=unquoted(line.text), quoted=False) for line in lines]
    levels = levels_of([line.text for line in bare])[1:]
    marked = next(
        (level for level in levels if _is_cited(level, lines, cited) and (level.is_forward or is_forward)), None
    )
    if marked:  # what is sent on is itself marked as quoted
        return _without_quotes([*lines[: marked.start], *bare[marked.start :]], is_forward=is_forward)
    told = {at for at, line in enumerate(lines) if at not in cited and attribution(line.text)}
    told |= {at - 1 for at in told if at and _opens_attribution(lines[at - 1].text)}
    others = cited | told
    kept = [line for at, line in enumerate(lines) if at not in others]
    own = [line.text for line in kept if line.text.strip()]
    reason = "quoted mail"
    sender = None
    if is_forward and is_remark(own):
        kept, reason = [bare[at] for at in sorted(cited)], "forwarder's remark"
        sender = lines[min(told)].text if told else None
    elif not told and any(line.quoted for line in lines):  # a page that sets a quotation apart
        return list(lines), [], None
    left = [line.text for at, line in enumerate(lines) if (at in cited) == (reason == "quoted mail") or at in told]
    return kept, [Removal(text=text, reason=reason) for text in left if text.strip(" >")], sender


def _is_cited(level: Level, lines: Sequence[Line], cited: set[int]) -> bool:
    """Return whether the header of a mail that is sent on is marked as quoted, or all of its text is."""
    text = [at for at in range(level.body, level.end) if lines[at].text.strip()]
    return level.body - 1 in cited or (bool(text) and cited.issuperset(text))


def _opens_attribution(line: str) -> bool:
    """Return whether a line is the first half of "On Monday, 4 May 2021, Anna wrote:"."""
    return any(char.isdigit() for char in line) and not closes(line) and not is_quoted(line)


# -- articles ---------------------------------------------------------------------------------------------------------


def _articles(draft: Draft, lines: Sequence[Line], *, entry: str) -> list[Draft]:
    """Return what one mail tells: an article, or several where it has a headline above each."""
    shown, removed = _own_lines(lines, draft.outlet or "")
    draft = replace(draft, removed=(*draft.removed, *removed))
    stories = stories_of_mail(draft, shown)
    if stories:
        return stories
    kept, gone = parted(shown)
    return [replace(draft, lines=kept, removed=(*draft.removed, *gone), entry=entry)] if kept or gone else []


def _own_lines(lines: Sequence[Line], sender: str) -> tuple[list[Line], list[Removal]]:
    """Return the lines of a mail's text without greeting, signature and notices; plain lines joined to paragraphs."""
    is_plain = all(line.role is Role.BODY and not line.reason for line in lines)
    removed: list[Removal] = []
    texts = [line.text for line in lines]
    cut = next((at for at, text in enumerate(texts) if _SIGNATURE.match(text)), len(texts))
    removed += [Removal(text=text, reason="signature") for text in texts[cut + 1 :] if text.strip()]
    foot = max((at for at, text in enumerate(texts[:cut]) if _LIST_FOOT.match(text.strip())), default=cut)
    if foot < cut and cut - foot <= _MOST_FOOT and _is_list_foot(texts[foot:cut]):
        removed += [Removal(text=text, reason="mailing list's foot") for text in texts[foot:cut] if text.strip()]
        cut = foot
    shown = [Line(text) for text in unwrapped("\n".join(texts[:cut]))] if is_plain else list(lines[:cut])
    shown = [line for line in shown if line.text.strip()]
    reasons = dict(furniture([line.text for line in shown], sender))
    removed += [Removal(text=shown[at].text, reason=reasons[at]) for at in sorted(reasons)]
    return [line for at, line in enumerate(shown) if at not in reasons], removed


def _is_list_foot(lines: Sequence[str]) -> bool:
    said = " ".join(lines).casefold()
    return any(word in said for word in ("mailing list", "listinfo", "unsubscribe", "@lists.", "/lists"))
