"""Articles as JSON objects: JSON Lines exports, JSON Feed, a JSON file with one article or a list of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.extract.cleaning import decode
from briefing.extract.draft import UNDECODABLE, Draft, Found, problem, remark
from briefing.extract.feeds import MOST_ENTRIES, Feed, FeedEntry
from briefing.extract.fields import Fields, known_fields, marks_of
from briefing.extract.markup import fragment_lines, looks_like_markup
from briefing.extract.text_files import drafts_of

if TYPE_CHECKING:
    from briefing.config import Limits
    from briefing.models import Document

MOST_RECORDS = 20_000
"""Articles of one JSON file, which is read whole."""
_TEXTS = (
    "text", "body", "content_html", "content", "content_text", "article", "full_text", "fulltext", "maintext", "texte",
    "texto", "testo", "inhalt", "volltext", "contenu", "contenido", "текст", "النص", "正文",
)  # fmt: skip
"""The names under which a record may hold its text, the first that holds one wins."""
_FALLBACKS = ("summary", "description", "abstract")
LISTS = ("items", "articles", "documents", "docs", "entries", "results", "data")
"""The names under which a file may list its records, the first that holds a list wins."""
SHARED = {"outlet": "title", "language": "language"}
"""What such a file says of all its records, and under which names."""
_IDS = ("id", "_id", "uuid", "guid")
_ID_CHARS = 80
_WHAT_IT_NEEDS = 'one JSON object with "text" in it is expected'


def read_json_lines(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from each line; a line that holds none is left out and named by its number."""
    text = decode(document.content)
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    entries: set[str] = set()
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=document.first):
        if not line.strip():
            continue
        place = f"{document.origin}:{number}"
        try:
            record = json.loads(line.lstrip("\ufeff"), strict=False)
        except (ValueError, RecursionError) as error:
            yield problem(place, f"this line is no JSON ({_first_words(error)}); {_WHAT_IT_NEEDS}")
            continue
        yield from _record(record, place, entry=_entry(record, number, entries), limits=limits)


def read_json(document: Document, limits: Limits) -> Iterator[Found]:
    """Read the articles of a JSON Feed, of a list of objects, or of one object."""
    text = decode(document.content)
    try:
        data = json.loads(text.lstrip("\ufeff"), strict=False) if text is not None else None
    except (ValueError, RecursionError) as error:
        yield from _lines_after_all(document, limits, error)
        return
    shared, records = _records(data)
    if not records:
        yield problem(document.origin, f"no article in it; {_WHAT_IT_NEEDS}, or a list of them, or a JSON Feed")
    entries: set[str] = set()
    for number, record in enumerate(records[:MOST_RECORDS], start=document.first):
        entry = _entry(record, number, entries) if len(records) > 1 or record is not data else ""
        place = f"{document.origin}#{entry}" if entry else document.origin
        for found in _record(record, place, entry=entry, limits=limits):
            yield found if not isinstance(found, Draft) else _with_shared(found, shared)
    if len(records) > MOST_RECORDS:
        yield problem(document.origin, f"only its first {MOST_RECORDS:,} entries are read")


def parse_records(content: bytes) -> Feed:
    """Return the entries of a JSON Feed, of a list of objects, or of JSON Lines; ValueError where there are none."""
    text = (decode(content) or "").lstrip("\ufeff")
    try:
        data = json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except ValueError:
        lines = [line for line in text.split("\n") if line.strip()][: MOST_ENTRIES + 1]
        data = [json.loads(line, strict=False) for line in lines]
    shared, records = _records(data)
    found = [record for record in records if isinstance(record, Mapping)]
    if records and not found:
        raise ValueError("no objects")
    earlier = data.get("next_url") if isinstance(data, Mapping) else None
    return Feed(
        title=shared.get("outlet"),
        entries=tuple(_feed_entry(record, shared) for record in found[:MOST_ENTRIES]),
        left=max(0, len(found) - MOST_ENTRIES),
        earlier=earlier if isinstance(earlier, str) else None,
    )


