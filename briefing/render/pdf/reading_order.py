"""Draws citations in lines that run from right to left behind all else on a page, so that the lines are read in order.

PDFium, which reads PDFs in Chrome and in pypdfium2, sorts what stands on one base line from left to right and turns a
line of Arabic or Hebrew around as a whole. A raised number in it ends that line, or joins and parts it, and its pieces
change places; drawn by itself it disturbs none. The order of the tags, in which a page is read aloud, stays the text's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.render.pdf.lean_loading import is_known_weasyprint

if TYPE_CHECKING:
    from collections.abc import Callable


def draw_in_reading_order() -> None:
    """Let WeasyPrint draw so, from now on in this process."""
    if is_known_weasyprint():
        from weasyprint import document, draw

        later = Later(draw.draw_inline_level, document.draw_page)
        draw.draw_inline_level, document.draw_page = later.draw_inline_level, later.draw_page


class Later:
    """Draws a page as WeasyPrint does, but for the citations that it keeps for the end."""

    def __init__(self, inline_level: Callable[..., None], page: Callable[..., None]) -> None:
        self._inline_level, self._page = inline_level, page
        self._stream: object = None
        self._kept: list[tuple[Any, ...]] = []

    def draw_page(self, page: Any, stream: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        """Draw a page, what was kept last."""
        self._stream, self._kept = stream, []
        self._page(page, stream)
        for kept in self._kept:
            self._inline_level(*kept)
        self._stream = None

    def draw_inline_level(self, stream: Any, page: Any, box: Any, *rest: Any) -> None:  # noqa: ANN401 - the same
        """Draw a box of a line now, or keep it; what has a stream of its own, as transparent text has, is not kept."""
        if stream is self._stream and _is_citation(box):
            self._kept.append((stream, page, box, *rest))
        else:
            self._inline_level(stream, page, box, *rest)


def _is_citation(box: Any) -> bool:  # noqa: ANN401 - the same
    if not hasattr(box, "style"):  # what is positioned has none itself
        return False
    style = box.style
    return bool(box.element_tag == "a" and style["vertical_align"] != "baseline" and style["direction"] == "rtl")
