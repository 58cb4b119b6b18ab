"""What is printed, in which order, what is new: Placement → Brief."""

from briefing.compose.changes import Earlier, earlier_brief, past_edition
from briefing.compose.composing import Also, Day, compose
from briefing.compose.silence import silence_of

__all__ = ["Also", "Day", "Earlier", "compose", "earlier_brief", "past_edition", "silence_of"]
