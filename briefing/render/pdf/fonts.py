"""Fonts that a template brings along."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUFFIXES = frozenset({".ttf", ".otf"})


def font_faces(folders: Sequence[Path]) -> str:
    """Return `@font-face` rules for every font in the folders' `fonts/`, under the family names that they carry."""
    paths = [path for folder in folders for path in sorted((folder / "fonts").glob("*"))]
    return "\n".join(_rule(path) for path in paths if path.suffix.lower() in SUFFIXES)


def _rule(path: Path) -> str:
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # ships no types

    try:
        with TTFont(path, lazy=True) as font:
            family = font["name"].getBestFamilyName() or path.stem
            weight, italic = font["OS/2"].usWeightClass, bool(font["OS/2"].fsSelection & 1)
    except (TTLibError, KeyError, OSError) as error:
        logging.getLogger("weasyprint").warning("%s cannot be read as a font: %s", path.name, error)
        return ""
    quoted = family.replace("\\", "").replace('"', "")
    address = path.name.replace("\\", "").replace('"', "")
    style = "italic" if italic else "normal"
    source = f'font-family: "{quoted}"; src: url("fonts/{address}")'
    return f"@font-face {{ {source}; font-weight: {weight}; font-style: {style} }}"
