"""The values that flow through the program, in order of appearance.

Document → Article → Text → Ranked → Story → Placement → Section, Brief → Edition, with Problem beside them. Each stage
returns a new value that contains the one before; a field is never filled in later, so `None` means
"the world did not say", never "not yet".
"""

from briefing.models.choosing import Copy, DecidingTerm, Placement, Quote, Story
from briefing.models.figures import Account, Difference, Passage
from briefing.models.printing import (
    Brief,
    Edition,
    EditionInfo,
    KeyPoint,
    Note,
    Notes,
    PastEdition,
    Section,
    Silence,
    Source,
    Span,
    Status,
    StoryEntry,
)
from briefing.models.reading import (
    PARAGRAPH_BREAK,
    UNDETERMINED,
    Article,
    Document,
    Moment,
    Paragraph,
    Problem,
    Ranked,
    Removal,
    Role,
    Sentence,
    Standing,
    Text,
    Translation,
)

__all__ = [
    "PARAGRAPH_BREAK",
    "UNDETERMINED",
    "Account",
    "Article",
    "Brief",
    "Copy",
    "DecidingTerm",
    "Difference",
    "Document",
    "Edition",
    "EditionInfo",
    "KeyPoint",
    "Moment",
    "Note",
    "Notes",
    "Paragraph",
    "Passage",
    "PastEdition",
    "Placement",
    "Problem",
    "Quote",
    "Ranked",
    "Removal",
    "Role",
    "Section",
    "Sentence",
    "Silence",
    "Source",
    "Span",
    "Standing",
    "Status",
    "Story",
    "StoryEntry",
    "Text",
    "Translation",
]
