"""What in a mail is whose: the sender's own words, one that is sent on or quoted, greeting and signature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING

from briefing.extract.dates import date_in
from briefing.extract.lines import closes
from briefing.languages import language_data, languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.languages import MailWords

MOST_LEVELS = 60
_REMARK_WORDS = 40
"""The most words that whoever sends a mail on writes above it without having written a text."""
_LONGEST_SENDER = 998
"""Characters of From, as many as a line of a mail may have (RFC 5322, 2.1.1): reading one is not linear."""
_HEADER_LINES = 14
_FEWEST_LABELS = 3
_HEAD_LINES = 3
_TAIL_LINES = 60
"""Lines at the end of a mail in which somebody takes leave, signs or warns."""
_NOTICE_CHARS = 30
_SIGNATURE_LINES = 10
_SIGNATURE_CHARS = 120
_SHORT_CHARS = 90
_RULE = re.compile(r"^[\s\-–—_=*>#]*|[\s\-–—_=*<#:]*$")
_LABEL = re.compile(r"^[\s>*|]{0,6}(?P<label>[^\W\d_][\w .-]{0,24}?)\*?\s?[:：]\*?\s*(?P<value>.*)$")
_QUOTE = re.compile(r"^\s?>\s?")
_ATTRIBUTION = re.compile(r"^(?!>)(?P<who>.{3,250})[:：]\s*$")
_SAID_BY = re.compile(
    r"(?P<when>[^<>@]{0,60}\d{4}[^<>@]{0,40}?),?\s*"
    r"(?P<who>(?:\"[^\"]{1,80}\"|[^\d,<>:\"][^,<>]{0,80}?)\s*<[^<>@\s]+@[^<>\s]+>)\s*[:：]$"
)
"""What some programs write in place of a header: 20.03.2019, 07:00, "Post" <news@post.example>:"""
_ENDED = re.compile(r"^-{4,}\s?[^\W\d_][^-]{5,80}\S\s?-{4,}$")
_NUMBERED_RE = re.compile(r"^(?P<word>[^\W\d_]{1,6})\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*", re.IGNORECASE)
_REPLY = frozenset(["re", "aw", "sv", "antw", "rif", "odp", "ynt", "vs", "ref", "res", "отв", "رد", "回复", "答复"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A mail within a mail: where its text begins and ends among the lines, and what its own header says."""

    start: int
    """The first line of its header, or of what announces it."""
    body: int
    end: int
    sender: str = ""
    sent: str = ""
    subject: str = ""
    is_forward: bool = False
    """Whether what stands above it says that it is sent on."""


@cache
def _words() -> tuple[MailWords, ...]:
    return tuple(words for code in languages() if (words := language_data(code).mail).sender or words.greetings)


@cache
def _labels() -> Mapping[str, str]:
    """Return what each label of a header means: sender, sent, subject or further."""
    found: dict[str, str] = {}
    for kind in ("further", "sent", "subject", "sender"):
        for words in _words():
            found.update(dict.fromkeys(getattr(words, kind), kind))
    return found


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{said})" for words in _words() for said in getattr(words, name)))


