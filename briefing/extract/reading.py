"""Document → Article: the adapter is chosen by media type, its drafts become articles. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.extract import media_types
from briefing.extract.assembling import assemble
from briefing.extract.draft import Extraction, problem
from briefing.extract.markdown import read_markdown
from briefing.extract.plain_text import read_plain_text
from briefing.models import Article, Problem

if TYPE_CHECKING:
    from briefing.config.schema import Limits
    from briefing.extract.draft import Adapter
    from briefing.models import Document

EXTRACTORS: dict[str, Adapter] = {
    media_types.TEXT: read_plain_text,
    media_types.MARKDOWN: read_markdown,
}
"""The adapters by media type. A new format is one module and one line."""


def extract(document: Document, limits: Limits) -> Extraction:
    """Return the articles of a document and what was left out of it; raises nothing, whatever its bytes are."""
    refusal = _refusal(document, limits)
    if refusal:
        return Extraction(problems=(problem(document.origin, refusal),))
    kind = media_types.media_type(document)
    adapter = EXTRACTORS.get(kind)
    if adapter is None and media_types.UNKNOWN:
        return Extraction(
            problems=(problem(document.origin, f"media type {kind} is not read; save it as text, HTML, .docx or PDF"),)
        )
    articles: list[Article] = []
    problems: list[Problem] = []
    for found in adapter(document, limits) if adapter else ():
        for item in (found,) if isinstance(found, Problem) else assemble(found, document, limits):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                articles.append(item)
    return Extraction(articles=tuple(articles), problems=tuple(problems))


def _refusal(document: Document, limits: Limits) -> str | None:
    if not document.content.strip(b"\0\t\n\r "):
        return "an empty file"
    if len(document.content) > limits.document_bytes:
        return f"{len(document.content):,} bytes, more than limits.document_bytes allows ({limits.document_bytes:,})"
    name = media_types.foreign(document.content)
    return f"{name}; there is no text to read" if name else None
