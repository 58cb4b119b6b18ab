"""An article's sentences, ranked, and summaries made of the best: sumy lives here and nowhere else."""

from briefing.summarise.methods import METHODS, rank
from briefing.summarise.standalone import Source, Summary, SummarySentence, summarise, summarise_together

__all__ = ["METHODS", "Source", "Summary", "SummarySentence", "rank", "summarise", "summarise_together"]
