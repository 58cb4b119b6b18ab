"""config.yaml on the disk → Config: the only module of this package that looks around."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.config.decoding import LARGEST, decode
from briefing.config.loading import Surroundings, load
from briefing.config.mistakes import Mistake
from briefing.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from briefing.config.checks import Check
    from briefing.config.schema import Config


def load_file(
    path: Path,
    *,
    environ: Mapping[str, str],
    templates: Collection[str] | None = None,
    more_checks: Sequence[Check] = (),
) -> Config:
    """Return the configuration in a file; raises ConfigError with every mistake. Folders in it start from its own."""
    try:
        content = _read(path)
    except OSError as error:
        raise ConfigError([_unreadable(path, error)]) from error
    around = Surroundings(
        folder_exists=lambda folder: (path.parent / Path(folder).expanduser()).is_dir(),
        templates=templates,
        read=lambda name: _read(Path(name)),
        environ=environ,
        more_checks=more_checks,
    )
    return load(decode(content, name=str(path)), name=str(path), around=around)


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
