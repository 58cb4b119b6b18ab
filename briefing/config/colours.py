"""Colours as `#rrggbb`: how far they stand out, and whether text in them can be read on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Iterable

READABLE = 4.5
"""Contrast of text with its ground at the least (WCAG 2.2, 1.4.3)."""
PAPER = "#ffffff"
"""What the page is set on."""


def readable(colour: str) -> str:
    """Return a colour that can be read on paper; PydanticCustomError `too_faint` with {contrast, darker} for others."""
    ratio = contrast(colour, PAPER)
    if ratio < READABLE:
        raise PydanticCustomError("too_faint", "", {"contrast": ratio, "darker": darkened(colour)})
    return colour


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, "contrast ratio"), 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str) -> str:
    """Return the colour with as much black as it takes to be read on paper."""
    return next(
        mixed
        for share in range(100, -1, -1)
        if contrast(mixed := _of(round(part * share / 100) for part in parts(colour)), PAPER) >= READABLE
    )


def parts(colour: str) -> tuple[int, ...]:
    """Return red, green and blue, 0 to 255."""
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _of(values: Iterable[int]) -> str:
    return "#" + "".join(f"{value:02x}" for value in values)


def _luminance(colour: str) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (p / 255 for p in parts(colour))]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
