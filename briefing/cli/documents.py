"""The documents of an edition, from wherever the desk has them: folders, standard input, what was collected."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from briefing.cli.parameters import STANDARD_STREAM
from briefing.errors import BriefingError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from briefing.cli.session import Session
    from briefing.edition import EditionInfo
    from briefing.models import Document
    from briefing.sources import Found

TYPED = "standard input"
"""The origin of the document that is read from there."""
_MARKDOWN = re.compile(rb"(?:\xef\xbb\xbf)?(?:#{1,6} \S|---[ \t]*\r?\n)")
"""What Markdown starts with, a heading or front matter, and other text does not; nothing else of its content tells."""
AFTER = timedelta(hours=1)
"""How long after its building time what was collected may count: the last pass may end after the brief is due."""


def find(session: Session, sources: tuple[Path, ...], *, head: EditionInfo | None = None) -> Found:
    """Read what the sources hold for an edition: those given, `-` being standard input, else the configuration's.

    Of sources that are no folders that is what the store holds of the edition with this head; nothing is asked.
    """
    from briefing.sources import Holding, folders_of, read_paths

    hold = Holding(session.cache)
    paths = sources or tuple(folders_of(session.config.sources, session.home))
    found = read_paths(
        (path for path in paths if path != STANDARD_STREAM),
        most_bytes=session.config.limits.document_bytes,
        most_records=session.config.limits.records,
        source_of=lambda path: _source_of(path, session),
        hold=hold,
    )
    if STANDARD_STREAM in paths:
        return replace(found, documents=(_typed(session), *found.documents))
    return found if sources or head is None else _with_collected(found, session, head, hold)


def _with_collected(found: Found, session: Session, head: EditionInfo, hold: Callable[[Document], Document]) -> Found:
    """Return what lies in folders with what was collected of the edition's time, and how the sources answered."""
    from briefing.extract import LATE
    from briefing.sources import Found, Span, coverage_of, gaps_of, read_store, withdrawn_since
    from briefing.store import has_store, open_store

    config, folder = session.config, session.store
    if not config.collected or not has_store(folder):
        return found
    until = max(head.cut_off, head.built_at) + AFTER
    span = Span(start=head.period_start or head.cut_off - LATE, cut_off=head.cut_off, until=until)
    with open_store(folder) as store:
        held = read_store(store, config.collected, span, hold)
        memos = {kind: store.memos(kind) for kind in ("source", "pass", "network", "withdrawn")}
    coverage = coverage_of(config.collected, memos, built_at=head.built_at)
    zone = ZoneInfo(head.timezone)
    gaps = gaps_of(coverage, memos["source"], start=span.start, zone=zone) if coverage else []
    gaps += withdrawn_since(memos["withdrawn"], span.start)
    return Found(
        documents=(*found.documents, *held.documents),
        problems=(*found.problems, *held.problems, *gaps),
        coverage=coverage,
    )


def _typed(session: Session) -> Document:
    """Return the one document that standard input holds: text, Markdown or HTML, as its content tells."""
    from briefing.cli.session import STDIN
    from briefing.models import Document
    from briefing.sources import UNKNOWN

    if session.path == STDIN:
        raise click.UsageError("standard input holds the configuration already; give the article as a file")
    content = sys.stdin.buffer.read(session.config.limits.document_bytes + 1)
    if len(content) > session.config.limits.document_bytes:
        raise BriefingError(f"{TYPED}: more bytes than limits.document_bytes allows")
    return Document(origin=TYPED, media_type="text/markdown" if _MARKDOWN.match(content) else UNKNOWN, content=content)


def _source_of(path: Path, session: Session) -> str:
    """Return what the config calls the innermost of its sources that a path lies in; "" where it lies in none."""
    from briefing.sources import folders_of

    folders = {folder.resolve(): label for folder, label in folders_of(session.config.sources, session.home).items()}
    place = path.resolve()
    return next((folders[folder] for folder in (place, *place.parents) if folder in folders), "")
