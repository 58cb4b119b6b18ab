"""What a template brings along: its own files, which alone may be loaded, and its fonts."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BASE_URL = "template:///"
"""What relative addresses in a template start from: `url(fonts/My.ttf)` is `template:///fonts/My.ttf`."""

LARGEST_FILE = 50_000_000
FONT_SUFFIXES = frozenset({".ttf", ".otf"})


class TemplateFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves `template:///…` from the template folders, in order, and denies every other address.

    A subclass, since WeasyPrint calls methods that a plain function does not have.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=())
        self._folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - WeasyPrint's signature
        """Return a file of the template; ValueError for everything else, which WeasyPrint logs and goes on."""
        if not url.startswith(BASE_URL):
            raise ValueError(f"{url[:200]}: only files of the template may be loaded")
        name = unquote(url.removeprefix(BASE_URL).split("?")[0].split("#")[0])
        for folder in self._folders:
            path = (folder / name).resolve()
            if path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= LARGEST_FILE:
                return URLFetcherResponse(url, path.read_bytes())
        raise ValueError(f"{name[:200]}: no such file in the template")


def font_faces(folders: Sequence[Path]) -> str:
    """Return `@font-face` rules for every font in the folders' `fonts/`, under the family names that they carry."""
    paths = [path for folder in folders for path in sorted((folder / "fonts").glob("*"))]
    return "\n".join(_rule(path) for path in paths if path.suffix.lower() in FONT_SUFFIXES)


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
