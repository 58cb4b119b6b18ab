"""Brief → Edition: PDF, HTML, Markdown, plain text and JSON, all from the one value.

Jinja2 and WeasyPrint live here and nowhere else, and are loaded late.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.render.again import data_again, made_again
    from briefing.render.archive import archive_page
    from briefing.render.edition import render
    from briefing.render.mail import mail_bodies
    from briefing.render.own_template import page_problems
    from briefing.render.pdf.typesetting import typesetter_for
    from briefing.render.shipped import shipped_templates

__all__ = [
    "archive_page",
    "data_again",
    "made_again",
    "mail_bodies",
    "page_problems",
    "render",
    "shipped_templates",
    "typesetter_for",
]

_PLACES = {
    "archive_page": "archive",
    "mail_bodies": "mail",
    "data_again": "again",
    "made_again": "again",
    "page_problems": "own_template",
    "render": "edition",
    "shipped_templates": "shipped",
    "typesetter_for": "pdf.typesetting",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is asked for: the process that sets type is part of this package and needs none."""
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
