"""Bytes to text: a byte-order mark, strict UTF-8, what the document declares, then what the bytes look like."""

from __future__ import annotations

import codecs
import re
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
    return text
