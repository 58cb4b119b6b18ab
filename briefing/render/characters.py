"""Characters that cannot be written or would disturb the page, and tokens too long for a line."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from unicodedata import bidirectional

from briefing.edition import encodable

REPLACEMENT = "\ufffd"

LONGEST_TOKEN = 60
"""Characters without a space that are left alone; a longer token may be broken at every `PIECE` characters."""

PIECE = 30

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Languages written from right to left (CLDR 46, characterOrder), by their usual script."""

# XML 1.0 § 2.2 allows tab, line feed and carriage return of the C0 controls; C1 controls have no glyphs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Between kana and ideographs lines break anyway (UAX 14, ID), and anywhere else they would break before commas.
_ANYWHERE = "\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_LONG_TOKEN = re.compile(rf"[^\s{_ANYWHERE}]{{{LONGEST_TOKEN + 1},}}")


def printable(text: str) -> str:
    """Return the text with everything that XML or a font cannot carry replaced one for one."""
    if text.isprintable():  # nearly all are
        return text
    return _UNPRINTABLE.sub(REPLACEMENT, encodable(text))


def label(text: str, longest: int) -> str:
    """Return a title or name on one line, without direction overrides, cut at `longest` characters with an ellipsis."""
    line = " ".join(_BIDI_CONTROL.sub("", printable(text)).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def pieces(text: str) -> tuple[str, ...]:
    """Return the text cut where a line may break inside a token that fits on no line; joined they are the text."""
    cuts = [0]
    for token in _LONG_TOKEN.finditer(text):
        cuts.extend(range(token.start() + PIECE, token.end(), PIECE))
    return tuple(text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True))


def direction(language: str, text: str) -> str:
    """Return `rtl` or `ltr`, by the language, or by the first strong character (UAX 9, P2) where it is not known."""
    if language != "und":
        return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
    strong = next((kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if strong == "L" else "rtl"


def plain(entry: Any) -> dict[str, Any]:  # noqa: ANN401 - any entry of the brief
    """Return an entry of the brief as a template takes it: every field, as dicts, lists and printable text."""
    kind: Any = type(entry)
    return {name: _plain(getattr(entry, name)) for name in _names(kind)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever an entry holds
    if isinstance(value, str):
        return printable(str(value))
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):  # in UTC
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if is_dataclass(value) else value


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a class of entries
    return tuple(field.name for field in fields(kind))
