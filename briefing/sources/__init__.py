"""Where documents come from: one file per kind of source. An edge of the program: it reads the disk."""

from briefing.sources.folder import Found, read_paths

__all__ = ["Found", "read_paths"]
