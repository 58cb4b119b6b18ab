"""The gallery: every shipped template in every language of labels, on paper and in pictures."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2

from benchmarks.pages.endings import faults
from briefing.config import Page
from briefing.render import render, shipped_templates
from briefing.render.mail import Frame, mail_of
from briefing.render.templates import template_folders
from briefing.render.words import read_words
from tests.render.days import DAYS
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANGUAGES = ("en", "fr", "ar")
SCALE = 110 / 72
"""110 dots per inch: a page fits a screen, and small type can be judged."""


class Specimen(NamedTuple):
    """One template in one language: where its files lie."""

    name: str
    pdf: Path
    html: Path


def templates() -> list[str]:
    """Return the names of the shipped templates."""
    return sorted({sheet.parent.name for sheet in shipped_templates().glob("*/page*.css")})


def ends(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the ends of pages: every template and size, in every language, on every kind of day."""
    for template, size in kinds():
        page = Page.model_validate({"template": template, "size": size})
        for language in LANGUAGES:
            labels = read_words(language, template_folders(template, []), timezone="UTC").labels
            for day, make in DAYS.items():
                made = dict(render(make(language), formats=("pdf",), page=page, templates=[]).files)
                for fault in faults(made["brief.pdf"], labels, template=template, size=size):
                    (folder / f"ends-{template}-{size}-{language}-{day}.pdf").write_bytes(made["brief.pdf"])
                    yield f"{template} {size} {language}, {day}: {fault}"


def mails(folder: Path) -> Iterator[Path]:
    """Yield the mail of the sample in every language, written into a folder."""
    for language in LANGUAGES:
        path = folder / f"mail-{language}.html"
        path.write_text(mail_of(sample_brief(language), Frame(pdf="attached"), templates=[]).html, encoding="utf-8")
        yield path


def kinds() -> list[tuple[str, str]]:
    """Return the templates with the sizes of paper in which each is set."""
    return [*product(templates(), ("a4", "phone")), ("standard", "letter")]


def hang(folder: Path) -> Iterator[Specimen]:
    """Write the gallery into a folder, one specimen after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    for template, size in kinds():
        for language in LANGUAGES:
            page = Page.model_validate({"template": template, "size": size})
            yield _specimen(folder, name=f"{template}-{size}-{language}", language=language, page=page)


def _specimen(folder: Path, *, name: str, language: str, page: Page) -> Specimen:
    edition = render(sample_brief(language), formats=("pdf", "html"), page=page, templates=[])
    specimen = Specimen(name, folder / f"{name}.pdf", folder / f"{name}.html")
    files: dict[str, Any] = dict(edition.files)
    specimen.pdf.write_bytes(files["brief.pdf"])
    specimen.html.write_bytes(files["brief.html"])
    document = pypdfium2.PdfDocument(files["brief.pdf"])
    for number, sheet in enumerate(document, start=1):
        sheet.render(scale=SCALE).to_pil().save(folder / f"{name}-{number}.png")
    document.close()
    return specimen
