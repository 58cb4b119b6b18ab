"""Which sections a story belongs in, which of its sentences say so, and the terms that decided."""

from briefing.themes.examples import ExampleFailure, run_examples
from briefing.themes.explaining import beside, explain, missing_languages
from briefing.themes.mistakes import TermMistake, term_mistakes
from briefing.themes.placing import NEARLY, Decision, Fit, Placed, Rules, place
from briefing.themes.relevance import RELEVANT
from briefing.themes.scope import outside_scope
from briefing.themes.scoring import Verdict, stems_in
from briefing.themes.suggesting import SilentTerm, Suggestion, Suggestions, silent_terms, suggest
from briefing.themes.terms import Themes, compile_sections

__all__ = [
    "NEARLY",
    "RELEVANT",
    "Decision",
    "ExampleFailure",
    "Fit",
    "Placed",
    "Rules",
    "SilentTerm",
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
    "suggest",
    "term_mistakes",
]
