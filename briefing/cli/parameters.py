"""What options and arguments take: moments, days, formats, sections, templates; and what a shell completes them with.

Nothing slow is imported, and no config is loaded to complete a name.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.opening import read_regular
from briefing.render import FORMATS, USUAL

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from click.shell_completion import CompletionItem

STANDARD_STREAM = Path("-")
"""What stands for standard input or output where a file is asked for."""

YEARS = range(1900, 9000)
"""Those of moments and days: the calendar of computers ends at 1 and 9999, and briefs look before and beyond a day."""
_SPAN = f"the years {YEARS[0]} to {YEARS[-1]}"

_ID = re.compile(r"""(?m)(?:^|[\s{,])id:[ \t]*["']?([a-z0-9][a-z0-9-]{0,39})""")
_EXTENDS = re.compile(r"""(?m)^extends:[ \t]*["']?([^\s"'#][^"'#\n]*)""")
_COMMENT = re.compile(r"(?m)(?:^|\s)#.*")
_LARGEST = 1_000_000
"""Bytes of a config that are looked into, as many as one may have."""
_MOST_FILES = 5


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
        if moment.year not in YEARS:
            self.fail(f"{value!r} lies outside {_SPAN}", param, ctx)
        return moment.astimezone(UTC)


class Day(click.ParamType[date]):
    """A day, such as 2019-03-21."""

    name = "yyyy-mm-dd"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(value)):
            self.fail(f"{value!r} is not a day such as 2019-03-21", param, ctx)
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is a day of no calendar", param, ctx)
        return day if day.year in YEARS else self.fail(f"{value!r} lies outside {_SPAN}", param, ctx)


class Formats(click.ParamType[tuple[str, ...]]):
    """A list of formats with commas between them."""

    name = "formats"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the formats, each once."""
        names = value if isinstance(value, tuple) else tuple(part.strip() for part in str(value).split(","))
        for name in names:
            if name not in FORMATS:
                self.fail(f"unknown format {name!r}; there are {', '.join(FORMATS)}", param, ctx)
        return tuple(dict.fromkeys(names))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click calls it by position
        """Complete the last format of the list with one that is not in it."""
        *given, last = incomplete.split(",")
        return _items(
            (",".join([*given, name]) for name in FORMATS if name not in given and name.startswith(last)), incomplete
        )


class NamedPath(click.Path):
    """A path that is not empty: `""`, as an unset variable of a shell gives it, would be the current folder."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path."""
        if value == "":
            self.fail("an empty path names nothing; the current folder is `.`", param, ctx)
        return super().convert(value, param, ctx)


class SourcePath(NamedPath):
    """A file or a folder, or `-` for standard input; a file of that name is `./-`."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the path."""
        path = super().convert(value, param, ctx)
        return Path(value).absolute() if path == STANDARD_STREAM and value != str(STANDARD_STREAM) else path


class SectionId(click.ParamType[str]):
    """The id of a section of the config; whether there is such a one is told once that is read."""

    name = "id"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click calls it by position
        """Complete the ids that stand in the config and in the files that it extends."""
        return _items(dict.fromkeys(_ids(Path(ctx.params.get("config_path") or "config.yaml"))), incomplete)


class TemplateName(click.ParamType[str]):
    """The name of a template that comes with the program."""

    name = "name"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click calls it by position
        """Complete the names of the folders."""
        return _items(template_names(), incomplete)


def template_names() -> list[str]:
    """Return the names of the templates that come with the program."""
    from briefing.render import shipped_templates

    return sorted(path.name for path in shipped_templates().iterdir() if path.is_dir())


def _items(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _ids(path: Path) -> Iterator[str]:
    """Yield what stands behind `id:`, in the files that are extended first; nothing where a file cannot be read."""
    texts = []
    for _ in range(_MOST_FILES):
        try:
            texts.append(_COMMENT.sub("", read_regular(path, most_bytes=_LARGEST).decode("utf-8", "replace")))
        except OSError:
            break
        found = _EXTENDS.search(texts[-1])
        if found is None:
            break
        path = path.parent / found[1].strip()
    for text in reversed(texts):
        yield from _ID.findall(text)


day_option = click.option("--date", "day", type=Day(), help="The day of the edition.  [default: today]")
now_option = click.option("--now", type=Instant(), default=None, help="A moment to use instead of the clock.")
section_option = click.option(
    "--section", "only", type=SectionId(), multiple=True, help="Only this section; repeatable."
)
formats_option = click.option(
    "--format",
    "formats",
    type=Formats(),
    default=",".join(USUAL),
    show_default=True,
    help=f"What to make, separated by commas: {', '.join(FORMATS)}.",
)
