"""Which language a text is in, which sentences and words it is made of, and which sentences can stand alone."""

from briefing.language.analysis import analyse
from briefing.language.detection import detect, likeliest
from briefing.language.sentences import split
from briefing.language.stemming import stem, stems
from briefing.language.stopwords import stop_words
from briefing.language.weekdays import weekday_names, weekdays_in
from briefing.language.words import fold, words

__all__ = [
    "analyse",
    "detect",
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
