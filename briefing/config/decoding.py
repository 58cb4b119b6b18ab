"""Bytes → the lines of a YAML file: its size, its encoding, and the characters that it may hold."""

from __future__ import annotations

import re

from briefing.config.mistakes import strike_out_secrets
from briefing.errors import ConfigError, Mistake

LARGEST = 1_000_000
"""Bytes of one file; a desk of two hundred sections takes a tenth of that."""

_BOM = b"\xef\xbb\xbf"
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What is not printable in YAML 1.2 (5.1), and three line breaks that YAML 1.1 parsers see and editors do not."""
_NAMES = {"\x00": "a NUL character", "\x1b": "an escape character", "\x7f": "a delete character"}


def decode(content: bytes, *, name: str) -> str:
    """Return the text of a config file; raises ConfigError where it is too large or not UTF-8 text."""
    if len(content) > LARGEST:
        told = f"larger than {LARGEST:,} bytes: this is no config"
        raise ConfigError([Mistake(file=name, line=1, column=1, message=told)])
    content = content.removeprefix(_BOM)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = _position(before, len(before))
        told = f"not UTF-8 text (byte 0x{content[error.start]:02x}); save the file as UTF-8"
        raise ConfigError([Mistake(file=name, line=line, column=column, message=told)]) from error


def lines_of(text: str) -> tuple[str, ...]:
    """Return the lines as YAML counts them."""
    return tuple(_LINE_BREAK.split(text))


def check_characters(text: str, *, name: str) -> None:
    """Raise ConfigError at the first character that no text file holds, or where the text is too long."""
    if len(text) > LARGEST:
        told = f"larger than {LARGEST:,} characters: this is no config"
        raise ConfigError([Mistake(file=name, line=1, column=1, message=told)])
    match = _UNWANTED.search(text)
    if match is None:
        return
    line, column = _position(text, match.start())
    told = f"{unwanted_in(text)}, which a text file cannot hold"
    source = strike_out_secrets(_LINE_BREAK.split(text)[line - 1])
    raise ConfigError([Mistake(file=name, line=line, column=column, message=told, source=source)])


def unwanted_in(text: str) -> str | None:
    """Return the name of the first character that is not printable in YAML, as an escape may bring it in; or None."""
    match = _UNWANTED.search(text)
    return None if match is None else _NAMES.get(match[0], f"the character U+{ord(match[0]):04X}")


def _position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, 1-based, of an offset."""
    breaks = [match.end() for match in _LINE_BREAK.finditer(text, 0, offset)]
    return len(breaks) + 1, offset - (breaks[-1] if breaks else 0) + 1
