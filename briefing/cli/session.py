"""What every command shares: its options, the clock, and config.yaml on the disk.

What a config may refer to is looked up here; what it says is checked in `config`.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.parameters import STANDARD_STREAM, NamedPath
from briefing.errors import BriefingError, ConfigError, Mistake
from briefing.opening import TooLargeError, read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from briefing.config import Check, Config, Finding, SectionSettings

CONFIG = Path("config.yaml")
FOUND = "$BRIEFING_CONFIG, config.yaml here or above, or ~/.config/briefing/config.yaml"
_OURS = re.compile(rb"(?m)^(sections|extends|brief)[ \t]*:")
"""What a config.yaml of this program has; other programs name theirs so, too."""


def found_config() -> Path:
    """Return the configuration that is meant where none is named: see `FOUND`; one that is not there where none is."""
    if named := os.environ.get("BRIEFING_CONFIG"):
        return Path(named)
    if CONFIG.exists():
        return CONFIG
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "briefing" / CONFIG
    above = (folder / CONFIG for folder in Path.cwd().parents)
    return next((path for path in (*above, home) if _is_ours(path)), CONFIG)


def _is_ours(path: Path) -> bool:
    try:
        return _OURS.search(read_regular(path, most_bytes=1_000_000)) is not None
    except OSError:
        return False


config_option = click.option(
    "-c",
    "--config",
    "config_path",
    type=NamedPath(path_type=Path),
    default=found_config,
    show_default=FOUND,
    help="The configuration; - for standard input.",
)


def _no_standard_input(_context: click.Context, _param: click.Parameter, value: Path | tuple[Path, ...]) -> object:
    """Refuse `-` where the configuration is read again and again, or by another process."""
    if STANDARD_STREAM in (value if isinstance(value, tuple) else (value,)):
        raise click.BadParameter("a configuration from standard input cannot be read again; give a file")
    return value


config_file_option = click.option(
    "-c",
    "--config",
    "config_path",
    type=NamedPath(path_type=Path),
    default=found_config,
    show_default=FOUND,
    callback=_no_standard_input,
    help="The configuration.",
)
configs_option = click.option(
    "-c",
    "--config",
    "config_paths",
    type=NamedPath(path_type=Path),
    multiple=True,
    default=lambda: (found_config(),),
    show_default=FOUND,
    callback=_no_standard_input,
    help="The configuration; repeatable, for several briefs.",
)


def _no_standard_output(_context: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """Refuse `-` where editions are kept: it would be a folder of that name."""
    if value == STANDARD_STREAM:
        raise click.BadParameter("editions are kept in a folder; `briefing build -o -` prints one of their files")
    return value


output_option = click.option(
    "-o",
    "--output",
    "output",
    type=NamedPath(path_type=Path, file_okay=False),
    default=None,
    callback=_no_standard_output,
    help="The folder for editions.  [default: output, beside the config]",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A loaded configuration, where it lies, and where its editions go."""

    config: Config
    path: Path
    output: Path
    known: frozenset[str] = frozenset()
    """The ids of all sections, where only some of them were chosen."""

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all sections, chosen or not."""
        return self.known or frozenset(section.id for section in self.config.every_section)

    @property
    def store(self) -> Path:
        """The folder for what was collected, which is the same one wherever an edition goes.

        Where nothing is collected it holds the documents of editions alone, and lies beside them.
        """
        if self.config.store is not None:
            return self.home / self.config.store
        return (self.home / self.config.archive.folder if self.config.collected else self.output) / "store"

    @property
    def cache(self) -> Path:
        """The folder of what is known from earlier builds."""
        return self.store / "cache"

    def only(self, sections: tuple[str, ...]) -> Session:
        """Return this session with the sections named, in the order of the config; with all where none is named.

        Those under a section come along with it; one of them named alone stands under the other's heading.
        """
        for name in sections:
            if name not in self.ids:
                raise click.UsageError(_unknown(name, [section.id for section in self.config.every_section], self.path))
        if not sections:
            return self
        chosen = [one for section in self.config.sections for one in _chosen(section, sections)]
        return replace(self, config=self.config.model_copy(update={"sections": chosen}), known=self.ids)

    @property
    def home(self) -> Path:
        """The folder of config.yaml: relative paths in it start here."""
        return self.path.parent


def _chosen(section: SectionSettings, names: tuple[str, ...]) -> tuple[SectionSettings, ...]:
    """Return a section that is named, or what is left of it where only some under it are: a heading for them."""
    below = [one for one in section.sections if one.id in names]
    if section.id in names:
        return (section,)
    bare: dict[str, object] = {"sections": below, "terms": {}, "not_": {}, "weights": {}, "when_empty": None}
    return (section.model_copy(update=bare),) if below else ()


def _unknown(name: str, known: list[str], path: Path) -> str:
    from briefing.config import nearest

    near = nearest(name, known)
    return f"unknown section {name!r}{f', did you mean {near!r}?' if near else ''}; {path} has {', '.join(known)}"


def open_session(config_path: Path, output: Path | None = None, *, sourced: bool = False) -> Session:
    """Load the configuration, `-` from standard input; raises ConfigError with every mistake in it.

    With `sourced` other sources stand in for its own.
    """
    path = STDIN if config_path == STANDARD_STREAM else config_path
    config = load_file(path, environ=os.environ, sourced=sourced)
    return Session(config=config, path=path, output=output or path.parent / config.archive.folder)


def newest_edition(session: Session) -> str:
    """Return the id of the newest edition; BriefingError where there is none."""
    from briefing.edition import edition_ids

    names = edition_ids(session.output)
    if not names:
        raise BriefingError(f"there is no edition in {session.output}; `briefing build` makes one")
    return names[-1]


def clock(now: datetime | None) -> Callable[[], datetime]:
    """Return what tells the time: the real clock, or the moment that stands in for it."""
    return (lambda: datetime.now(UTC)) if now is None else (lambda: now)


# ── config.yaml on the disk ──────────────────────────────────────────────────────────────────────────────────────────


STDIN = Path("<stdin>")
"""What stands for the configuration that is read from standard input, in messages too."""
NO_PAGES = {"archive", "mail"}
"""The folders under templates/ that set no page."""


def load_file(path: Path, *, environ: Mapping[str, str], checks: Sequence[Check] = (), sourced: bool = False) -> Config:
    """Return the configuration in a file, or from STDIN; raises ConfigError with every mistake.

    Folders in it start from its own, or from the current one. `checks` are made beside the usual ones. With `sourced`
    its own folders are not read, and may be missing.
    """
    from briefing.config import LARGEST, Surroundings, decode, load

    try:
        content = _typed() if path == STDIN else read_regular(path, most_bytes=LARGEST)
    except OSError as error:
        raise ConfigError([_unreadable(path, error)]) from error
    around = Surroundings(
        folder_exists=lambda folder: sourced or (path.parent / folder).exists(),
        templates=_templates(path.parent),
        read=lambda other: read_regular(Path(other), most_bytes=LARGEST),
        environ=environ,
        more_checks=(_term_mistakes, *checks),
    )
    return load(decode(content, name=str(path)), name=str(path), around=around)


def _term_mistakes(config: Config) -> Iterable[Finding]:
    from briefing.parallel import kept_value
    from briefing.themes import term_mistakes

    sections, aliases = config.sections, config.aliases
    return kept_value("mistakes", lambda: list(term_mistakes(sections, aliases)), sections, aliases)


def _templates(home: Path) -> list[str]:
    """Return the names of the templates that there are, the user's own and those that come with the program."""
    from briefing.render import shipped_templates

    roots = (home / "templates", shipped_templates())
    return sorted({folder.name for root in roots for folder in root.glob("*/") if folder.is_dir()} - NO_PAGES)


