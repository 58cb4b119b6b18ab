"""The fields that stand above an article's text, and what a document says of being a translation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from briefing.languages import language_data, languages
from briefing.models import Translation

if TYPE_CHECKING:
    from lxml.html import HtmlElement

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
    "titel": "title", "titre": "title", "título": "title", "titulo": "title", "titolo": "title", "заголовок": "title",
    "العنوان": "title", "标题": "title", "quelle": "outlet", "fuente": "outlet", "fonte": "outlet",
    "источник": "outlet",
    "المصدر": "outlet", "来源": "outlet", "datum": "published", "fecha": "published", "дата": "published",
    "التاريخ": "published", "日期": "published",
    "tlp": "marking", "marking": "marking", "classification": "marking", "handling": "marking",
    "embargo": "embargo", "embargo_until": "embargo", "embargoed_until": "embargo", "sperrfrist": "embargo",
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


def marks_of(values: Mapping[str, str | date]) -> tuple[str, ...]:
    """Return what fields say of who may read a text, and from when on, as lines that a document might have."""
    marking, embargo = str(values.get("marking", "")).strip(), values.get("embargo")
    label = marking if not marking or "TLP" in marking.upper() else f"TLP:{marking}"
    return (*([label] if label else []), *([f"embargo {embargo}"] if embargo else []))


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


MACHINE = frozenset({"machine", "automatic", "auto", "mt", "machine translation", "automatique", "آلية"})
"""What people write where they mean that a machine has translated."""
_NO = frozenset({"no", "false", "none", "original", "non", "0"})
_TRANSFORMED = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]+)*?-t-(?P<original>[a-z]{2,3})\b(?P<more>.*)$")
_PRIVATE = re.compile(r"-x-mtfrom-(?P<original>[a-z]{2,3})\b")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_BROWSER = frozenset({"translated-ltr", "translated-rtl"})
"""The classes that a browser gives to a page that it has translated, and that a saved page keeps."""


def translation_of_fields(values: Mapping[str, str | date], language: str | None) -> Translation | None:
    """Return what the fields `translated`, `translated_from` and `machine_translated`, or the language's tag, say."""
    said, original, machine = (_word(values, name) for name in ("translated", "translated_from", "machine_translated"))
    if said in _NO:
        return None
    code = _language(original) or (None if said in MACHINE else _language(said))
    by_machine = said in MACHINE or (machine is not None and machine not in _NO)
    if code is None and said is None and original is None and not by_machine:
        return translation_of_tag(language)
    return Translation(original=code, machine=by_machine)


def translation_of_tag(tag: str | None) -> Translation | None:
    """Return what a language tag such as `en-t-fr-t0-und` or `en-x-mtfrom-fr` says."""
    plain = (tag or "").strip().lower().replace("_", "-")
    if private := _PRIVATE.search(plain):
        return Translation(original=_language(private["original"]), machine=True)
    if transformed := _TRANSFORMED.match(plain):
        return Translation(original=_language(transformed["original"]), machine="-t0-" in f"{transformed['more']}-")
    return None


def translation_of_page(tree: HtmlElement) -> Translation | None:
    """Return what a page says: its language tag, the marks of a browser or a service that has translated it."""
    told = translation_of_tag(tree.get("lang"))
    if told is not None:
        return told
    metas = {(meta.get("http-equiv") or meta.get("name") or "").strip().lower() for meta in tree.iter("meta")}
    marked = not _BROWSER.isdisjoint((tree.get("class") or "").split()) or "x-translated-by" in metas
    return Translation(machine=True) if marked else None


def _word(values: Mapping[str, str | date], name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value).strip().lower()


def _language(word: str | None) -> str | None:
    """Return the language of a code; words such as `yes` and `true` are none."""
    if word is None or word in {"yes", "true", "oui", "und", "1"} or not _CODE.fullmatch(word):
        return None
    return re.split("[-_]", word)[0] if len(re.split("[-_]", word)[0]) <= 3 else None


_WORDS = re.compile(r"[^\W\d_]+")


def languages_apart(one: str, other: str) -> bool:
    """Return whether two lines are surely in different languages; False where it cannot be told."""
    if _script(one) != _script(other):
        return True
    first, second = _scores(one), _scores(other)
    best_first, best_second = max(first.values()), max(second.values())
    if min(best_first, best_second) < 2:
        return False
    likely_first = {language for language, score in first.items() if score == best_first}
    likely_second = {language for language, score in second.items() if score == best_second}
    return likely_first.isdisjoint(likely_second)


def _scores(line: str) -> dict[str, int]:
    words = _WORDS.findall(line.casefold())
    return {language: sum(word in common for word in words) for language, common in _function_words().items()}


@cache
def _function_words() -> dict[str, frozenset[str]]:
    listed = {code: language_data(code).detection.function_words for code in languages()}
    return {code: words for code, words in listed.items() if words}


def _script(line: str) -> str:
    """Return the commonest script of a line's letters, by the first word of their Unicode names."""
    names = [unicodedata.name(char, "?").partition(" ")[0] for char in line if char.isalpha()]
    return max(sorted(set(names)), key=names.count, default="")
