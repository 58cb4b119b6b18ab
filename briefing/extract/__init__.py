"""Document → Article: one adapter for each kind of document, one gate for every text."""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.extract.boilerplate import is_wall
    from briefing.extract.bylines import attributed
    from briefing.extract.cleaning import clean, clean_line, declared_charset, decode
    from briefing.extract.dates import moment_told
    from briefing.extract.draft import Extraction
    from briefing.extract.editors_note import NOTE_BYTES, read_notes
    from briefing.extract.feeds import Feed, FeedEntry, parse_feed
    from briefing.extract.mail_parts import header_of
    from briefing.extract.marking import within_marking
    from briefing.extract.markup import bounded_markup
    from briefing.extract.media_types import MOST_MEMBERS, bomb, foreign, members_in, name_promises
    from briefing.extract.period import LATE, identified, of_these_days, sighted, unread, within_period
    from briefing.extract.reading import (
        EXTRACTORS,
        extract,
        likely_articles,
        load_libraries,
        lost,
        needs_process,
        nested,
        seconds_for,
    )
    from briefing.extract.records import LISTS, SHARED, parse_records
    from briefing.extract.repetitions import in_newest_state, without_repetitions
else:
    __getattr__ = late(__name__)
