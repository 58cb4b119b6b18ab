"""The time to set a brief of about twenty pages, against the same text as one bare WeasyPrint document.

Both start from nothing: a process that loads WeasyPrint, sets the document and ends. Ours gets the brief as a value, so
that filling in the templates counts too, and makes what the page has beyond its text: columns, tags, PDF/UA and PDF/A,
the attached evidence. The bare one gets the finished text as headings, paragraphs, lists and links, without any style.
Runs take turns, so that a machine whose speed drifts slows both; each ratio is the median of the pairs'.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import replace
from hashlib import sha256
from itertools import cycle, islice
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2

from briefing.config import Page
from briefing.edition import json_bytes
from briefing.render import render, typesetter_for
from briefing.render.page import page_job
from briefing.render.templates import template_folders
from briefing.render.view import view_of
from briefing.render.words import read_words
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.edition import ArticleEntry, Brief, Section, StoryEntry
    from briefing.render.pdf import Typesetter

    Told = tuple[StoryEntry, list[ArticleEntry]]

PAIRS = 5
STORIES = 84
BARE = "import sys, weasyprint; weasyprint.HTML(string=sys.stdin.read()).write_pdf('/dev/null')"
LOADED = 3.0
"""Seconds after which a typesetter has loaded: as long as reading and summarising take at the least."""


class Cost(NamedTuple):
    """Seconds of one run."""

    wall: float
    cpu: float
    """Of this process and those that it starts."""


class Speed(NamedTuple):
    """What is measured: pages, the bare document's median cost, and ratios to it."""

    pages: int
    bare: Cost
    cold: Cost
    """Ratios, each from the start of a process."""
    ready: float
    """Ratio of wall time as `briefing build` has it: the typesetter has loaded while the brief was made."""


def measured() -> Speed:
    """Return the medians of some pairs of runs, after one of each that warms the caches."""
    brief = long_brief()
    bare = _bare(brief)
    pages = len(pypdfium2.PdfDocument(_pdf(brief)))
    _set_bare(bare)
    pairs = [(_cost(lambda: _pdf(brief)), _cost(lambda: _set_bare(bare)), _ready(brief)) for _ in range(PAIRS)]
    return Speed(
        pages,
        Cost(median(theirs.wall for _, theirs, _ in pairs), median(theirs.cpu for _, theirs, _ in pairs)),
        Cost(*(median(ours[kind] / theirs[kind] for ours, theirs, _ in pairs) for kind in range(2))),
        median(ready / theirs.wall for _, theirs, ready in pairs),
    )


def _pdf(brief: Brief, typesetter: Typesetter | None = None) -> bytes:
    return dict(render(brief, formats=("pdf",), page=Page(), templates=[], typesetter=typesetter).files)["brief.pdf"]


def _set_bare(html: str) -> None:
    subprocess.run([sys.executable, "-c", BARE], input=html, text=True, check=True)


def _ready(brief: Brief) -> float:
    with typesetter_for(("pdf",)) as typesetter:
        time.sleep(LOADED)
        return _cost(lambda: _pdf(brief, typesetter)).wall


def _cost(work: Callable[[], object]) -> Cost:
    wall, cpu = time.perf_counter(), _cpu()
    work()
    return Cost(time.perf_counter() - wall, _cpu() - cpu)


def _cpu() -> float:
    return sum(use.ru_utime + use.ru_stime for use in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def long_brief() -> Brief:
    """Return the sample with its stories told many times, each time by articles of their own."""
    brief = sample_brief()
    stories = [(section.id, story) for section in brief.sections for story in section.stories]
    told = [(name, _told_again(brief, story, n)) for n, (name, story) in enumerate(islice(cycle(stories), STORIES))]
    again = (article for _, (_, articles) in told for article in articles)
    return replace(
        brief,
        sections=tuple(_longer(section, told) for section in brief.sections),
        articles=tuple(replace(each, number=n) for n, each in enumerate((*brief.articles, *again), start=1)),
    )


def _told_again(brief: Brief, story: StoryEntry, n: int) -> Told:
    """Return a story by new articles, and those."""
    old = dict.fromkeys((story.article, *story.also, *(sentence.article for sentence in story.sentences)))
    new = {name: sha256(f"{name}{n}".encode()).hexdigest()[:12] for name in old}
    again = replace(
        story,
        id=f"{story.id}{n}",
        article=new[story.article],
        also=tuple(new[name] for name in story.also),
        copies=tuple(replace(copy, article=new[copy.article], of=new[copy.of]) for copy in story.copies),
        sentences=tuple(replace(sentence, article=new[sentence.article]) for sentence in story.sentences),
    )
    articles = (brief.by_id[name] for name in old)
    return again, [replace(each, id=new[each.id], origin=f"{n}/{each.origin}") for each in articles]


def _longer(section: Section, told: list[tuple[str, Told]]) -> Section:
    return replace(section, stories=(*section.stories, *(story for name, (story, _) in told if name == section.id)))


def _bare(brief: Brief) -> str:
    """Return the text of the page as headings and paragraphs, without any style."""
    folders = template_folders("standard", [])
    words = read_words("en", folders, timezone=brief.edition.timezone)
    html = page_job(brief, view_of(brief, words), data=json_bytes(brief), folders=folders, page=Page())["html"]
    body = re.sub(r"<head>.*?</head>", "", html, flags=re.DOTALL)
    kept = re.sub(r"<(?!/?(?:html|body|h1|h2|h3|p|ul|li|a)\b)[^>]*>", "", body)
    return re.sub(r"(?<=<)(html|body|h1|h2|h3|p|ul|li)\b[^>]*", r"\1", kept)
