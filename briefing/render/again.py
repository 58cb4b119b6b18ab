"""The files of an edition made once more out of its `brief.json`, so that what they say can be compared with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from briefing.config import Page
from briefing.edition.data import as_json
from briefing.edition.restoring import brief_of
from briefing.errors import RenderError
from briefing.render.markdown import markdown
from briefing.render.page import screen_page
from briefing.render.plain import plain_text
from briefing.render.templates import read_words, template_folders
from briefing.render.view import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from briefing.config import Block
    from briefing.models import Brief

SHIPPED = ("standard", "compact", "digest")
"""The templates that are tried where the edition was made with another than the config's."""
MARKS: Mapping[Block, str] = {
    "front": 'class="front',
    "sections": 'id="stories"',
    "figures": 'id="figures"',
    "also-today": 'id="section-also-today"',
    "gaps": 'id="gaps"',
    "sources": 'id="sources"',
    "how": 'id="how"',
}
"""What the blocks of a page begin with."""


def data_again(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return `brief.json` as the brief in it gives it; KeyError, TypeError or ValueError where it holds none."""
    return as_json(brief_of(data))


def made_again(
    data: Mapping[str, Any], html: str, *, page: Page | None, templates: Sequence[Path]
) -> tuple[Mapping[str, str], ...]:
    """Return the edition's texts as its data give them, by file name, once for each page that they may be set with.

    The pages are the config's `page`, then those of the shipped templates with the blocks that stand in `html`, the
    edition's own. A PDF is compared with the screen's page. KeyError, TypeError or ValueError as `data_again`.
    """
    brief = brief_of(data)
    texts = (_texts(brief, each, templates) for each in _pages(page, html))
    return tuple(made for made in texts if made is not None)


def _texts(brief: Brief, page: Page, templates: Sequence[Path]) -> Mapping[str, str] | None:
    """Return the texts that a page gives; None where its template is not at hand or fails."""
    try:
        folders = template_folders(page.template, templates)
        view = view_of(brief, read_words(brief.edition.language, folders, timezone=brief.edition.timezone))
        html = screen_page(view, folders=folders, page=page)
    except RenderError:
        return None
    return {"brief.html": html, "brief.md": markdown(view), "brief.txt": plain_text(view)}


def _pages(page: Page | None, html: str) -> Iterator[Page]:
    if page is not None:
        yield page
    blocks = _blocks(html)
    for template in dict.fromkeys([*([page.template] if page else []), *SHIPPED]):
        yield Page(template=template, blocks=blocks) if blocks else Page(template=template)


def _blocks(html: str) -> list[Block]:
    """Return the blocks of a page in their order."""
    return sorted((block for block, mark in MARKS.items() if mark in html), key=lambda block: html.index(MARKS[block]))
