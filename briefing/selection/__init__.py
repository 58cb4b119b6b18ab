"""Which sentences stand for a story: worth against redundancy, within a budget."""

from briefing.selection.budget import OVERRUN, Budget
from briefing.selection.candidates import NEAR_TOP, OTHERS, common_share, content
from briefing.selection.choosing import choose

__all__ = ["NEAR_TOP", "OTHERS", "OVERRUN", "Budget", "choose", "common_share", "content"]
