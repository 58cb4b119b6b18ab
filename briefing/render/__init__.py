"""Brief → Edition: PDF, HTML, Markdown, plain text and JSON, all from the one value.

Jinja2 and WeasyPrint live here and nowhere else, and are loaded late.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.render.edition import made_again, render
    from briefing.render.formats import FORMATS, USUAL, shipped_templates
    from briefing.render.mail import Frame, Mail, archive_page, mail_of
    from briefing.render.own_template import page_problems
    from briefing.render.pdf import typesetter_for
    from briefing.render.templates import STANDARD

__all__ = [
    "FORMATS",
    "STANDARD",
    "USUAL",
    "Frame",
    "Mail",
    "archive_page",
    "made_again",
    "mail_of",
    "page_problems",
    "render",
    "shipped_templates",
    "typesetter_for",
]

_PLACES = {
    "FORMATS": "formats",
    "USUAL": "formats",
    "STANDARD": "templates",
    "archive_page": "mail",
    "mail_of": "mail",
    "Frame": "mail",
    "Mail": "mail",
    "made_again": "edition",
    "page_problems": "own_template",
    "render": "edition",
    "shipped_templates": "formats",
    "typesetter_for": "pdf",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is asked for: the process that sets type is part of this package and needs none."""
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
