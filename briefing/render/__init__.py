"""Brief → Edition: PDF, HTML, Markdown, plain text and JSON, all from the one value.

Jinja2 and WeasyPrint live here and nowhere else, and are loaded late.
"""

from briefing.render.edition import render
from briefing.render.templates import shipped_templates
from briefing.render.typesetting import typesetter_for

__all__ = ["render", "shipped_templates", "typesetter_for"]
