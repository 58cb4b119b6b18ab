"""What became of an article, and why; and what `briefing check` found. Reads what the stages decided. Pure."""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.explain.explanation import BY_HEADLINE, Explanation, explain_article, too_little
    from briefing.explain.findings import (
        Findings,
        SectionFinding,
        by_script,
        findings_data,
        findings_lines,
        mistakes_as_data,
        silence,
        silent_outlets,
    )
    from briefing.explain.lines import as_values, explanation_lines, folded
else:
    __getattr__ = late(__name__)
