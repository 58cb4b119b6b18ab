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
from briefing.extract.period import cut_off_of, plan_edition, within_period
from briefing.extract.reading import EXTRACTORS, extract
from briefing.extract.records import parse_records
from briefing.extract.repetitions import in_newest_state, without_repetitions
from briefing.extract.unread import identified, unread

__all__ = [
    "EXTRACTORS",
    "NOTE_BYTES",
    "Extraction",
    "Feed",
    "FeedEntry",
    "bounded_markup",
    "clean",
    "clean_line",
    "cut_off_of",
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
    "parse_feed",
    "parse_records",
    "plan_edition",
    "read_notes",
    "seconds_for",
    "unread",
    "within_marking",
    "within_period",
    "without_repetitions",
]
