"""What is printed, in which order, what is new: Placement → Brief."""

from briefing.compose.composing import ALSO_TODAY, Also, Day, compose

__all__ = ["ALSO_TODAY", "Also", "Day", "compose"]