@cache
def _wrote() -> re.Pattern[str]:
    said = "|".join(sorted({re.escape(word) for words in _words() for word in words.wrote}, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)


def _folded(line: str) -> str:
    return line.casefold().replace("’", "'").strip()


def split_subject(subject: str) -> tuple[str, bool, bool]:
    """Return a subject without what mail programs put before it, and whether it says forwarded, and replied."""
    forwards = frozenset(prefix for words in _words() for prefix in words.forward_prefixes)
    forwarded = replied = False
    while (match := _NUMBERED_RE.match(subject)) and (word := match["word"].casefold()) in forwards | _REPLY:
        forwarded, replied = forwarded or word in forwards, replied or word not in forwards
        subject = subject[match.end() :]
    return subject.strip(), forwarded, replied


def levels_of(lines: Sequence[str]) -> list[Level]:
    """Return the mails that a text holds, the outermost first; the first of them is the text's own."""
    found = [Level(start=0, body=0, end=len(lines))]
    at = 0
    while at < len(lines) and len(found) <= MOST_LEVELS:
        level = _level_at(lines, at)
        if level is None:
            at += 1
            continue
        found[-1] = _ended(found[-1], level.start)
        found.append(level)
        at = max(level.body, at + 1)
    return found


def _ended(level: Level, end: int) -> Level:
    return Level(
        start=level.start, body=level.body, end=end, sender=level.sender, sent=level.sent, subject=level.subject,
        is_forward=level.is_forward,
    )  # fmt: skip


def _level_at(lines: Sequence[str], at: int) -> Level | None:
    line = lines[at]
    marker = _marker(line)
    if marker is not None:
        after = next((n for n in range(at + 1, min(at + 5, len(lines))) if lines[n].strip(" >")), len(lines))
        fields, body = _header(lines, after)
        if after < len(lines) and not fields and (said := _SAID_BY.match(lines[after].strip(" >"))):
            fields, body = {"sender": said["who"], "sent": date_in(said["when"]) or ""}, after + 1
        if len(fields) >= 2 or marker:
            return _level(lines, at, body=body if fields else after, fields=fields, is_forward=marker)
        return None
    if ":" not in line and "：" not in line:
        return None
    first = _label(line)
    if first is None or first[0] != "sender":
        return None
    fields, body = _header(lines, at)
    if len(fields) < _FEWEST_LABELS or not fields.keys() & {"sent", "subject"}:
        return None
    return _level(lines, at, body=body, fields=fields, is_forward=False)


def _level(lines: Sequence[str], start: int, *, body: int, fields: Mapping[str, str], is_forward: bool) -> Level:
    said = fields.get("sender", "").replace("[mailto:", "<").replace("]", ">")
    sender = re.sub(r"\s*(?:[<\[(].*|\bvia\b.*)$", "", fields.get("sender", "")).strip("\"' ")
    return Level(
        start=start, body=body, end=len(lines), sender=sender or sender_of(said) or "", sent=fields.get("sent", ""),
        subject=split_subject(fields.get("subject", ""))[0], is_forward=is_forward,
    )  # fmt: skip


def sender_of(shown: str) -> str | None:
    """Return the sender's name, or the address; None where there is neither, or what stands there is no address."""
    try:
        name, address = parseaddr(shown[:_LONGEST_SENDER])
    except RecursionError:  # of comments, or groups, within each other
        return None
    return name or address or None


def _marker(line: str) -> bool | None:
    """Return whether a line that announces a mail says that it is sent on; None for any other line."""
    text = _folded(_RULE.sub("", line))
    if not 5 < len(text) <= _SHORT_CHARS or not _pattern("forwarded").fullmatch(text):
        return None
    ruled = line.strip().startswith(("-", "_", "=", "–", "—", "*", ">"))
    if not ruled and not line.strip().endswith((":", "：")):
        return None
    return not re.search(r"origin|ursprüng|oorspronk|ursprung|исходн|أصلي|原始|元の", text)


def _label(line: str) -> tuple[str, str] | None:
    match = _LABEL.match(line)
    kind = _labels().get(_folded(match["label"])) if match else None
    return (kind, match["value"].strip()) if match and kind else None


def _dates(line: str) -> str | None:
    """Return the day that a line gives behind a label, whatever its language calls that."""
    match = _LABEL.match(line)
    return match["value"].strip() if match and date_in(match["value"][:100]) else None


def _header(lines: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """Return the fields of a header that begins at a line, and where the text behind it begins."""
    fields: dict[str, str] = {}
    labelled = at
    for number in range(at, min(at + _HEADER_LINES, len(lines))):
        field = _label(lines[number])
        if field is None and fields and "sent" not in fields and (day := _dates(lines[number])):
            field = "sent", day
        if field:
            name = field[0] if field[0] not in fields else f"{field[0]}{number}"
            fields[name] = field[1]
            labelled = number + 1
        elif not lines[number].strip(" >*") or (number == labelled and not _continues(lines, number)):
            break
    return fields, labelled


def _continues(lines: Sequence[str], at: int) -> bool:
    """Return whether a line goes on with a header's value: another label follows it."""
    return any(_label(line) for line in lines[at + 1 : at + 3] if line.strip())


def unquoted(line: str) -> str:
    """Return a line without the outermost mark of quotation before it."""
    return _QUOTE.sub("", line)


def is_quoted(line: str) -> bool:
    """Return whether a line is marked as quoted."""
    return line.lstrip()[:1] == ">"


def attribution(line: str) -> str | None:
    """Return what a line such as "On Monday, Anna wrote:" says, or None."""
    match = _ATTRIBUTION.match(line.strip())
    return match["who"] if match and len(line) <= 300 and _wrote().search(match["who"]) else None


def quoted_sender(line: str) -> str:
    """Return who wrote what is quoted below "On Monday, 4 May 2021 at 7:30, Anna Kell <a@x.example> wrote"."""
    said = _wrote().sub("", line)
    said = re.sub(r"<[^>]*>|\([^)]*@[^)]*\)|\S+@\S+", "", said)
    return said.rpartition(",")[2].strip(" :,") or said.strip(" :,")


def is_remark(lines: Sequence[str]) -> bool:
    """Return whether lines are no text of their own: a word or two to what is sent on or attached."""
    words = sum(len(line.split()) for line in lines)
    said = _folded(" ".join(lines))
    return words <= _REMARK_WORDS // 3 or (words <= _REMARK_WORDS and bool(_pattern("pointers").search(said)))


def ends_forward(line: str) -> bool:
    """Return whether a line is the rule with words that some programs set below what is sent on."""
    return _ENDED.match(line.strip()) is not None


def furniture(lines: Sequence[str], sender: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a mail that greet, take leave, sign or warn, with the reason."""
    for at, line in enumerate(lines[:2]):
        said = _folded(line).rstrip(",.!،: ")
        if len(line) <= _SHORT_CHARS and not closes(line.rstrip("!.")) and _pattern("greetings").fullmatch(said):
            yield at, "greeting"
    tail = range(max(1, len(lines) - _TAIL_LINES), len(lines))
    leave = next((at for at in tail if _takes_leave(lines[at])), None)
    if leave is None and len(lines) > 1 and _names(lines[-1], sender):
        yield len(lines) - 1, "signature"
    for at in (*range(min(len(lines), tail.start, _HEAD_LINES)), *tail):
        line = lines[at]
        if len(line) >= _NOTICE_CHARS and _pattern("notices").search(_folded(line)):
            yield at, "confidentiality notice"
        elif leave is not None and leave <= at < leave + _SIGNATURE_LINES and len(line) <= _SIGNATURE_CHARS:
            yield at, "signature"


def _takes_leave(line: str) -> bool:
    said = _folded(line).strip(" ,.!،-–")
    return len(line) <= _SHORT_CHARS and bool(_pattern("closings").fullmatch(said)) and len(said.split()) <= 6


def _names(line: str, sender: str) -> bool:
    """Return whether a short line is the sender's name, or its first part."""
    words = {word.casefold() for word in re.findall(r"\w+", line)}
    return bool(words) and len(words) <= 3 and words <= {word.casefold() for word in re.findall(r"\w+", sender)}


def chosen_level(lines: Sequence[str], levels: Sequence[Level], *, forwarded: bool, replied: bool) -> int:
    """Return which of the mails in a text is the article: the first that has a text, going down from the sender's own.

    What a reply quotes is not read; what is sent on below a mere remark is.
    """

    def own(level: Level) -> list[str]:
        return [line for line in lines[level.body : level.end] if line.strip(" >")]

    at = 0
    while at + 1 < len(levels):
        below = levels[at + 1]
        said = own(levels[at])
        sent_on = below.is_forward or (at == 0 and forwarded)
        if not sent_on and (not is_remark(said) or (at == 0 and replied and said)):
            break
        at += 1
    return at