@cache
def _typed() -> bytes:
    """Return what standard input holds, as far as a config may; it is read once, and asked for again by examples."""
    from briefing.config import LARGEST

    return sys.stdin.buffer.read(LARGEST + 1)


def _nowhere(path: Path) -> str:
    """Return what to do where there is no configuration: often it lies in a folder beside."""
    beside = [folder.parent for folder in sorted(Path().glob("*/config.yaml")) if _is_ours(folder)]
    if path == CONFIG and beside:
        others = f" (and in {', '.join(f'{other}/' for other in beside[1:4])})" if beside[1:] else ""
        return f"there is none here, but one in {beside[0]}/{others}; `cd {beside[0]}` first, or name it with -c"
    return "there is no such file; `briefing init desk` makes a desk with one, and -c or BRIEFING_CONFIG names another"


def _unreadable(path: Path, error: OSError) -> Mistake:
    from briefing.config import LARGEST

    if isinstance(error, TooLargeError):
        reason = f"larger than {LARGEST:,} bytes: this is no config"
    elif isinstance(error, FileNotFoundError):
        return Mistake(file=str(path), line=0, column=0, message=_nowhere(path))
    else:
        reason = f"cannot be read: {error.strerror or error}"
    return Mistake(file=str(path), line=0, column=0, message=reason)
