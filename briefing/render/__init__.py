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
    from briefing.render.mail import Frame, Mail, archive_page, mail_of
    from briefing.render.page import page_problems
    from briefing.render.pdf import Typesetter, missing_library, typesetter_for
    from briefing.render.templates import STANDARD
else:
    __getattr__ = late(__name__)
