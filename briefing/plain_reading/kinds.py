"""A second, plain reading of a document: every word that a person sees who opens it. Pure.

It is what the articles of a document are checked against, so it shares no code with the adapters that read them: no
judgement of what is furniture, no fields, no repairs; only what is shown, block by block, in the document's order.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from briefing.plain_reading.page import glanced, shown_by_word, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message
    from typing import Any, TypeAlias

    _Tree: TypeAlias = Any  # the stubs of lxml know neither `keep_tail` nor what an XPath of nodes gives
    _Reader = Callable[[bytes, str, str | None, int], "Reading | None"]

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HYPHEN_AT_LINE_END = re.compile(r"(?<=[^\W\d_])[-\u2010\ufffe\x02]\s*\n\s*(?=[^\W\d_])")
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])")
"""Letters of scripts that write no blanks: each is a word, wherever a line ends."""
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFTWARDS = re.compile("[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+")
_BARE = re.compile(r"[^\s“”„‘’«»()\[\],;:!?–—]+")
_MOST_PIECES = 12
_MOST_NESTED = 8
"""Documents within documents that are read: a mail in a mail, a file in an archive."""
_MOST_MEMBERS = 2_000
_MOST_UNPACKED = 50_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document shows, as text: its blocks on lines of their own."""

    text: str
    whole: bool = True
    """Whether the document shows all of this; False where fields that no reader prints may be among it."""
    carried: str = ""
    """What a page carries for programs alone: the text of its article in JSON-LD."""
    _found: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def words(self) -> list[str]:
        """Return the words of the document in order, folded; a word divided at a line's end is one."""
        return words_of(_HYPHEN_AT_LINE_END.sub("", self.text))

    def mended(self) -> str:
        """Return the text with words that were UTF-8 read as Windows-1252 as they were meant."""
        import ftfy

        text = _HYPHEN_AT_LINE_END.sub("", self.text)
        return _BARE.sub(_read_again, "\n".join(map(ftfy.fix_encoding, text.split("\n"))))

    def holds(self, text: str) -> bool:
        """Return whether the document shows the words of a text, all of them, in order, with no other in between.

        In a PDF marks of footnotes and, at the end of a page, its head and foot may stand in between; what runs from
        right to left is asked for by its words alone there, since readers of PDF tell another order.
        """
        if text in self.text or (self.carried and text in self.carried):
            return True
        words = words_of(text)
        wanted = " ".join(words)
        if not wanted or any(f" {wanted} " in self._folded(name) for name in ("plain", "joined", "mended")):
            return True
        if "\x0c" not in self.text:
            return False
        if _RIGHT_TO_LEFT.search(text):
            leftwards = _LEFTWARDS.findall(wanted)  # a number beside a word may be read on either side of it
            return all(f" {_lettered(word)} " in self._folded("letters") for word in leftwards)
        return self._in_pieces(words)

    def _in_pieces(self, words: list[str]) -> bool:
        """Return whether words stand in a few pieces, one behind the other: what a mark or the end of a page parts."""
        folded, at, start = self._folded("joined"), 0, 0
        for _ in range(_MOST_PIECES):
            least, most = 0, len(words) - start
            while least < most:
                middle = (least + most + 1) // 2
                found = folded.find(f" {' '.join(words[start : start + middle])} ", at)
                least, most = (middle, most) if found >= 0 else (least, middle - 1)
            if not least:
                return False
            at = folded.find(f" {' '.join(words[start : start + least])} ", at) + 1
            start += least
            if start == len(words):
                return True
        return False

    def _folded(self, name: str) -> str:
        if name not in self._found:
            whole = f"{self.text}\n{self.carried}" if self.carried else self.text
            text = whole if name == "plain" else _HYPHEN_AT_LINE_END.sub("", whole)
            if name == "letters":
                self._found[name] = f" {' '.join(map(_lettered, _LEFTWARDS.findall(' '.join(words_of(text)))))} "
                return self._found[name]
            if name == "mended":
                text = Reading(whole).mended()
            self._found[name] = f" {' '.join(words_of(text))} "
        return self._found[name]


