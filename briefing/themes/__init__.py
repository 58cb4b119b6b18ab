"""Which sections a story belongs in, which of its sentences say so, and the terms that decided."""

from briefing.themes.mistakes import TermMistake, term_mistakes
from briefing.themes.placing import NEARLY, Decision, Fit, Placed, Rules, outside_scope, place
from briefing.themes.relevance import RELEVANT
from briefing.themes.scoring import Verdict, beside, explain, missing_languages, stems_in
from briefing.themes.terms import Themes, compile_sections
from briefing.themes.tuning import (
    ExampleFailure,
    SilentTerm,
    Stranger,
    Suggestion,
    Suggestions,
    run_examples,
    silent_terms,
    strangers,
    suggest,
)

__all__ = [
    "NEARLY",
    "RELEVANT",
    "Decision",
    "ExampleFailure",
    "Fit",
    "Placed",
    "Rules",
    "SilentTerm",
    "Stranger",
    "Suggestion",
    "Suggestions",
    "TermMistake",
    "Themes",
    "Verdict",
    "beside",
    "compile_sections",
    "explain",
    "missing_languages",
    "outside_scope",
    "place",
    "run_examples",
    "silent_terms",
    "stems_in",
    "strangers",
    "suggest",
    "term_mistakes",
]
