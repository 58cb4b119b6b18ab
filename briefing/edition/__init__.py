"""The edition: brief.json as a value, and the files on disk."""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.edition.data import (
        LISTING,
        Edition,
        IncompleteError,
        as_data,
        json_bytes,
        listed_in,
        listing_of,
        read_brief,
        sum_of_listing,
    )
    from briefing.edition.files import (
        Files,
        checksum,
        checksums,
        edition_ids,
        listing_beside,
        own_files,
        read_files,
        write_atomically,
        write_edition,
        write_files,
    )
    from briefing.edition.lines import (
        Line,
        cut_at_word,
        encodable,
        gap_lines,
        headlines,
        key_lines,
        one_line,
        opening,
        quoted_line,
        subject,
        without_controls,
    )
    from briefing.edition.schema import (
        ALSO_TODAY,
        AccountEntry,
        ArticleEntry,
        Brief,
        ChangeEntry,
        DifferenceEntry,
        EditionInfo,
        KeyPointEntry,
        NoteLink,
        NoteParagraph,
        OutletCount,
        PastEdition,
        PastStory,
        Section,
        SentenceEntry,
        Silence,
        StoryEntry,
        WholeDay,
        WholeSection,
        cut_off_of,
        from_settings,
        plan_edition,
    )
else:
    __getattr__ = late(__name__)
