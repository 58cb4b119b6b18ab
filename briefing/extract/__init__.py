"""Document → Article: one adapter for each kind of document, one gate for every text."""

from briefing.extract.cleaning import clean, clean_line
from briefing.extract.draft import Extraction
from briefing.extract.editors_note import NOTE_BYTES, read_notes
from briefing.extract.reading import EXTRACTORS, extract
from briefing.extract.repetitions import in_newest_state, without_repetitions
from briefing.parallel.guarded import extract_all, loading_worker

__all__ = [
    "EXTRACTORS",
    "NOTE_BYTES",
    "Extraction",
    "clean",
    "clean_line",
    "extract",
    "extract_all",
    "in_newest_state",
    "loading_worker",
    "read_notes",
    "without_repetitions",
]
