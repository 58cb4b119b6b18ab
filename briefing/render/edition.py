"""One Brief, all its files."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from briefing.edition.data import as_json, json_bytes
from briefing.errors import RenderError
from briefing.models import Edition, Problem
from briefing.render.fitting import fitted, read_budget
from briefing.render.markdown import markdown
from briefing.render.own_template import STAGE, page_problems
from briefing.render.page import page_job, screen_page
from briefing.render.pdf.typesetting import Limits, Typesetter, typesetter_for
from briefing.render.plain import plain_text
from briefing.render.sheet import on_sheet, shown_of, shown_on
from briefing.render.templates import read_words, template_folders
from briefing.render.view import view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from briefing.config import Page
    from briefing.models import Brief

FORMATS = ("pdf", "html", "md", "json")
"""What an edition holds unless told otherwise; `txt` is the fifth."""


def render(
    brief: Brief,
    *,
    formats: Sequence[str] = FORMATS,
    page: Page,
    templates: Sequence[Path],
    limits: Limits | None = None,
    typesetter: Typesetter | None = None,
) -> Edition:
    """Return the edition with a file `brief.<format>` for each format, in the order of `formats`.

    A template with a budget shortens the brief to it, and the edition's brief is what is printed.
    `templates` are searched before the shipped ones; a `typesetter` that was started early saves its start.
    RenderError where a template or the PDF fails; its `edition` holds the files that stand, where there are any.
    """
    with ExitStack() as stack:
        if typesetter is None:
            typesetter = stack.enter_context(typesetter_for(formats))
        folders = template_folders(page.template, templates)
        budget = read_budget(page.size, folders)
        brief = fitted(brief, budget)
        words = read_words(brief.edition.language, folders, timezone=brief.edition.timezone)
        view, data = view_of(brief, words), as_json(brief)
        writers: dict[str, Callable[[], bytes]] = {
            "json": lambda: json_bytes(data),
            "md": lambda: markdown(view).encode(),
            "txt": lambda: plain_text(view).encode(),
        }
        files = {name: writers[name]() for name in formats if name in writers}
        problems = page_problems(brief.edition.language, page=page, templates=templates)
        try:
            if "html" in formats:
                files["html"] = screen_page(view, folders=folders, page=page).encode()
            if typesetter is not None and "pdf" in formats:
                paper = on_sheet(view, shown_on(brief, budget) if budget else shown_of(brief), words)
                job = page_job(brief, paper, data=data, folders=folders, page=page)
                job["most_pages"] = budget.pages if budget else None
                files["pdf"], complaints = typesetter.set_in_type(job, limits or Limits())
                problems += tuple(
                    Problem(origin="brief.pdf", stage=STAGE, reason=complaint, lost=False) for complaint in complaints
                )
        except RenderError as error:
            standing = _edition(brief, formats, files, problems) if files else None
            raise RenderError(str(error), edition=standing) from error
        return _edition(brief, formats, files, problems)


def _edition(brief: Brief, formats: Sequence[str], files: dict[str, bytes], problems: tuple[Problem, ...]) -> Edition:
    named = tuple((f"brief.{name}", files[name]) for name in formats if name in files)
    return Edition(brief=brief, files=named, problems=problems)
