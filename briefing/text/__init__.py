"""What a text is made of: its language, sentences and words, its dates and numbers, and what can be quoted alone."""

# mypy: implicit-reexport

from briefing.text.agencies import agency_names, agency_of, sources_of
from briefing.text.analysis import analyse
from briefing.text.dates import dates_in, is_of_years_ago, weekday_names, weekdays_in
from briefing.text.detection import detect, likeliest
from briefing.text.kinds import ENOUGH, Kind, KindOfPage, kind_of, no_news
from briefing.text.numbers import Hedge, Quantity, amount_words, number_words, quantities, reads_numbers
from briefing.text.quotability import ends_in_stop, needs_stop
from briefing.text.quotations import quoted_share
from briefing.text.sentences import split
from briefing.text.words import (
    UNSEEN,
    Name,
    consonants_in,
    fold,
    foreign_forms,
    frequencies,
    frequency,
    romanise,
    stem,
    stems,
    stop_words,
    words,
)
