"""A user's colour and logo, as style and as a picture."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from briefing.config import PAPER, READABLE, contrast, rgb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.config import Theme

DARK = "#14161a"
"""What the dark HTML edition is set on."""
SHADE = "#f1f2f4"
"""The darkest ground of light pages: that of the desk's own words."""
INK = "#000000"

LARGEST_LOGO = 1_000_000

MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


def light_css(theme: Theme) -> str:
    """Return the rules that put a user's colour in place of the sections' own, darkened until it can be read."""
    return "" if theme.accent is None else f"\n{_rules(readable(theme.accent, on=SHADE))}\n"


def dark_css(theme: Theme) -> str:
    """Return the rules that do so on a dark screen, where the colour is lightened until it can be read."""
    if theme.accent is None:
        return ""
    return f"@media screen and (prefers-color-scheme: dark) {{ {_rules(readable(theme.accent, on=DARK))} }}\n"


def logo_address(theme: Theme, folders: Sequence[Path]) -> str | None:
    """Return the logo as a data: address; None where there is none, or none that can be read."""
    path = (
        next((folder / theme.logo for folder in folders if (folder / theme.logo).is_file()), None)
        if theme.logo
        else None
    )
    if path is None or path.stat().st_size > LARGEST_LOGO:
        return None
    kind = MEDIA_TYPES[path.suffix[1:]]
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"


def readable(colour: str, *, on: str) -> str:
    """Return the colour with as much white or black as it takes to be read on a dark or a light ground (WCAG 2, AA)."""
    end = max(PAPER, INK, key=lambda extreme: contrast(extreme, on))
    for share in range(0, 101, 5):
        mixed = "#" + "".join(
            f"{round(part + (to - part) * share / 100):02x}" for part, to in zip(rgb(colour), rgb(end), strict=True)
        )
        if contrast(mixed, on) >= READABLE:
            return mixed
    return end


def _rules(colour: str) -> str:
    sections = ", ".join(f".k{n}" for n in range(1, 7))
    return f":root {{ --link: {colour} }} {sections} {{ --k: {colour} }}"
