"""The time to set a brief of about twenty pages, against the same text as one bare WeasyPrint document."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from briefing.config.schema import Page
from briefing.render import render, typesetter_for
from briefing.render.data import as_json
from briefing.render.page import page_job
from briefing.render.templates import read_words, template_folders
from briefing.render.view import view_of
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.models import Brief
    from briefing.render.typesetting import Typesetter

RUNS = 3
STORIES = 120
BARE = "import sys, weasyprint; weasyprint.HTML(string=sys.stdin.read()).write_pdf('/dev/null')"


LOADED = 3.0
"""Seconds after which a typesetter has loaded: as long as reading and summarising take at the least."""


class Speed(NamedTuple):
    """Seconds of wall time, each in a process of its own, and the pages that were set."""

    ours: float
    """As `briefing build` does it: the typesetter has loaded while the brief was made."""
    cold: float
    """With the start of the typesetter."""
    bare: float
    """With the start of a process that does nothing else."""
    pages: int


def measured() -> Speed:
    """Return the medians of a few runs, taken in turns."""
    brief = long_brief()
    bare = _bare(brief)
    ours, cold, theirs = [], [], []
    pdf = _pdf(brief)
    for _ in range(RUNS):
        with typesetter_for(("pdf",)) as typesetter:
            time.sleep(LOADED)
            ours.append(_timed(lambda: _pdf(brief, typesetter)))
        cold.append(_timed(lambda: _pdf(brief)))
        theirs.append(_timed(lambda: subprocess.run([sys.executable, "-c", BARE], input=bare, text=True, check=True)))
    return Speed(median(ours), median(cold), median(theirs), len(pypdfium2.PdfDocument(pdf)))


def _pdf(brief: Brief, typesetter: Typesetter | None = None) -> bytes:
    return dict(render(brief, formats=("pdf",), page=Page(), templates=[], typesetter=typesetter).files)["brief.pdf"]


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def long_brief() -> Brief:
    """Return the sample with its first section told many times."""
    brief = sample_brief()
    first = brief.sections[0]
    stories = tuple(
        replace(story, id=f"{story.id}{n}") for n in range(STORIES // len(first.stories)) for story in first.stories
    )
    return replace(brief, sections=(replace(first, stories=stories), *brief.sections[1:]))


def _bare(brief: Brief) -> str:
    """Return the text of the page as headings and paragraphs, without any style."""
    folders = template_folders("standard", [])
    words = read_words("en", folders, timezone=brief.edition.timezone)
    html = page_job(brief, view_of(brief, words), data=as_json(brief), folders=folders, page=Page())["html"]
    body = re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL)
    kept = re.sub(r"<(?!/?(?:html|body|h1|h2|h3|p|ul|li|a)\b)[^>]*>", "", body)
    return re.sub(r"(?<=<)(html|body|h1|h2|h3|p|ul|li)\b[^>]*", r"\1", kept)
