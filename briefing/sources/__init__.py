"""Where documents come from: one file per kind of source. An edge of the program: it reads the disk."""

from briefing.sources.folder import Found, read_paths
from briefing.sources.notes import origin_of, read_note

__all__ = ["Found", "origin_of", "read_note", "read_paths"]
