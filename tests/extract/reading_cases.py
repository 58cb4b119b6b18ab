"""A case is a folder: the document as found, and what is expected of it. A new case needs no Python."""

from __future__ import annotations

import json
from pathlib import Path

from briefing.config import Limits
from briefing.extract import Extraction, extract
from briefing.extract.media_types import name_promises
from briefing.models import Document

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def document_of(case: Path) -> Document:
    file = next(path for path in sorted(case.iterdir()) if path.name.startswith("input."))
    return Document(origin=f"desk/{file.name}", media_type=name_promises(file.name), content=file.read_bytes())


def extraction_of(case: Path) -> Extraction:
    return extract(document_of(case), Limits())


def as_data(extraction: Extraction) -> dict[str, object]:
    """Return an extraction as JSON has it, without what is None or empty, and without ids and hashes."""
    articles = [
        {
            "origin": article.origin,
            "title": article.title,
            "title_translation": article.title_translation,
            "outlet": article.outlet,
            "url": article.url,
            "author": article.author,
            "published": None if article.published is None else article.published.isoformat(),
            "language": article.language,
            "paragraphs": [[paragraph.role.value, paragraph.text] for paragraph in article.paragraphs],
            "removed": [[removal.reason, removal.text] for removal in article.removed],
        }
        for article in extraction.articles
    ]
    problems = [{"origin": item.origin, "reason": item.reason, "lost": item.lost} for item in extraction.problems]
    told = [{name: value for name, value in article.items() if value not in (None, [])} for article in articles]
    return {"articles": told, "problems": problems}


def expected_of(case: Path) -> object:
    return json.loads((case / "expected.json").read_text("utf-8"))
