"""Styles that no element of a document has: five of every element's are for its notes, on few documents' pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.render.pdf.lean_loading import is_known_weasyprint

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOTE = re.compile(r"footnote|note-area|note-call|note-marker|\bnote\(")
_PSEUDO = 3
"""Where cssselect2 keeps a selector's pseudo-element; one of another shape is left alone."""
_OF_NOTES = frozenset({"footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"})


def forget_notes(texts: Iterable[str]) -> None:
    """Let WeasyPrint compute no styles for notes, from now on in this process, where no text or sheet sets any."""
    from weasyprint.html import UA_STYLESHEET

    if is_known_weasyprint() and not any(map(_NOTE.search, texts)):
        selectors = UA_STYLESHEET.matcher.other_selectors
        if all(len(selector) > _PSEUDO and isinstance(selector[_PSEUDO], str | None) for selector in selectors):
            selectors[:] = [selector for selector in selectors if selector[_PSEUDO] not in _OF_NOTES]