def _read_again(match: re.Match[str]) -> str:
    """Return a word that was UTF-8 read as Windows-1252 as it was meant; any other as it is."""
    try:
        return match[0].encode("sloppy-windows-1252").decode("utf-8")
    except UnicodeError:
        return match[0]


def _lettered(word: str) -> str:
    """Return the letters of a word in an order of their own: a ligature may be read either way round."""
    return "".join(sorted(word))


def words_of(text: str) -> list[str]:
    """Return the words of a text in one form: compatibility letters resolved, case folded, invisible signs gone."""
    if not text.isascii():
        text = _UNSPACED.sub(r" \1 ", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)))
    return _WORD.findall(text.casefold())


def plain_reading(content: bytes, *, name: str = "", charset: str | None = None) -> Reading | None:
    """Return what a document shows, by its bytes and its name; None where no plain reading of its kind is known.

    `charset` is that of text without a mark of its own, where it is known.
    """
    try:
        return _reading(content, name.lower(), charset, 0)
    except Exception:  # a damaged document makes five parsers raise anything; it goes unchecked
        return None


def glance(content: bytes) -> str:
    """Return the text of a page in its bytes, read in the cheapest way; "" where it is no page."""
    head = content[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return glanced(_decode(content, _declared(content))) if head.startswith(b"<") else ""


def _declared(content: bytes) -> str | None:
    match = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", content[:4_000], re.IGNORECASE)
    return match[1].decode() if match else None


def _reading(content: bytes, name: str, charset: str | None, depth: int) -> Reading | None:
    if depth > _MOST_NESTED:
        return None
    reader = _reader(content, name)
    return reader(content, name, charset, depth) if reader else None


def _reader(content: bytes, name: str) -> _Reader | None:
    if content.startswith(b"%PDF-"):
        return _pdf
    if content.startswith(b"\x1f\x8b"):
        return _gzipped
    if content.startswith(b"PK"):
        return _word if b"word/document" in content or name.endswith(".docx") else _zipped
    suffix = name.rpartition(".")[2]
    head = content[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return _page
    if suffix in _BY_SUFFIX:
        return _markdown if head.startswith(b"---\n") else _BY_SUFFIX[suffix]
    if head.startswith(b"<"):
        return _feed if re.search(rb"<(?:rss|feed|rdf:RDF|nitf|newsItem)[\s>]", head) else _page
    if re.match(rb"(?:Return-Path|Received|From|Date|Subject|Message-ID|MIME-Version|Delivered-To):", head):
        return _mail
    if head.startswith(b"From ") and b"\nFrom:" in head:
        return _mailbox
    return _json if head[:1] in (b"{", b"[") else _plain


def _decode(content: bytes, charset: str | None) -> str:
    """Return the text of bytes; what stands for half a character, as it is or by its number, is joined or dropped."""
    whole = _NUMBER.sub(_half, _text(content, charset))
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


_NUMBER = re.compile(r"&#(?:x([0-9a-f]{1,8})|([0-9]{1,8}));", re.IGNORECASE)


def _half(number: re.Match[str]) -> str:
    value = int(number[1], 16) if number[1] else int(number[2])
    return chr(value) if 0xD800 <= value <= 0xDFFF else number[0]


def _text(content: bytes, charset: str | None) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    zeros = "".join(str(int(8 * content[at:2_000:4].count(0) > len(content[:2_000]))) for at in range(4))
    wide = {"0101": "utf-16-le", "1010": "utf-16-be", "0111": "utf-32-le", "1110": "utf-32-be"}
    for label in (wide.get(zeros, "utf-8"), charset or "utf-8"):
        try:
            return content.decode(label, "surrogatepass")
        except (UnicodeDecodeError, LookupError):
            continue
    import chardet

    return content.decode(chardet.detect(content[:50_000])["encoding"] or "cp1252", "replace")


_LINK = re.compile(r"!?\[([^\]\n]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"\n]{0,200}\")?\)")
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]{0,2000})?/?>", re.DOTALL)


def _plain(content: bytes, name: str, charset: str | None, depth: int) -> Reading:  # noqa: ARG001 - their form
    return Reading(_decode(content, charset).replace("\r\n", "\n").replace("\r", "\n"))


