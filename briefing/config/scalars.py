"""What a plain scalar means: the core schema of YAML 1.2 (chapter 10.3), in which `17:30` and `no` are text.

`true` and `false` are truth values (in small letters, with a capital, in capitals), `~`, `null` and nothing at all are
null, `010` is the number 10, `0o17` and `0x1F` are 15 and 31. Everything else is text, dates included.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.config.nodes import Value

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)")
_NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})

LONGEST_NUMBER = 40
"""Digits of a number; no setting needs more, and Python refuses to read some thousands of them."""


def value_of(text: str) -> Value:
    """Return what a plain scalar stands for; raises ValueError for a number of more than `LONGEST_NUMBER` digits."""
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if text[0] in "+-.0123456789":
        return _number_of(text)
    return text


def _number_of(text: str) -> Value:
    """Return the number, or the text where it only begins like one."""
    for pattern, base in ((_WHOLE, 10), (_OCTAL, 8), (_HEXADECIMAL, 16)):
        if pattern.fullmatch(text):
            if len(text) > LONGEST_NUMBER:
                raise ValueError(f"a number of more than {LONGEST_NUMBER} digits")
            return int(text, base)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _INFINITE.fullmatch(text):
        return float(text.replace(".", ""))
    return float("nan") if text in _NOT_A_NUMBER else text
