"""Which language a text is in, which sentences and words it is made of, and which sentences can stand alone."""

from briefing.text.analysis import analyse
from briefing.text.detection import detect, likeliest
from briefing.text.sentences import split
from briefing.text.standing import ends_in_stop
from briefing.text.stemming import stem, stems
from briefing.text.stopwords import stop_words
from briefing.text.weekdays import weekday_names, weekdays_in
from briefing.text.words import fold, words

__all__ = [
    "analyse",
    "detect",
    "ends_in_stop",
    "fold",
    "likeliest",
    "split",
    "stem",
    "stems",
    "stop_words",
    "weekday_names",
    "weekdays_in",
    "words",
]
