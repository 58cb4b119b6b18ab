"""Document → Article: one adapter for each kind of document, one gate for every text."""

from briefing.extract.boilerplate import is_wall
from briefing.extract.cleaning import clean, clean_line, declared_charset, decode
from briefing.extract.dates import moment_told
from briefing.extract.draft import Extraction
from briefing.extract.editors_note import NOTE_BYTES, read_notes
from briefing.extract.feeds import Feed, FeedEntry, parse_feed
from briefing.extract.isolation import load_libraries, lost, needs_process, seconds_for
from briefing.extract.mail_parts import header_of
from briefing.extract.marking import within_marking
from briefing.extract.markup import bounded_markup
from briefing.extract.period import LATE, identified, of_these_days, sighted, unread, within_period
from briefing.extract.reading import EXTRACTORS, extract
from briefing.extract.records import parse_records
from briefing.extract.repetitions import in_newest_state, without_repetitions

__all__ = [
    "EXTRACTORS",
    "LATE",
    "NOTE_BYTES",
    "Extraction",
    "Feed",
    "FeedEntry",
    "bounded_markup",
    "clean",
    "clean_line",
    "declared_charset",
    "decode",
    "extract",
    "header_of",
    "identified",
    "in_newest_state",
    "is_wall",
    "load_libraries",
    "lost",
    "moment_told",
    "needs_process",
    "of_these_days",
    "parse_feed",
    "parse_records",
    "read_notes",
    "seconds_for",
    "sighted",
    "unread",
    "within_marking",
    "within_period",
    "without_repetitions",
]
