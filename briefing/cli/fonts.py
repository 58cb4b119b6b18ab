"""Which characters of the day no font of this machine has: asked of fontconfig, which the page is set with too."""

from __future__ import annotations

import subprocess
from bisect import bisect_right
from collections import defaultdict
from shutil import which
from typing import TYPE_CHECKING
from unicodedata import category, name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECONDS = 10
_FONTS = ("*.ttf", "*.otf")


def characters_without_font(texts: Iterable[str], *, folders: Iterable[Path]) -> tuple[str, ...] | None:
    """Return the visible characters that neither a font of the system nor one in a folder's `fonts/` has, in order.

    None where fontconfig's tools are not there, so that nobody can tell.
    """
    files = [str(path) for folder in folders for pattern in _FONTS for path in sorted((folder / "fonts").glob(pattern))]
    try:
        charsets = _asked(["fc-list", "--format", "%{charset}\n"])
        if files:
            charsets += _asked(["fc-query", "--format", "%{charset}\n", "--", *files])
    except (OSError, subprocess.SubprocessError):
        return None
    covered = _ranges(charsets)
    wanted = set[str]().union(*texts)
    return tuple(sorted(char for char in wanted if _is_visible(char) and not _holds(covered, ord(char))))


def by_script(characters: Iterable[str]) -> dict[str, list[str]]:
    """Return characters by the first word of their Unicode names, which is the script for letters: `BENGALI`."""
    found: dict[str, list[str]] = defaultdict(list)
    for char in characters:
        found[name(char, "unnamed").split()[0]].append(char)
    return dict(found)


def _asked(command: list[str]) -> str:
    program = which(command[0])
    if program is None:
        raise FileNotFoundError(command[0])
    done = subprocess.run(  # noqa: S603 - a program of the system, file names as arguments
        [program, *command[1:]], capture_output=True, check=True, timeout=SECONDS
    )
    return done.stdout.decode("utf-8", "replace")


def _ranges(charsets: str) -> list[tuple[int, int]]:
    """Return the code points of all charsets, written `20-7e a0`, as ranges in order that do not overlap."""
    found = set()
    for part in charsets.split():
        lowest, _, highest = part.partition("-")
        found.add((int(lowest, 16), int(highest or lowest, 16)))
    merged: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _holds(ranges: list[tuple[int, int]], code: int) -> bool:
    place = bisect_right(ranges, (code, 0x110000)) - 1
    return place >= 0 and ranges[place][0] <= code <= ranges[place][1]


def _is_visible(char: str) -> bool:
    """Return whether a character needs a glyph: not a control, a format sign, a surrogate, unassigned, or a blank."""
    return category(char)[0] not in "CZ"
