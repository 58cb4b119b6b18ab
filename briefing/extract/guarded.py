"""Reads documents one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract.reading import extract

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.config.schema import Limits
    from briefing.extract.draft import Extraction
    from briefing.models import Document


def extract_all(documents: Iterable[Document], limits: Limits) -> Iterator[Extraction]:
    """Yield one extraction for each document, in their order."""
    for document in documents:
        yield extract(document, limits)