def _markdown(content: bytes, name: str, charset: str | None, depth: int) -> Reading:
    text = _plain(content, name, charset, depth).text
    if text.startswith("---\n"):
        text = text.partition("\n---")[2] or text
    text = _TAG.sub(" ", _LINK.sub(r"\1", text))
    return Reading(re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)|\\(?=[!-/:-@\[-`{-~])", "", html.unescape(text)))


def _json(content: bytes, name: str, charset: str | None, depth: int) -> Reading | None:  # noqa: ARG001
    text = _decode(content, charset)
    try:
        data = [json.loads(text, strict=False)]
    except ValueError:  # one object a line
        data = [json.loads(line, strict=False) for line in text.split("\n") if line.strip()[-1:] in ("}", "]")]
    return Reading(
        "\n".join(visible(said) if "<" in said or "&" in said else said for said in _strings(data)), whole=False
    )


def _strings(data: object) -> Iterator[str]:
    """Yield the texts in JSON, at whatever depth, in order."""
    stack = [data]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, list):
            stack.extend(reversed(node))
        elif isinstance(node, dict):
            stack.extend(reversed(list(node.values())))


def _table(content: bytes, name: str, charset: str | None, depth: int) -> Reading:  # noqa: ARG001
    text = _decode(content, charset)
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return Reading("\n".join(visible(cell) if "<" in cell else cell for row in rows for cell in row))


_BODY = re.compile(r"\"articleBody\"\s*:\s*(\"(?:[^\"\\]|\\.)*\")", re.DOTALL)


def _page(content: bytes, name: str, charset: str | None, depth: int) -> Reading:  # noqa: ARG001
    markup = _decode(content, _declared(content) or charset)
    bodies = _BODY.findall(markup) if "articleBody" in markup else []
    texts = [html.unescape(str(json.loads(body, strict=False))) for body in bodies]
    return Reading(visible(markup), carried="\n".join(_TAG.sub("\n", _LINK.sub(r"\1", text)) for text in texts))


def _feed(content: bytes, name: str, charset: str | None, depth: int) -> Reading | None:
    if re.search(rb"<(?:[\w-]+:)?html[\s>]", content[:4_000], re.IGNORECASE) and b"newsItem" not in content[:4_000]:
        return _page(content, name, charset, depth)
    from lxml import etree

    match = re.search(rb"encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})", content[:200])
    text = _decode(content, match[1].decode() if match else charset)
    text = re.sub(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", "", text, count=2, flags=re.DOTALL)
    parts = re.split(r"(<!\[CDATA\[.*?\]\]>)", text, flags=re.DOTALL)
    text = "".join(part if part.startswith("<![CDATA[") else _with_plain_entities(part) for part in parts)
    tree: _Tree = etree.fromstring(
        text.encode(), etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    )
    if tree is None:
        return None
    return Reading("\n".join(_entries(tree)))


def _with_plain_entities(text: str) -> str:
    """Return XML in which every ampersand that opens no entity of XML's own is one that is shown."""
    text = re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w+;)", lambda m: html.unescape(m[0]), text)
    return re.sub(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)", "&amp;", text)


def _entries(tree: _Tree) -> Iterator[str]:
    named = {
        "title",
        "headline",
        "hl1",
        "description",
        "summary",
        "content",
        "encoded",
        "inlineXML",
        "body.content",
        "inlineData",
        "DataContent",
    }
    for element in tree.iter():
        local = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if local in named:
            parts = [element.text or ""]
            for child in element.iterdescendants():
                parts += ["\n", child.text or "", "\n" if child.tag else "", child.tail or ""]
            inner = "".join(parts)
            yield visible(inner) if "<" in inner or "&" in inner else inner


# -- mail ------------------------------------------------------------------------------------------------------------


def _mail(content: bytes, name: str, charset: str | None, depth: int) -> Reading:  # noqa: ARG001
    unfolded = re.sub(rb"(boundary=\"[^\"\r\n]*)\r?\n(?=[ \t][^\"\r\n]*\")", rb"\1", content)
    message = message_from_bytes(unfolded, policy=policy.compat32)
    return Reading("\n".join(_parts(message, depth)))


def _mailbox(content: bytes, name: str, charset: str | None, depth: int) -> Reading:
    messages = re.split(rb"^From \S.*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", content, flags=re.MULTILINE)
    texts = (_mail(re.sub(rb"(?m)^>(>*From )", rb"\1", one), name, charset, depth).text for one in messages if one)
    return Reading("\n".join(texts))


def _parts(part: _Tree, depth: int) -> Iterator[str]:
    """Yield what a mail program shows of a part and of what is attached to it."""
    if depth > 60:  # a mail of forwards within forwards
        return
    kind = part.get_content_type()
    payload = part.get_payload()
    if kind == "multipart/alternative" and isinstance(payload, list):
        ranked = [one for wanted in ("text/html", "multipart/", "text/plain") for one in payload
                  if one.get_content_type().startswith(wanted)]  # fmt: skip
        shown = ["\n".join(_parts(one, depth + 1)) for one in ranked]
        letters = [sum(map(str.isalnum, text)) for text in shown]
        whole = (text for text, count in zip(shown, letters, strict=True) if 2 * count >= max(letters))
        yield from [*whole][:1]  # the first that is no empty shell
    elif isinstance(payload, list):
        for one in payload:
            yield from _parts(one, depth + 1)
    else:
        yield _shown_part(part, kind, depth)


def _shown_part(part: Message, kind: str, depth: int) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = part.get_content_charset()
    if kind == "text/html":
        return visible(_decode(content, charset))
    if kind in ("text/plain", "text/enriched") and part.get_content_disposition() != "attachment":
        text = _decode(content, charset).replace("\r\n", "\n")
        joins = str(part.get_param("delsp") or "").lower() == "yes"
        text = re.sub(r" \n", "", text) if joins else text
        return visible(text) if text.lstrip()[:1] == "<" else text
    name = str(part.get_filename() or "")
    known = {"application/pdf": ".pdf", "application/json": ".json", "text/csv": ".csv", "text/markdown": ".md"}
    if name or kind in known or content[:4] in (b"%PDF", b"PK\x03\x04"):
        try:
            found = _reading(content, (name or known.get(kind, "")).lower(), charset, depth + 1)
        except Exception:  # an attachment that is damaged: the mail around it is read all the same
            found = None
        return found.text if found else ""
    return ""


def _word(content: bytes, name: str, charset: str | None, depth: int) -> Reading:  # noqa: ARG001
    return Reading(shown_by_word(content, most=_MOST_UNPACKED))


def _pdf(content: bytes, name: str, charset: str | None, depth: int) -> Reading:  # noqa: ARG001
    import pypdfium2

    pdf = pypdfium2.PdfDocument(content)
    try:
        pages = [str(pdf[number].get_textpage().get_text_range()) for number in range(min(len(pdf), 200))]
    finally:
        pdf.close()
    return Reading("\x0c".join((*(page.replace("\r\n", "\n") for page in pages), "")))


def _gzipped(content: bytes, name: str, charset: str | None, depth: int) -> Reading | None:
    with gzip.open(io.BytesIO(content)) as file:
        return _reading(file.read(_MOST_UNPACKED), name.removesuffix(".gz"), charset, depth + 1)


def _zipped(content: bytes, name: str, charset: str | None, depth: int) -> Reading | None:  # noqa: ARG001
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()][:_MOST_MEMBERS]
        if sum(info.file_size for info in infos) > _MOST_UNPACKED:
            return None
        readings = [_reading(archive.read(info), info.filename.lower(), charset, depth + 1) for info in infos]
    found = [reading for reading in readings if reading]
    return Reading("\n".join(reading.text for reading in found), whole=all(reading.whole for reading in found))


_BY_SUFFIX: dict[str, _Reader] = {
    "txt": _plain, "text": _plain, "md": _markdown, "markdown": _markdown, "html": _page, "htm": _page, "xhtml": _page,
    "eml": _mail, "mhtml": _mail, "mht": _mail, "mbox": _mailbox, "xml": _feed, "rss": _feed, "atom": _feed,
    "json": _json, "jsonl": _json, "ndjson": _json, "csv": _table, "tsv": _table, "docx": _word, "pdf": _pdf,
}  # fmt: skip
