"""What is printed, in which order, what is new: Placement → Brief."""

from briefing.compose.changes import Continued, Earlier, articles_of, continued, earlier_brief, past_edition
from briefing.compose.composing import Also, Day, compose, silence_of
from briefing.compose.ordering import in_order, key_points, weighted
from briefing.compose.weighing import Weight, weigh

__all__ = [
    "Also",
    "Continued",
    "Day",
    "Earlier",
    "Weight",
    "articles_of",
    "compose",
    "continued",
    "earlier_brief",
    "in_order",
    "key_points",
    "past_edition",
    "silence_of",
    "weigh",
    "weighted",
]
