"""The gate that every text from outside passes: what comes out can be set in type, searched and sliced.

Normal form C; no control, surrogate, private-use, unassigned, invisible or bidi character; one kind of line end and of
blank; at most four combining marks on a letter; mojibake undone. A token of more than 60 characters is broken with
zero-width spaces, so that no later stage meets a line that cannot be broken. Cleaning twice changes nothing.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE: dict[tuple[bool, ...], str] = {
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
    (False, True, True, True): "utf-32-le",
    (False, False, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
    (True, True, False, False): "utf-32-be",
}
"""Which of four bytes is mostly zero, and what that tells."""

_HIGH_BYTES = ((1, "utf-16-le"), (0, "utf-16-be"))
"""Where of two bytes the one stands that tells the script."""
_ONE_SCRIPT = 0.95

_SAMPLE = 50_000
"""Bytes that the guess looks at: more of them only cost time."""

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9][A-Za-z0-9._:-]{1,39})""", re.IGNORECASE)
_WIDER = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
}  # fmt: skip - the WHATWG Encoding Standard: what such labels mean in practice

_A_FEW = 3
"""Stray controls that the shortest text may hold."""
_FOREIGN_LETTER = re.compile(r"[\u0370-\u06ff]")
_MIXED_WORD = re.compile(r"[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]")
"""A Greek or Cyrillic letter beside a Latin one: the guess took accented letters for another alphabet."""

_REFERENCES = re.compile(r"(?:&#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,8});)+")
_SURROGATES = range(0xD800, 0xE000)
_NOT_TEXT = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def decode(content: bytes, *, declared: str | None = None) -> str | None:
    """Return the text of bytes, or None where no encoding makes text of them."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _readable(content.decode(encoding, "replace"))
    wide = _wide_without_mark(content)
    if wide:
        return _readable(content.decode(wide, "replace"))
    for label in ("utf-8", declared):
        text = _decoded(content, label) if label else None
        if text is not None:
            return _readable(text)
    return _readable(_guessed(content))


def declared_charset(head: bytes) -> str | None:
    """Return the charset that the head of an HTML or XML document names, or None."""
    match = _DECLARED.search(head)
    return match[1].decode("ascii") if match else None


def _decoded(content: bytes, label: str) -> str | None:
    try:
        return content.decode(_WIDER.get(label.lower(), label))
    except (LookupError, UnicodeError, ValueError):  # ValueError: a NUL in the label
        return None


def _guessed(content: bytes) -> str:
    cut = _almost_utf8(content)
    if cut is not None:
        return cut
    import chardet

    guess = chardet.detect(content[:_SAMPLE])["encoding"]
    text = _decoded(content, guess) if guess else None
    if text is None or len(_MIXED_WORD.findall(text)) * 4 > len(_FOREIGN_LETTER.findall(text)):
        return content.decode("cp1252", "replace")
    return text


def _almost_utf8(content: bytes) -> str | None:
    """Return UTF-8 with its few broken bytes replaced (a cut file, one bad byte), or None where it is none."""
    cured = _without_surrogates(content)
    if cured is not None:
        return cured
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for char in text[:_SAMPLE] if char > "\x7f") - text[:_SAMPLE].count("\ufffd")
    return text if sound > 0 and (broken <= 1 or broken * 20 <= sound) else None


def _without_surrogates(content: bytes) -> str | None:
    """Return UTF-8 that encodes surrogates (CESU-8, cut emoji), pairs joined and lone ones gone; None if it is none."""
    try:
        text = content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _wide_without_mark(content: bytes) -> str | None:
    """Return which UTF-16 or UTF-32 text without a mark is, by where its zero bytes and its scripts' numbers stand."""
    sample = content[: min(2_000, len(content) // 4 * 4)]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    zeros = tuple(sample[place::4].count(0) / len(sample[place::4]) > 0.5 for place in range(4))
    return _WIDE.get(zeros) or next((name for place, name in _HIGH_BYTES if _is_script(sample, place, name)), None)


def _is_script(sample: bytes, place: int, encoding: str) -> bool:
    """Return whether every second byte is mostly one script's, or the zero of blanks and figures."""
    high = Counter(sample[place::2])
    letters = sum(map(str.isalpha, sample.decode(encoding, "replace")))
    common = sum(count for _, count in high.most_common(2)) >= _ONE_SCRIPT * high.total()
    return high[0] > 0 and common and 2 * letters >= high.total()


def _readable(text: str) -> str | None:
    """Return the text unless it is a binary's: every twentieth character a control, or every third a zero."""
    sample = text[:_SAMPLE]
    controls = len(_NOT_TEXT.findall(sample)) + sample.count("\ufffd")
    zeros = sample.count("\0")
    if (controls > _A_FEW and controls * 20 > len(sample)) or (zeros > _A_FEW and zeros * 3 > len(sample)):
        return None
    return _REFERENCES.sub(_joined, text) if "&#" in text else text


def _joined(references: re.Match[str]) -> str:
    """Return references in a row with those to surrogates joined or dropped: no parser reads XML that has any."""
    parts = references[0].removesuffix(";").split(";")
    numbers = [int(part[3:], 16) if part[2] in "xX" else int(part[2:]) for part in parts]
    if not any(number in _SURROGATES for number in numbers):
        return references[0]
    whole = "".join(chr(n) if n in _SURROGATES else f"{part};" for n, part in zip(numbers, parts, strict=True))
    return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


TOKEN_LENGTH = 60
"""The characters after which a token is broken."""

SOFT_BREAK = "\u200b"
"""Zero-width space: where a long token may be broken."""

_TAME = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u00c1\u00c4-\u00cf\u00d2-\u02ff\u2010-\u2027\u20ac]*")
"""Characters that are clean in any order, mojibake apart."""

_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S ]\s*| \s+")
"""Every run of blanks but a plain space, which stays as it is."""

