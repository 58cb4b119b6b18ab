"""How much each sentence of an article says, and the choice of those that stand for a story."""

from briefing.ranking.candidates import NEAR_TOP, OTHERS, common_share, content
from briefing.ranking.choosing import OVERRUN, Budget, choose
from briefing.ranking.fusion import names_in
from briefing.ranking.methods import METHODS, rank
from briefing.ranking.news import MUTE, NEARLY_AS_GOOD, tell, worths

__all__ = [
    "METHODS",
    "MUTE",
    "NEARLY_AS_GOOD",
    "NEAR_TOP",
    "OTHERS",
    "OVERRUN",
    "Budget",
    "choose",
    "common_share",
    "content",
    "names_in",
    "rank",
    "tell",
    "worths",
]