def _feed_entry(record: Mapping[object, object], shared: Mapping[str, str]) -> FeedEntry:
    fields = Fields(values=known_fields(record))
    ids = (record.get(name) for name in _IDS)
    return FeedEntry(
        guid=next((str(value) for value in ids if isinstance(value, str | int) and str(value)), None),
        url=fields.text("url"),
        title=fields.text("title"),
        body=_text(record) or "",
        author=fields.text("author"),
        published=fields.text("published"),
        language=fields.text("language") or shared.get("language"),
        outlet=fields.text("outlet") or shared.get("outlet"),
        marks=marks_of(fields.values),
    )


def read_table(document: Document, limits: Limits) -> Iterator[Found]:
    """Read one article from each row of a table, by the names in its first row."""
    text = decode(document.content)
    if text is None:
        yield problem(document.origin, UNDECODABLE)
        return
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=max(",;\t", key=first.count))
    try:
        names, *found = list(rows) or [[]]
    except csv.Error as error:
        yield problem(document.origin, f"no table that can be read ({_first_words(error)})")
        return
    names = [name.strip().lower().replace(" ", "_") for name in names]
    if not set(names) & {*_TEXTS, *_FALLBACKS}:
        yield problem(
            document.origin, f"a table without texts; its first line must name a column {', '.join(_TEXTS[:3])}"
        )
        return
    for number, row in enumerate(found, start=document.first):
        if any(cell.strip() for cell in row):
            record = dict(zip(names, row, strict=False))
            yield from _record(record, f"{document.origin}#{number}", entry=str(number), limits=limits)


def _lines_after_all(document: Document, limits: Limits, error: Exception) -> Iterator[Found]:
    """Read JSON Lines under a wrong name, or say where the JSON breaks."""
    found = list(read_json_lines(document, limits))
    if any(isinstance(item, Draft) for item in found):
        yield from found
    else:
        yield problem(document.origin, f"no JSON ({_first_words(error)})")


def _records(data: object) -> tuple[Mapping[str, str], list[object]]:
    """Return what a file says of all of its articles, and the objects that may be articles."""
    if isinstance(data, list):
        return {}, data
    if not isinstance(data, Mapping):
        return {}, []
    named = next((data[name] for name in LISTS if isinstance(data.get(name), list)), None)
    if named is None:
        return {}, [data]
    said = {name: data.get(key) for name, key in SHARED.items()}
    return {name: value for name, value in said.items() if isinstance(value, str)}, named


def _record(record: object, place: str, *, entry: str, limits: Limits) -> Iterator[Found]:
    text = _text(record) if isinstance(record, Mapping) else None
    if not isinstance(record, Mapping) or text is None:
        yield problem(place, f"no article in it; {_WHAT_IT_NEEDS}")
        return
    fields = Fields(values=known_fields(record))
    if not looks_like_markup(text):
        yield from drafts_of(text, fields=fields, entry=entry)
        return
    lines, removed, complaints = fragment_lines(text, most=limits.page_bytes)
    yield from (remark(place, complaint) for complaint in complaints)
    yield from (
        replace(draft, lines=(*draft.lines, *lines), removed=removed)
        for draft in drafts_of("", fields=fields, entry=entry)
    )


def _text(record: Mapping[object, object]) -> str | None:
    for name in (*_TEXTS, *_FALLBACKS):
        value = record.get(name)
        if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            value = "\n\n".join(value)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _entry(record: object, number: int, taken: set[str]) -> str:
    """Return the record's own id where it has one that no other has, else its number."""
    for name in _IDS:
        value = record.get(name) if isinstance(record, Mapping) else None
        if isinstance(value, (str, int)) and not isinstance(value, bool):
            text = str(value)
            if 0 < len(text) <= _ID_CHARS and text.isprintable() and text not in taken:
                taken.add(text)
                return text
    text = str(number)
    while text in taken:
        text += "~"
    taken.add(text)
    return text


def _with_shared(draft: Draft, shared: Mapping[str, str]) -> Draft:
    return replace(
        draft, outlet=draft.outlet or shared.get("outlet"), language=draft.language or shared.get("language")
    )


def _first_words(error: Exception) -> str:
    return str(error).partition("\n")[0][:120]