_KEPT = frozenset("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u08e2\u00a0\u202f")
"""Not printable in Python's eyes, and needed: joiners, Arabic number signs, no-break spaces."""

_JOINERS = re.compile(r"[\u200c\u200d]+")
_LAST_WITHOUT_JOINING = "\u02ff"
"""Latin letters need no joiner; Persian, Indic scripts and emoji do."""

_MARK = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
_MORE_MARKS = r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
_PILED_MARKS = re.compile(f"([{_MARK}{_MORE_MARKS}]{{4}})[{_MARK}{_MORE_MARKS}]+")

_TRAIL = r"\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
_CYRILLIC_TRAIL = r"\u0080-\u00bf\u0402-\u040f\u0452-\u045f\u0490\u0491\u2013-\u203a\u20ac\u2116\u2122"
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df][{_TRAIL}]|[\u00e0-\u00ef][{_TRAIL}]{{2}}|(?:[\u0420\u0421][{_CYRILLIC_TRAIL}]){{2}}"
)
"""UTF-8 read as Windows-1252 or Windows-1251; ftfy decides, this only spares it (and its import) clean text."""

_TOKEN = re.compile(r"[^\s“”‘’„«»()\[\]–—,;:!?]+")
"""A word by itself: good dashes and quotation marks beside it are no reason to leave it broken."""

_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_LONG_TOKEN = re.compile(rf"[^\s{_UNSPACED}]{{{TOKEN_LENGTH + 1},}}")
"""Scripts without spaces break of themselves."""

_BREAK_AFTER = re.compile(r"[/\-_.?&=,;:#%+|](?=\w)")


def clean(text: str) -> str:
    """Return the text with clean lines; its line ends are line feeds, and empty lines stay."""
    return "\n".join(clean_line(line) for line in _BREAKS.sub("\n", text).split("\n"))


def clean_line(text: str) -> str:
    """Return the text as one clean line without blanks at its ends; "" where nothing printable is in it."""
    if _TAME.fullmatch(text) and (text.isascii() or not _MOJIBAKE.search(text)):
        return _with_soft_breaks(" ".join(text.split()))
    for _ in range(8):  # what one step takes away can bring together what another joins; twice is the rule
        text, before = _with_soft_breaks(_one_pass(text)), text
        if text == before:
            break
    return text


def clean_field(text: str | None) -> str | None:
    """Return a clean line, or None where there is none or nothing is in it."""
    return (clean_line(text) or None) if text else None


def _one_pass(text: str) -> str:
    if _MOJIBAKE.search(text):
        text = _without_mojibake(text)
    text = _BLANKS.sub(_blank, text)
    if not text.isprintable():
        text = "".join(char for char in text if char.isprintable() or char in _KEPT)
        text = _JOINERS.sub(_joiner, text)
    text = unicodedata.normalize("NFC", text)
    return _BLANKS.sub(_blank, _PILED_MARKS.sub(r"\1", text)).strip()


def _without_mojibake(text: str) -> str:
    import ftfy

    whole = str(ftfy.fix_encoding(text))
    if whole != text:
        return _TOKEN.sub(_read_again, whole)
    mended = _TOKEN.sub(
        lambda match: str(ftfy.fix_encoding(match[0])) if _MOJIBAKE.search(match[0]) else match[0], text
    )
    return _TOKEN.sub(_read_again, mended) if mended != text else text


def _read_again(match: re.Match[str]) -> str:
    """Return a word that was UTF-8 read as Windows-1252; its neighbours have shown that the text was."""
    try:
        return match[0].encode("sloppy-windows-1252").decode("utf-8") if _MOJIBAKE.search(match[0]) else match[0]
    except UnicodeError:
        return match[0]


def _blank(match: re.Match[str]) -> str:
    """Keep a no-break space where typography wants one: inside guillemets, before `: ; ! ?`, between digits."""
    run, text = match[0], match.string
    if len(run) == 1 and run in "\u00a0\u202f\u2009":
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if before == "«" or (after and after in "»:;!?%€") or (before.isdigit() and after.isdigit()):
            return "\u00a0" if run == "\u00a0" else "\u202f"
    return " "


def _joiner(match: re.Match[str]) -> str:
    """Keep a joiner only between letters of scripts that need one."""
    text = match.string
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return match[0][0] if min(before, after) > _LAST_WITHOUT_JOINING else ""


def _with_soft_breaks(text: str) -> str:
    return _LONG_TOKEN.sub(_broken, text) if len(text) > TOKEN_LENGTH else text


def _broken(match: re.Match[str]) -> str:
    token, start = match[0].replace(SOFT_BREAK, ""), 0
    pieces = []
    while len(token) - start > TOKEN_LENGTH:
        end = _cut(token, start)
        pieces.append(token[start:end])
        start = end
    return SOFT_BREAK.join((*pieces, token[start:]))


def _cut(token: str, start: int) -> int:
    """Return where to break: behind a sign that divides (as in addresses), else between two letters."""
    end = start + TOKEN_LENGTH
    behind_signs = [match.end() for match in _BREAK_AFTER.finditer(token, start + TOKEN_LENGTH // 2, end)]
    if behind_signs:
        return behind_signs[-1]
    for cut in range(end, start + TOKEN_LENGTH // 2, -1):
        if unicodedata.category(token[cut])[0] != "M" and token[cut] not in _KEPT and token[cut - 1] not in _KEPT:
            return cut
    return end
