"""The brief's own words: labels from `labels.<language>.yaml`, counts, dates and hours as the language writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from briefing.config import decode, read_yaml
from briefing.edition import encodable
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


# ── characters that cannot be written, and tokens too long for a line ─────────────────────────────────────────────────


REPLACEMENT = "\ufffd"

LONGEST_TOKEN = 60
"""Characters without a space that are left alone; a longer token may be broken at every `PIECE` characters."""

PIECE = 30

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Languages written from right to left (CLDR 46, characterOrder), by their usual script."""

# XML 1.0 § 2.2 allows tab, line feed and carriage return of the C0 controls; C1 controls have no glyphs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Between kana and ideographs lines break anyway (UAX 14, ID), and anywhere else they would break before commas.
_ANYWHERE = "\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_LONG_TOKEN = re.compile(rf"[^\s{_ANYWHERE}]{{{LONGEST_TOKEN + 1},}}")


def printable(text: str) -> str:
    """Return the text with everything that XML or a font cannot carry replaced one for one."""
    if text.isprintable():  # nearly all are
        return text
    return _UNPRINTABLE.sub(REPLACEMENT, encodable(text))


def label(text: str, longest: int) -> str:
    """Return a title or name on one line, without direction overrides, cut at `longest` characters with an ellipsis."""
    line = " ".join(_BIDI_CONTROL.sub("", printable(text)).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def pieces(text: str) -> tuple[str, ...]:
    """Return the text cut where a line may break inside a token that fits on no line; joined they are the text."""
    cuts = [0]
    for token in _LONG_TOKEN.finditer(text):
        cuts.extend(range(token.start() + PIECE, token.end(), PIECE))
    return tuple(text[start:end] for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True))


def direction(language: str, text: str) -> str:
    """Return `rtl` or `ltr`, by the language, or by the first strong character (UAX 9, P2) where it is not known."""
    if language != "und":
        return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
    strong = next((kind for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), "L")
    return "ltr" if strong == "L" else "rtl"


def plain(entry: Any) -> dict[str, Any]:  # noqa: ANN401 - any entry of the brief
    """Return an entry of the brief as a template takes it: every field, as dicts, lists and printable text."""
    kind: Any = type(entry)
    return {name: _plain(getattr(entry, name)) for name in _names(kind)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever an entry holds
    if isinstance(value, str):
        return printable(str(value))
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):  # in UTC
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if is_dataclass(value) else value


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a class of entries
    return tuple(field.name for field in fields(kind))
