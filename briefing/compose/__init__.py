"""What is printed, in which order, what is new: Placement → Brief."""

from briefing.compose.changes import Earlier, earlier_brief, past_edition
from briefing.compose.composing import Also, Day, compose
from briefing.compose.keypoints import key_points
from briefing.compose.ordering import in_order, weighted
from briefing.compose.silence import silence_of
from briefing.compose.weighing import Weight, weigh

__all__ = [
    "Also",
    "Day",
    "Earlier",
    "Weight",
    "compose",
    "earlier_brief",
    "in_order",
    "key_points",
    "past_edition",
    "silence_of",
    "weigh",
    "weighted",
]
