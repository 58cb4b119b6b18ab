"""The values that flow through the program, in order of appearance.

Document → Article → Text → Ranked → Story → Placement, with Problem beside them; the Brief that is printed of them is
declared in `edition`. Each stage returns a new value that contains the one before; a field is never filled in later, so
`None` means "the world did not say", never "not yet".
"""

# mypy: implicit-reexport

from briefing.models.choosing import (
    Account,
    Copy,
    Correction,
    Coverage,
    DecidingTerm,
    Difference,
    KeyPoint,
    Note,
    Notes,
    Passage,
    Placement,
    Quote,
    SilentSource,
    Span,
    Status,
    Story,
)
from briefing.models.pickling import quickly_pickled
from briefing.models.reading import (
    NOT_COLLECTED,
    PARAGRAPH_BREAK,
    UNDETERMINED,
    Article,
    Delivered,
    Document,
    Moment,
    Paragraph,
    Problem,
    Quotability,
    Quoted,
    Ranked,
    Removal,
    Role,
    Sentence,
    Sighting,
    Text,
    Translation,
)
