"""Brief → Edition: PDF, HTML, Markdown, plain text and JSON, all from the one value.

Jinja2 and WeasyPrint live here and nowhere else, and are loaded late.
"""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.render.edition import made_again, render
    from briefing.render.formats import FORMATS, USUAL, shipped_templates
    from briefing.render.mail import archive_page, mail_bodies
    from briefing.render.own_template import page_problems
    from briefing.render.pdf import typesetter_for
    from briefing.render.templates import STANDARD
else:
    __getattr__ = late(
        __name__,
        {
            "edition": "made_again render",
            "formats": "FORMATS USUAL shipped_templates",
            "mail": "archive_page mail_bodies",
            "own_template": "page_problems",
            "pdf": "typesetter_for",
            "templates": "STANDARD",
        },
    )
