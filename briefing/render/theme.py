"""A user's colour and logo, as style and as a picture."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from briefing.config.colours import PAPER, READABLE, contrast, parts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.config.schema import Theme

DARK = "#14161a"
"""What the dark HTML edition is set on."""

LARGEST_LOGO = 1_000_000

MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "svg": "image/svg+xml"}


def light_css(theme: Theme) -> str:
    """Return the rules that put a user's colour in place of the sections' own."""
    return "" if theme.accent is None else f"\n{_rules(theme.accent)}\n"


def dark_css(theme: Theme) -> str:
    """Return the rules that do so on a dark screen, where the colour is lightened until it can be read."""
    if theme.accent is None:
        return ""
    return f"@media screen and (prefers-color-scheme: dark) {{ {_rules(lightened(theme.accent))} }}\n"


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


def lightened(colour: str) -> str:
    """Return the colour with as much white as it takes to be read on the dark ground."""
    for share in range(0, 101, 5):
        mixed = "#" + "".join(f"{round(part + (255 - part) * share / 100):02x}" for part in parts(colour))
        if contrast(mixed, DARK) >= READABLE:
            return mixed
    return PAPER


def _rules(colour: str) -> str:
    sections = ", ".join(f".k{n}" for n in range(1, 7))
    return f":root {{ --link: {colour} }} {sections} {{ --k: {colour} }}"
