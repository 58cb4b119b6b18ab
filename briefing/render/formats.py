"""The formats of an edition, a row each, and where the shipped templates lie. Nothing slow: shells complete both.

A format that is text has a template `brief.<format>.j2` and a row here: how an article's words are written so that they
are shown as they stand, and how they are read back.
"""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import TextWrapper
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from markupsafe import Markup

WIDTH = 72
"""Characters in a line of plain text (RFC 3676 § 4.2 counsels 78 at the most)."""

# CommonMark 0.31 § 2.4 lets a backslash stand before any ASCII punctuation. These mean something inside a line; those
# of the second pattern mean something at its start alone.
_INLINE = re.compile(r"([\\`*_\[\]<>~|]|&(?=[#\w]))")
_START = re.compile(r"^(\s*)([#+=-]|\d{1,9}(?=[.)]))")
_ISOLATE, _POP = "\u2068", "\u2069"


class TextFormat(NamedTuple):
    """How a format that is text is written and read."""

    escape: Callable[[str], str] | None = None
    """What every value goes through that a template prints; None where no character means anything."""
    read: Callable[[str], str] = str
    """What undoes it in a whole file."""
    filters: tuple[tuple[str, Callable[..., str]], ...] = ()
    """What its template may call, by name."""


def markdown(text: str) -> str:
    """Return text that Markdown shows as it stands where it is not the beginning of a line."""
    return _INLINE.sub(r"\\\1", text)


def markdown_start(text: str | Markup) -> Markup:
    """Return text, or what a template made of it, so that Markdown shows it as it stands at the beginning of a line."""
    from markupsafe import Markup

    escaped = str(text) if isinstance(text, Markup) else markdown(text)
    start = _START.match(escaped)
    if start is None:
        return Markup(escaped)  # noqa: S704 - escaped
    at = start.start(2) if not start[2].isdigit() else start.end(2)
    return Markup(f"{escaped[:at]}\\{escaped[at:]}")  # noqa: S704 - escaped


def address(href: str) -> Markup:
    """Return an address that stands between angle brackets, where a backslash would belong to it."""
    from markupsafe import Markup

    return Markup(href.replace("<", "%3C").replace(">", "%3E"))  # noqa: S704 - escaped


def read_markdown(text: str) -> str:
    """Return Markdown without the backslashes that stand before punctuation."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)


def isolated(text: str) -> str:
    """Return text whose direction neither follows that of the words around it nor changes theirs (UAX 9, FSI)."""
    return f"{_ISOLATE}{text}{_POP}"


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Return text in lines of `WIDTH` characters, the first begun with one mark, the others with another."""
    lines = TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    ).wrap(text)
    return "\n".join(_isolated_by_line(lines, rest) if _ISOLATE in text else lines)


def _isolated_by_line(lines: Iterable[str], rest: str) -> Iterator[str]:
    """Yield lines, each with the end of an isolate that runs over it: a line break ends all of them (UAX 9, X8)."""
    runs_on = False
    for line in lines:
        begun = f"{rest}{_ISOLATE}{line[len(rest) :]}" if runs_on else line
        runs_on = begun.rfind(_ISOLATE) > begun.rfind(_POP)
        yield begun + _POP if runs_on else begun


FORMATS: Mapping[str, TextFormat | None] = {
    "pdf": None,
    "html": None,
    "md": TextFormat(escape=markdown, read=read_markdown, filters=(("start", markdown_start), ("address", address))),
    "json": None,
    "txt": TextFormat(filters=(("wrapped", wrapped),)),
}
"""All formats, by the ending of their files."""
USUAL = ("pdf", "html", "md", "json")
"""What an edition holds unless told otherwise."""


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    return next(folder for folder in (package / "templates", package.parent / "templates") if folder.is_dir())
