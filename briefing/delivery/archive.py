"""The archive: a page of all editions and a feed of them, rebuilt at each edition, and what is kept for how long."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from briefing.delivery.receipts import RECEIPTS
from briefing.edition import edition_ids, key_lines, one_line, own_files, read_brief, subject, write_atomically
from briefing.errors import RenderError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from briefing.config import Archive, BriefSettings
    from briefing.edition import Brief

PAGE, FEED = "index.html", "feed.atom"

MOST_IN_FEED = 50
"""Editions in the feed; the page has all."""

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An edition as the archive lists it: its brief, and the sizes of its files in bytes."""

    brief: Brief
    sizes: Mapping[str, int]


def tidy(output: Path, settings: Archive, *, brief: BriefSettings, templates: Sequence[Path], now: datetime) -> None:
    """Remove editions that are too old, and rebuild page and feed; RenderError where they cannot be written."""
    from briefing.render import archive_page

    if settings.keep_days is not None:
        remove_older(output, now - timedelta(days=settings.keep_days))
    entries = read_entries(output)
    page = archive_page([(e.brief, e.sizes) for e in entries], brief=brief, feed=FEED, templates=templates)
    write_atomically(output / PAGE, page.encode())
    write_atomically(output / FEED, feed(entries, brief=brief, url=settings.url))


def read_entries(output: Path) -> tuple[Entry, ...]:
    """Return the editions that can be read, newest first."""
    found = [_read(output / name) for name in reversed(edition_ids(output))]
    return tuple(entry for entry in found if entry is not None)


def remove_older(output: Path, before: datetime) -> tuple[str, ...]:
    """Remove the editions of days before a moment's, but never the newest; return their names."""
    removed = []
    for name in edition_ids(output)[:-1]:
        day = _day_of(name)
        if day is not None and day < before.astimezone(UTC).date():
            _remove(output / name)
            removed.append(name)
    return tuple(removed)


def feed(entries: Sequence[Entry], *, brief: BriefSettings, url: str | None) -> bytes:
    """Return the Atom feed (RFC 4287) of the newest editions; links are relative where there is no `url`."""
    ET.register_namespace("", _ATOM)
    base = url.rstrip("/") + "/" if url else ""
    root = ET.Element(_atom("feed"), {"xml:lang": brief.language})
    _add(root, "title", brief.title)
    _add(root, "id", _urn(f"{url or ''}#{brief.title}"))
    newest = max((entry.brief.edition.built_at for entry in entries), default=datetime.fromtimestamp(0, UTC))
    _add(root, "updated", _stamp(newest))
    ET.SubElement(root, _atom("link"), {"rel": "self", "href": base + FEED})
    ET.SubElement(root, _atom("link"), {"rel": "alternate", "type": "text/html", "href": base + PAGE})
    ET.SubElement(ET.SubElement(root, _atom("author")), _atom("name")).text = brief.title
    for entry in entries[:MOST_IN_FEED]:
        _add_entry(root, entry, base, brief.title)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_entry(root: ET.Element, listed: Entry, base: str, title: str) -> None:
    edition = listed.brief.edition
    entry = ET.SubElement(root, _atom("entry"))
    _add(entry, "title", subject(edition))
    _add(entry, "id", _urn(f"{base}#{title}#{edition.id}"))
    _add(entry, "updated", _stamp(edition.built_at))
    for name, rel, kind in (("brief.html", "alternate", "text/html"), ("brief.pdf", "enclosure", "application/pdf")):
        if name in listed.sizes:
            size = str(listed.sizes[name])
            target = {"rel": rel, "type": kind, "href": f"{base}{edition.id}/{name}", "length": size}
            ET.SubElement(entry, _atom("link"), target)
    _add(entry, "summary", "\n".join(f"• {line.text}" for line in key_lines(listed.brief)) or one_line(edition.title))


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _atom(name)).text = text


def _atom(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_URL, name).urn


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _read(folder: Path) -> Entry | None:
    """Return an edition, or None where it is none that we can read: one bad folder must not cost the page."""
    try:
        brief = read_brief(read_regular(folder / "brief.json", within=folder))
        sizes = {path.name: path.stat().st_size for path in own_files(folder)}
    except (OSError, ValueError):
        return None
    return Entry(brief=brief, sizes=sizes)


def _day_of(name: str) -> date | None:
    try:
        return date.fromisoformat(name[:10])
    except ValueError:
        return None


def _remove(folder: Path) -> None:
    """Remove an edition's own files, and the folder when nothing else lies in it."""
    try:
        for path in (*own_files(folder), folder / RECEIPTS):
            path.unlink(missing_ok=True)
        if not any(folder.iterdir()):
            shutil.rmtree(folder)
    except OSError as error:
        raise RenderError(f"{folder} is too old and could not be removed: {error.strerror or error}") from error
