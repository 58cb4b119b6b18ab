"""What is printed, in which order, what is new: Placement → Brief."""

from briefing.compose.composing import Also, Day, compose, silence_of
from briefing.compose.entries import Continued, Earlier, articles_of, continued, earlier_brief, past_edition
from briefing.compose.weighing import Weight, in_order, key_points, weigh, weighted

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
