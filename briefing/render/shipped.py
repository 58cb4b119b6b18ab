"""Where the templates lie that come with the program; imports nothing slow, for shells that complete their names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def shipped_templates() -> Path:
    """Return the folder of the templates that come with the program: in the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    return next(folder for folder in (package / "templates", package.parent / "templates") if folder.is_dir())


def are_shipped(folders: Iterable[Path]) -> bool:
    """Tell whether all templates in these folders are, to the byte, those that come with the program."""
    ours = shipped_templates()
    return all(
        (ours / folder.name / path.name).is_file()
        and (ours / folder.name / path.name).read_bytes() == path.read_bytes()
        for folder in folders
        for path in folder.glob("*.j2")
    )
