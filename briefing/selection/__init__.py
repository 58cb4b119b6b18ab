"""Which sentences stand for a story: worth against redundancy, within a budget."""

from briefing.selection.budget import OVERRUN, Budget
from briefing.selection.candidates import NEAR_TOP, OTHERS
from briefing.selection.choosing import choose

__all__ = ["NEAR_TOP", "OTHERS", "OVERRUN", "Budget", "choose"]
