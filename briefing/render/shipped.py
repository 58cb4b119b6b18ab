"""Where the templates lie that come with the program; imports nothing slow, for shells that complete their names."""

from __future__ import annotations

from pathlib import Path


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    return next(folder for folder in (package / "templates", package.parent / "templates") if folder.is_dir())
