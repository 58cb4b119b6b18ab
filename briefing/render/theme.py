"""A user's colour and logo, as style and as a picture."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.config.schema import Theme

READABLE = 4.5
"""Contrast of text with its ground at the least (WCAG 2.2, 1.4.3)."""

PAPER, DARK = "#ffffff", "#14161a"
"""What the page and the dark HTML edition are set on."""

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


def theme_problems(theme: Theme) -> tuple[str, ...]:
    """Return what is wrong with the colour: one that cannot be read on white."""
    if theme.accent is None or contrast(theme.accent, PAPER) >= READABLE:
        return ()
    ratio = contrast(theme.accent, PAPER)
    return (f"{theme.accent} on white has a contrast of {ratio:.1f}, and text needs {READABLE}: choose a darker one",)


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


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, "contrast ratio"), 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lightened(colour: str) -> str:
    """Return the colour with as much white as it takes to be read on the dark ground."""
    for share in range(0, 101, 5):
        mixed = "#" + "".join(f"{round(part + (255 - part) * share / 100):02x}" for part in _parts(colour))
        if contrast(mixed, DARK) >= READABLE:
            return mixed
    return PAPER


def _rules(colour: str) -> str:
    sections = ", ".join(f".k{n}" for n in range(1, 7))
    return f":root {{ --link: {colour} }} {sections} {{ --k: {colour} }}"


def _luminance(colour: str) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (p / 255 for p in _parts(colour))]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parts(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
