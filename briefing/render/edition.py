"""One Brief, all its files; and once more, so that what they say can be compared with it."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from briefing.config import Page
from briefing.edition import LISTING, Edition, IncompleteError, json_bytes
from briefing.errors import RenderError
from briefing.models import Problem
from briefing.render.fitting import fitted, on_sheet, read_budget, shown_of, shown_on
from briefing.render.formats import FORMATS, USUAL
from briefing.render.page import STAGE, page_job, page_problems, screen_page
from briefing.render.pdf import Typesetter, typesetter_for
from briefing.render.templates import template_folders, text_edition
from briefing.render.view import view_of
from briefing.render.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefing.config import Block
    from briefing.edition import Brief

TEXTS = tuple(name for name, text in FORMATS.items() if text is not None)
SHIPPED = ("standard", "compact", "digest")
"""The templates that are tried where the edition was made with another than the config's."""
MARKS: Mapping[Block, str] = {
    "front": 'class="front',
    "sections": 'id="stories"',
    "figures": 'id="figures"',
    "also-today": 'id="section-also-today"',
    "gaps": 'id="gaps"',
    "sources": 'id="sources"',
    "how": 'id="how"',
}
"""What the blocks of a page begin with."""


def render(
    brief: Brief,
    *,
    formats: Sequence[str] = USUAL,
    page: Page,
    templates: Sequence[Path],
    typesetter: Typesetter | None = None,
) -> Edition:
    """Return the edition with a file `brief.<format>` for each format, in the order of `formats`.

    A template with a budget shortens the brief to it, and the edition's brief is what is printed.
    `templates` are searched before the shipped ones; a `typesetter` that was started early saves its start.
    RenderError where a template or the PDF fails: IncompleteError with the files that stand, where there are any.
    """
    with ExitStack() as stack:
        if typesetter is None:
            typesetter = stack.enter_context(typesetter_for(formats))
        folders = template_folders(page.template, templates)
        budget = read_budget(page.size, folders)
        brief = fitted(brief, budget)
        words = read_words(brief.edition.language, folders, timezone=brief.edition.timezone)
        view, data = view_of(brief, words), json_bytes(brief) if {"json", "pdf"} & set(formats) else b""
        problems = page_problems(brief.edition.language, page=page, templates=templates)
        files = {"json": data} if "json" in formats else {}
        setting: Callable[[], tuple[bytes, list[str]]] | None = None
        try:
            if typesetter is not None and "pdf" in formats:
                paper = on_sheet(view, shown_on(brief, budget) if budget else shown_of(brief), words)
                job = page_job(brief, paper, data=data, folders=folders, page=page)
                setting = typesetter.begin(job | {"most_pages": budget.pages if budget else None})
        except RenderError as error:
            setting = partial(_raise, error)  # the other files may stand
        try:
            files |= {name: text_edition(name, view, folders).encode() for name in formats if name in TEXTS}
            if "html" in formats:
                files["html"] = screen_page(view, folders=folders, page=page).encode()
            if setting is not None:
                files["pdf"], complaints = setting()
                problems += tuple(
                    Problem(origin="brief.pdf", stage=STAGE, reason=complaint, lost=False) for complaint in complaints
                )
        except RenderError as error:
            if not files:
                raise
            raise IncompleteError(str(error), _edition(brief, formats, files, problems)) from error
        return _edition(brief, formats, files, problems)


def _raise(error: RenderError) -> NoReturn:
    raise error


def made_again(
    brief: Brief, html: str, *, page: Page | None, templates: Sequence[Path]
) -> tuple[Mapping[str, str], ...]:
    """Return the edition's texts as its brief gives them, by file name, once for each page that may have set them.

    The pages are the config's `page`, then those of the shipped templates with the blocks that stand in `html`, the
    edition's own. A PDF is compared with the screen's page.
    """
    texts = (_texts(brief, each, templates) for each in _pages(page, html))
    return tuple(made for made in texts if made is not None)


def _edition(brief: Brief, formats: Sequence[str], files: dict[str, bytes], problems: tuple[Problem, ...]) -> Edition:
    named = tuple((f"brief.{name}", files[name]) for name in formats if name in files)
    named += ((LISTING, brief.listing),) if brief.listing else ()
    return Edition(brief=brief, files=named, problems=problems)


def _texts(brief: Brief, page: Page, templates: Sequence[Path]) -> Mapping[str, str] | None:
    """Return the texts that a page gives; None where its template is not at hand or fails."""
    try:
        folders = template_folders(page.template, templates)
        view = view_of(brief, read_words(brief.edition.language, folders, timezone=brief.edition.timezone))
        html = screen_page(view, folders=folders, page=page)
        return {"brief.html": html, **{f"brief.{name}": text_edition(name, view, folders) for name in TEXTS}}
    except RenderError:
        return None


def _pages(page: Page | None, html: str) -> Iterator[Page]:
    if page is not None:
        yield page
    blocks = _blocks(html)
    for template in dict.fromkeys([*([page.template] if page else []), *SHIPPED]):
        yield Page(template=template, blocks=blocks) if blocks else Page(template=template)


def _blocks(html: str) -> list[Block]:
    """Return the blocks of a page in their order."""
    return sorted((block for block, mark in MARKS.items() if mark in html), key=lambda block: html.index(MARKS[block]))
