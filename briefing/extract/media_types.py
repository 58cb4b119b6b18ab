"""What a document is, by its claim and by its bytes; archives: `.gz` of one document, `.zip` of many, within bounds."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from briefing.extract.cleaning import clean_line, decode
from briefing.extract.draft import problem
from briefing.models import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile, ZipInfo

    from briefing.config import Limits

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
MAIL = "message/rfc822"
MAILBOX = "application/mbox"
FEED = "application/xml"
WIRE = "application/nitf+xml"
JSON = "application/json"
JSON_LINES = "application/jsonl"
CSV = "text/csv"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
GZIP = "application/gzip"
ZIP = "application/zip"
UNKNOWN = "application/octet-stream"

ALIASES = {
    "application/xhtml+xml": HTML,
    "text/x-markdown": MARKDOWN,
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "application/rdf+xml": FEED,
    "text/xml": FEED,
    "application/feed+json": JSON,
    "application/x-ndjson": JSON_LINES,
    "application/ndjson": JSON_LINES,
    "application/jsonlines": JSON_LINES,
    "application/x-jsonlines": JSON_LINES,
    "multipart/related": MAIL,
    "application/x-mimearchive": MAIL,
    "text/tab-separated-values": CSV,
    "application/vnd.iptc.g2.newsitem+xml": WIRE,
    "application/x-pdf": PDF,
    "application/x-gzip": GZIP,
    "application/x-zip-compressed": ZIP,
}
"""Other names of the media types that are read."""

BY_SUFFIX = {
    "txt": TEXT, "text": TEXT, "md": MARKDOWN, "markdown": MARKDOWN, "html": HTML, "htm": HTML, "xhtml": HTML,
    "eml": MAIL, "mhtml": MAIL, "mht": MAIL, "mbox": MAILBOX, "xml": FEED, "rss": FEED, "atom": FEED, "json": JSON,
    "jsonl": JSON_LINES, "ndjson": JSON_LINES, "docx": WORD, "csv": CSV, "tsv": CSV, "pdf": PDF, "gz": GZIP, "zip": ZIP,
}  # fmt: skip
"""What a name inside an archive promises."""

_MAGIC = (
    (b"%PDF-", PDF),
    (b"\x1f\x8b", GZIP),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
)
FOREIGN = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document; save it as .docx or .pdf"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"BZh", "a bzip2 archive; unpack it, or pack it as .gz or .zip"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it, or pack it as .gz or .zip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it, or pack it as .zip"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it, or pack it as .zip"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it, or pack it as .gz or .zip"),
    (b"{\\rtf", "an RTF document; save it as .docx or .pdf"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"bplist00", "a web archive of Safari; save the page as HTML or PDF"),
    (b"BEGIN:VCALENDAR", "a calendar"),
    (b"BEGIN:VCARD", "an address card"),
    (b"[Script Info]", "subtitles; save what is said as text"),
)
"""How files begin that hold no text for us, and what to call them."""

_OUTLOOK = "__substg1.0_".encode("utf-16-le")
_OFFICE = b"[Content_Types].xml"
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"</(?:p|div|a|h[1-6]|span|article)>", re.IGNORECASE)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF|channel|(?:\w+:)?feed)[\s>]")
_WIRE = re.compile(r"<(?:\w+:)?(?:nitf|newsItem|newsMessage|NewsML)[\s>]")
_SUBTITLES = re.compile(
    r"\s*(?:WEBVTT\b|(?:<\?xml[^>]*>\s*)?<(?:\w+:)?tt\s[^>]*ttml|\d+\s*\n\d\d:\d\d:\d\d[,.]\d{3}\s*-->)"
)
_HEADER = re.compile(
    r"(?:Return-Path|Received|From|To|Date|Subject|Message-ID|MIME-Version|Content-Type|Delivered-To):"
)
_SAMPLE = 4_000


def media_type(document: Document) -> str:
    """Return one of the names above: the claim where the content allows it, else what the content is."""
    claim = document.media_type.partition(";")[0].strip().lower()
    claim = ALIASES.get(claim, claim)
    content = document.content  # which a piece of a file fetches
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind if kind != ZIP else _zipped(content, claim)
    if claim in (UNKNOWN, "", TEXT, FEED, JSON, HTML, MARKDOWN):
        return _by_text(content, claim)
    return claim


def name_promises(name: str) -> str:
    """Return the media type that a file's name promises, or `application/octet-stream`."""
    return BY_SUFFIX.get(name.rpartition(".")[2].lower(), UNKNOWN)


def foreign(content: bytes) -> str | None:
    """Return what to call a file that holds no text for us, or None."""
    if content[257:262] == b"ustar":
        return "a tar archive; pack its files as .zip"
    office = content.startswith(b"PK") and (_OFFICE in content[:_SAMPLE] or content[30:38] == b"mimetype")
    if office and b"word/document" not in content:
        return "a spreadsheet, a presentation or an OpenDocument file; save it as .docx or .pdf"
    if _SUBTITLES.match(content[:200].decode("utf-8", "replace").lstrip("\ufeff").replace("\r", "")):
        return "subtitles; save what is said as text"
    if content.startswith(FOREIGN[4][0]) and _OUTLOOK in content:
        return "an Outlook message; save it as .eml"
    return next((name for magic, name in FOREIGN if content.startswith(magic)), None)


