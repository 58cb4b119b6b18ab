"""What every command shares: its options, the clock, and the loading of config.yaml."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.config.schema import Config, SectionSettings


class Instant(click.ParamType[datetime]):
    """An ISO 8601 moment with its zone, such as 2019-03-21T06:30:00+01:00."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return an aware datetime in UTC."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a moment such as 2019-03-21T06:30:00+01:00", param, ctx)
        if moment.tzinfo is None:
            self.fail(f"{value!r} names no time zone; write 2019-03-21T06:30:00+01:00 or …Z", param, ctx)
        return moment.astimezone(UTC)


config_option = click.option(
    "-c",
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default=Path("config.yaml"),
    show_default=True,
    help="The configuration.",
)
output_option = click.option(
    "-o",
    "--output",
    "output",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where editions are kept.  [default: output, beside the config]",
)
now_option = click.option("--now", type=Instant(), default=None, help="A moment that stands in for the clock.")


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
    from briefing.config.wording import nearest

    near = nearest(name, known)
    return f"unknown section {name!r}{f', did you mean {near!r}?' if near else ''}; {path} has {', '.join(known)}"


def open_session(config_path: Path, output: Path | None = None) -> Session:
    """Load the configuration; raises ConfigError with every mistake in it."""
    from briefing.cli.config_file import load_file

    config = load_file(config_path, environ=os.environ)
    return Session(config=config, path=config_path, output=output or config_path.parent / config.archive.folder)


def clock(now: datetime | None) -> Callable[[], datetime]:
    """Return what tells the time: the real clock, or the moment that stands in for it."""
    return (lambda: datetime.now(UTC)) if now is None else (lambda: now)
