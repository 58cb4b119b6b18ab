"""The fields that stand above an article's text: YAML front matter, or `Title: …` lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

FIELDS = {
    "title": "title", "headline": "title", "subject": "title",
    "outlet": "outlet", "source": "outlet", "publisher": "outlet", "publication": "outlet", "site": "outlet",
    "sitename": "outlet", "site_name": "outlet", "newspaper": "outlet",
    "url": "url", "link": "url", "canonical": "url", "permalink": "url", "source_url": "url", "uri": "url",
    "author": "author", "authors": "author", "by": "author", "byline": "author", "creator": "author",
    "published": "published", "date": "published", "date_published": "published", "datepublished": "published",
    "published_at": "published", "pubdate": "published", "publish_date": "published", "published_date": "published",
    "published_time": "published", "created": "published", "datetime": "published",
    "language": "language", "lang": "language", "locale": "language",
    "standfirst": "standfirst", "subtitle": "standfirst", "description": "description", "summary": "description",
    "translated": "translated", "translation": "translated", "machine_translated": "machine_translated",
    "machine_translation": "machine_translated", "translated_from": "translated_from",
    "original_language": "translated_from", "source_language": "translated_from",
}  # fmt: skip
"""What exports and people call the fields of an article, and what they are called here."""

FLAGS = frozenset({"translated", "machine_translated"})
"""The fields in which true and false mean something."""

_FENCED = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LABELLED = re.compile(r"(?P<name>[A-Za-z][A-Za-z_ -]{1,20})\s*:\s+(?P<value>\S.*)")
_MOST_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The known fields of an article by our own names, and what could not be read of them."""

    values: Mapping[str, str | date]
    complaint: str | None = None

    def text(self, name: str) -> str | None:
        """Return a field as text, or None."""
        value = self.values.get(name)
        return None if value is None else str(value)


def split_front_matter(text: str) -> tuple[Fields, str]:
    """Return the fields of the YAML between `---` lines at the start, and the text behind them."""
    match = _FENCED.match(text) if text.startswith("---") else None
    if not match or len(match[1]) > _MOST_CHARS:
        return Fields(values={}), text
    loaded, complaint = _load(match[1])
    if loaded is None:
        return (Fields(values={}), text) if complaint is None else (_by_lines(match[1], complaint), text[match.end() :])
    return Fields(values=known_fields(loaded)), text[match.end() :]


def split_labelled_lines(text: str) -> tuple[Fields, str]:
    """Return the fields of `Title: …`, `Date: …` lines at the start (two at least), and the text behind them."""
    lines = text.split("\n")
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        match = _LABELLED.fullmatch(line.strip())
        name = FIELDS.get(match["name"].strip().lower()) if match else None
        if not match or name is None:
            rest = "\n".join(lines[number:])
            return (Fields(values=found), rest) if len(found) >= 2 and rest.strip() else (Fields(values={}), text)
        found.setdefault(name, match["value"].strip())
    return Fields(values={}), text


def known_fields(record: Mapping[object, object]) -> dict[str, str | date]:
    """Return the fields of a record that say something of an article, by our own names; the first name wins."""
    found: dict[str, str | date] = {}
    for wanted, ours in FIELDS.items():
        for name, value in record.items():
            if str(name).strip().lower().replace("-", "_") == wanted and ours not in found:
                plain = str(value) if isinstance(value, bool) and ours in FLAGS else _plain(value)
                if plain is not None:
                    found[ours] = plain
    return found


def _plain(value: object) -> str | date | None:
    """Return a scalar; the names of a list joined; the `name` of a mapping; None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, list):
        parts = [str(part) for item in value[:20] if not isinstance(item, list) and (part := _plain(item)) is not None]
        return ", ".join(parts) or None
    return _plain(value.get("name")) if isinstance(value, Mapping) and "name" in value else None


def _load(block: str) -> tuple[Mapping[object, object] | None, str | None]:
    """Return the mapping of a YAML block without aliases; a complaint where it is none."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # a Python built without libyaml has only the second
    try:
        if "*" in block and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block, Loader=loader)):
            return None, "its front matter has aliases, which are not read; write the values out"
        loaded = yaml.load(block, Loader=loader)  # noqa: S506 - both loaders are safe ones
    except (yaml.YAMLError, ValueError, KeyError, AttributeError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" (line {line + 2})"
        return None, f"its front matter is no YAML{where}; quote values that hold a colon"
    return (loaded, None) if isinstance(loaded, Mapping) else (None, None)


def _by_lines(block: str, complaint: str) -> Fields:
    """Return what `name: value` lines say, where the block as a whole is no YAML."""
    found: dict[str, str] = {}
    for line in block.split("\n"):
        match = _LABELLED.fullmatch(line.strip())
        name = FIELDS.get(match["name"].strip().lower()) if match else None
        if match and name:
            found.setdefault(name, match["value"].strip("\"' "))
    return Fields(values=found, complaint=complaint)
