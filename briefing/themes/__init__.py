"""Which sections a story belongs in, which of its sentences say so, and the terms that decided."""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.themes.drafts import Draft, draft
    from briefing.themes.matching import Matcher
    from briefing.themes.mistakes import TermMistake, term_mistakes
    from briefing.themes.placing import (
        NEARLY,
        Decision,
        Fit,
        Placed,
        Rules,
        compile_scope,
        is_inside,
        outside_scope,
        place,
    )
    from briefing.themes.relevance import RELEVANT
    from briefing.themes.scoring import Verdict, beside, missing_languages, scan, stems_in
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
else:
    __getattr__ = late(__name__)