def _zipped(content: bytes, claim: str) -> str:
    """Return whether a zip file is a Word document: it says so, or its first members do."""
    says_so = claim != ZIP and _OFFICE in content[:_SAMPLE] and b"word/document" in content
    return WORD if claim == WORD or says_so else ZIP


def _by_text(content: bytes, claim: str) -> str:
    head = (decode(content[:_SAMPLE]) or "").lstrip("\ufeff \t\r\n")
    if claim == MARKDOWN or head.startswith(("---\n", "---\r\n")):
        return MARKDOWN if claim != HTML else HTML
    if head.startswith("<"):
        return _by_markup(head, claim)
    if head.startswith("{") and claim != HTML:
        return JSON if claim == JSON or _is_json_feed(head) else JSON_LINES if _starts_with_objects(head) else claim
    if claim in (UNKNOWN, "", TEXT):
        return _by_headers(head)
    return claim


def _by_markup(head: str, claim: str) -> str:
    if _WIRE.search(head):
        return WIRE
    if _HTML.search(head):
        return HTML
    if _FEED.search(head):
        return FEED
    return HTML if _MARKUP.search(head) and claim != FEED else claim


def _is_json_feed(head: str) -> bool:
    return "jsonfeed.org/version" in head


def _starts_with_objects(head: str) -> bool:
    first = head.partition("\n")[0].rstrip()
    return first.endswith("}") or ('"text"' in first or '"title"' in first)


def _by_headers(head: str) -> str:
    lines = head.splitlines()
    if lines and lines[0].startswith("From ") and _HEADER.match(lines[1] if len(lines) > 1 else ""):
        return MAILBOX
    named = {match[0] for line in lines[:30] if (match := _HEADER.match(line))}
    if lines and _HEADER.match(lines[0]) and len(named) >= 3:
        return MAIL
    return TEXT


MOST_MEMBERS = 2_000
MOST_RATIO = 200
"""Unpacked bytes for one packed byte: text packs to a fifth, repeated rows to a hundredth, bombs to a thousandth."""
_SMALL = 100_000
"""An archive that unpacks to less than this is no bomb whatever its ratio."""


def gunzipped(document: Document, limits: Limits) -> Document | Problem:
    """Return the one document of a gzip file, or a Problem where it is broken or unpacks to too much."""
    packed = len(document.content)
    most = min(limits.document_bytes, max(MOST_RATIO * packed, _SMALL))
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(document.content, most + 1)
    except zlib.error as error:
        return problem(document.origin, f"no gzip archive that can be unpacked: {error}")
    if len(content) > most:
        return problem(
            document.origin, f"it unpacks to more than {most:,} bytes, which is taken for a bomb; unpack it first"
        )
    if not unpacker.eof:
        return problem(document.origin, "the gzip archive breaks off; fetch it again")
    name = document.origin.removesuffix(".gz")
    return replace(document, media_type=name_promises(name), content=content)


def zip_members(document: Document, limits: Limits) -> Iterator[tuple[str, Document | Problem]]:
    """Yield each member of a zip file by a name of its own, as a document or as a Problem; names are never paths."""
    refusal = too_much(document.content, limits)
    if refusal:
        yield "", problem(document.origin, refusal)
        return
    with zipfile.ZipFile(BytesIO(document.content)) as archive:
        members = list(members_in(archive))
        if not members:
            yield "", problem(document.origin, "an archive without articles")
        for name, info in members:
            yield name, _member(archive, info, f"{document.origin}#{name}")


def members_in(archive: ZipFile) -> Iterator[tuple[str, ZipInfo]]:
    """Yield the members of a zip file that may be articles, each by a name of its own."""
    taken: set[str] = set()
    for info in archive.infolist():
        if _is_wanted(info):
            yield _unlike(taken, clean_line(info.filename)), info


def too_much(content: bytes, limits: Limits) -> str | None:
    """Return why a zip file is not unpacked, by what its directory says, or None."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        return f"no zip archive that can be opened: {error}"
    if len(infos) > MOST_MEMBERS:
        return f"an archive of {len(infos):,} members; at most {MOST_MEMBERS:,} are read"
    size = sum(info.file_size for info in infos)
    return bomb(size, packed=len(content), most=limits.document_bytes)


def bomb(size: int, *, packed: int, most: int) -> str | None:
    """Return why an archive of `packed` bytes is not unpacked to so many, or None."""
    if size > min(most, max(MOST_RATIO * packed, _SMALL)):
        return f"it unpacks to {size:,} bytes, which is taken for a bomb; unpack it first"
    return None


def _is_wanted(info: ZipInfo) -> bool:
    name = info.filename.rpartition("/")[2]
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return not (info.is_dir() or is_link or info.filename.startswith("__MACOSX/") or name.startswith((".", "README")))


def _unlike(taken: set[str], name: str) -> str:
    """Return the name with marks behind it until no member had it: an archive may hold two of one name."""
    while name in taken:
        name += "~"
    taken.add(name)
    return name


def _member(archive: ZipFile, info: ZipInfo, origin: str) -> Document | Problem:
    try:
        with archive.open(info) as file:
            content = file.read(info.file_size + 1)  # no more than was declared and weighed above
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        return problem(origin, f"cannot be unpacked: {error}")
    return Document(origin=origin, media_type=name_promises(info.filename), content=content)
