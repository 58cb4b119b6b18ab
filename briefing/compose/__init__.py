"""What is printed, in which order, what is new: Placement → Brief."""

# mypy: implicit-reexport

from briefing.compose.composing import Also, Day, compose, silence_of
from briefing.compose.entries import Continued, Earlier, articles_of, continued, earlier_brief, past_edition
from briefing.compose.weighing import Signs, Weight, in_order, key_points, signs_of, weigh, weighted
