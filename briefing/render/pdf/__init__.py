"""All that knows how WeasyPrint works inside, whose version is pinned for it, and the process that runs it."""

from briefing.render.pdf.typesetter import LIMITS, Limits, Typesetter, typesetter_for

__all__ = ["LIMITS", "Limits", "Typesetter", "typesetter_for"]
