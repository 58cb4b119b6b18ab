"""How much each sentence of an article says, and the choice of those that stand for a story."""

# mypy: implicit-reexport

from briefing.ranking.choosing import NEAR_TOP, OTHERS, OVERRUN, Budget, choose, common_share, content
from briefing.ranking.fusion import MUTE, NEARLY_AS_GOOD, names_in, tell, worths
from briefing.ranking.methods import METHODS, rank
