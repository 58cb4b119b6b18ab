"""The brief's own words: labels from `labels.<language>.yaml`, counts, dates and hours as the language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefing.config import decode, read_yaml
from briefing.errors import ConfigError, RenderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from babel import Locale

    from briefing.config import Node
    from briefing.edition import ArticleEntry
    from briefing.errors import Mistake
    from briefing.models import Moment

FALLBACK = "en"
"""The language of the labels where there is no file for the brief's own."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """Labels of one language, with dates in one time zone. Not slotted: the locale is looked up once."""

    language: str
    labels: Mapping[str, Any]
    timezone: str

    @cached_property
    def locale(self) -> Locale:
        """The Babel locale that the labels name."""
        from babel import Locale

        return Locale.parse(str(self.labels["locale"]))

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of every printed hour."""
        return ZoneInfo(self.timezone)

    @property
    def place(self) -> str:
        """The zone as people name it, by its city (CLDR): `Europe/Paris` is Paris, in Arabic باريس."""
        from babel.dates import get_timezone_location

        return str(get_timezone_location(self.timezone, locale=self.locale, return_city=True)).rsplit("/", 1)[-1]

    def text(self, key: str, /, **values: object) -> str:
        """Return a label with its values filled in."""
        return str(self.labels[key]).format(**values)

    def lines(self, key: str) -> list[str]:
        """Return a label of several sentences."""
        return [str(line) for line in self.labels[key]]

    def count(self, key: str, number: int) -> str:
        """Return the form of a label that goes with a number (CLDR plural rules)."""
        forms = self.labels[key]
        form = forms.get(self.locale.plural_form(number), forms["other"])
        return str(form).format(n=self.number(number))

    def number(self, value: int) -> str:
        """Return a whole number, grouped as the language groups it."""
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.locale))

    def language_name(self, code: str) -> str:
        """Return the name of a language in the brief's own, or its code where that has none."""
        return str(self.locale.languages.get(code.replace("-", "_"), code))

    def long_date(self, day: date) -> str:
        """Return a date in words: Thursday 21 March 2019."""
        return self._format(day, "date_long")

    def when(self, moment: Moment | None, year: int) -> str:
        """Return the day and hour in the brief's zone; the year where it is not `year`."""
        if moment is None:
            return self.text("undated")
        local = moment.astimezone(self.zone) if isinstance(moment, datetime) else moment
        day = self._format(local, "date_short" if local.year == year else "date_year")
        return f"{day}{self.text('comma')}{self.hour(local)}" if isinstance(local, datetime) else day

    def dated(self, article: ArticleEntry, year: int) -> str:
        """Return when an article was published; of one that does not say, when it was first seen, in so many words."""
        if article.published is None and article.first_seen is not None:
            return self.text("first_seen", when=self.when(article.first_seen, year))
        return self.when(article.published, year)

    def weekday(self, moment: datetime) -> str:
        """Return the day of the week, the day and the hour: Fri 22 Mar, 06:30."""
        local = moment.astimezone(self.zone)
        return f"{self._format(local, 'weekday')}{self.text('comma')}{self.hour(local)}"

    def hour(self, local: datetime) -> str:
        """Return the time of day of a time that is local already."""
        from babel.dates import format_time

        return format_time(local, str(self.labels["time"]), tzinfo=local.tzinfo, locale=self.locale)

    def _format(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(day, str(self.labels[pattern]), locale=self.locale)


def read_words(language: str, folders: Sequence[Path], *, timezone: str) -> Words:
    """Return the labels of a language, those of nearer folders first; English where there is no file for it."""
    files = [folder / f"labels.{language}.yaml" for folder in reversed(folders)]
    chosen = language if any(path.is_file() for path in files) else FALLBACK
    labels: dict[str, Any] = {}
    for code in dict.fromkeys([FALLBACK, chosen]):
        for path in [folder / f"labels.{code}.yaml" for folder in reversed(folders)]:
            labels |= {key: node.plain() for key, node in label_tree(path).items()} if path.is_file() else {}
    return Words(language=chosen, labels=labels, timezone=timezone)


def label_tree(path: Path) -> dict[str, Node]:
    """Return the labels of a file with their places; RenderError names file, line and what is wrong."""
    return _label_tree(path, path.stat().st_mtime_ns)


@cache
def _label_tree(path: Path, changed: int) -> dict[str, Node]:  # noqa: ARG001 - a file that has changed is read anew
    try:
        tree = read_yaml(decode(path.read_bytes(), name=str(path)), name=str(path))
    except ConfigError as error:
        raise RenderError(_first(error.mistakes)) from error
    except OSError as error:
        raise RenderError(f"{path}: cannot be read: {error}") from error
    if tree.mistakes:
        raise RenderError(_first(tree.mistakes))
    if tree.node is None or not isinstance(tree.node.value, dict):
        raise RenderError(f"{path}: must map names to words")
    for where, leaf in tree.node.walk():
        if leaf.value is None:
            raise RenderError(f"{path}:{leaf.place.line}: the label `{where[0]}` has no words")
    return tree.node.value


def _first(mistakes: Sequence[Mistake]) -> str:
    return f"{mistakes[0].file}:{mistakes[0].line}: {mistakes[0].message}"
