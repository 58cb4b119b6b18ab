"""config.yaml on the disk → Config: what it may refer to is looked up here, what it says is checked in `config`."""

from __future__ import annotations

import stat
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.config import LARGEST, Surroundings, decode, load
from briefing.errors import ConfigError, Mistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from briefing.config import Check, Config, Finding

STDIN = Path("<stdin>")
"""What stands for the configuration that is read from standard input, in messages too."""
WORDS = Path(__file__).parents[1] / "config" / "words"
"""Files to extend that come with the program."""
NO_PAGES = {"archive", "mail"}
"""The folders under templates/ that set no page."""


def load_file(path: Path, *, environ: Mapping[str, str], checks: Sequence[Check] = ()) -> Config:
    """Return the configuration in a file, or from STDIN; raises ConfigError with every mistake.

    Folders in it start from its own, or from the current one. `checks` are made beside the usual ones.
    """
    try:
        content = _typed() if path == STDIN else _read(path)
    except OSError as error:
        raise ConfigError([_unreadable(path, error)]) from error
    around = Surroundings(
        folder_exists=lambda folder: (path.parent / folder).is_dir(),
        templates=_templates(path.parent),
        read=read_extended,
        environ=environ,
        more_checks=(_term_mistakes, *checks),
    )
    return load(decode(content, name=str(path)), name=str(path), around=around)


def read_extended(name: str) -> bytes:
    """Return a file that another extends, or the words of its name that come with the program; raises OSError."""
    path = Path(name)
    shipped = WORDS / path.name
    return _read(shipped if shipped.is_file() and not path.exists() else path)


def _term_mistakes(config: Config) -> Iterable[Finding]:
    from briefing.themes import term_mistakes

    return term_mistakes(config.sections, config.aliases)


def _templates(home: Path) -> list[str]:
    """Return the names of the templates that there are, the user's own and those that come with the program."""
    from briefing.render import shipped_templates

    roots = (home / "templates", shipped_templates())
    return sorted({folder.name for root in roots for folder in root.glob("*/") if folder.is_dir()} - NO_PAGES)


@cache
def _typed() -> bytes:
    """Return what standard input holds, as far as a config may; it is read once, and asked for again by examples."""
    return sys.stdin.buffer.read(LARGEST + 1)


def _read(path: Path) -> bytes:
    """Return a regular file's bytes, at most one more than a config may have; raises OSError."""
    if not stat.S_ISREG(path.stat().st_mode):
        kind = "a folder" if path.is_dir() else "no regular file"
        raise OSError(None, f"it is {kind}", str(path))
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _unreadable(path: Path, error: OSError) -> Mistake:
    if isinstance(error, FileNotFoundError):
        reason = "there is no such file; `briefing init` lays one, and -c names another"
    else:
        reason = f"cannot be read: {error.strerror or error}"
    return Mistake(file=str(path), line=1, column=1, message=reason)
