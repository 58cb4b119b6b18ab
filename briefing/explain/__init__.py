"""What became of an article, and why; and what `briefing check` found. Reads what the stages decided. Pure."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.explain.data import as_values as as_values
    from briefing.explain.explanation import BY_HEADLINE as BY_HEADLINE
    from briefing.explain.explanation import Explanation as Explanation
    from briefing.explain.explanation import explain_article as explain_article
    from briefing.explain.explanation import too_little as too_little
    from briefing.explain.findings import Findings as Findings
    from briefing.explain.findings import SectionFinding as SectionFinding
    from briefing.explain.findings import by_script as by_script
    from briefing.explain.findings import findings_data as findings_data
    from briefing.explain.findings import findings_lines as findings_lines
    from briefing.explain.findings import mistakes_as_data as mistakes_as_data
    from briefing.explain.findings import silence as silence
    from briefing.explain.findings import silent_outlets as silent_outlets
    from briefing.explain.lines import explanation_lines as explanation_lines
    from briefing.explain.lines import folded as folded

_NAMES = {
    "data": "as_values",
    "explanation": "BY_HEADLINE Explanation explain_article too_little",
    "findings": (
        "Findings SectionFinding by_script findings_data findings_lines mistakes_as_data silence silent_outlets"
    ),
    "lines": "explanation_lines folded",
}
"""Module → the names that others import from here; each module is loaded when one of its names is asked for."""

_PLACES = {name: module for module, names in _NAMES.items() for name in names.split()}


if not TYPE_CHECKING:  # a type checker is to know the names above, and no others

    def __getattr__(name: str) -> object:
        """Load a public name when it is asked for."""
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
        globals()[name] = value
        return value
