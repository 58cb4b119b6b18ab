"""The edition: brief.json as a value, and the files on disk."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from briefing.edition.lines import (
    Line,
    account_line,
    cut_at_word,
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
    Edition,
    EditionInfo,
    IncompleteError,
    KeyPointEntry,
    NoteLink,
    NoteParagraph,
    PastEdition,
    PastStory,
    Section,
    SentenceEntry,
    Silence,
    StoryEntry,
    as_data,
    encodable,
    from_settings,
    json_bytes,
    read_brief,
)

if TYPE_CHECKING:
    from briefing.edition.files import (
        Files,
        checksum,
        checksums,
        edition_ids,
        read_files,
        write_atomically,
        write_edition,
        write_files,
    )

__all__ = [
    "ALSO_TODAY",
    "AccountEntry",
    "ArticleEntry",
    "Brief",
    "ChangeEntry",
    "DifferenceEntry",
    "Edition",
    "EditionInfo",
    "Files",
    "IncompleteError",
    "KeyPointEntry",
    "Line",
    "NoteLink",
    "NoteParagraph",
    "PastEdition",
    "PastStory",
    "Section",
    "SentenceEntry",
    "Silence",
    "StoryEntry",
    "account_line",
    "as_data",
    "checksum",
    "checksums",
    "cut_at_word",
    "edition_ids",
    "encodable",
    "from_settings",
    "gap_lines",
    "headlines",
    "json_bytes",
    "key_lines",
    "one_line",
    "opening",
    "quoted_line",
    "read_brief",
    "read_files",
    "subject",
    "without_controls",
    "write_atomically",
    "write_edition",
    "write_files",
]


def __getattr__(name: str) -> object:
    """Load what touches files when it is asked for: stages take the schema alone."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.files"), name)
