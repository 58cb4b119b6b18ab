"""Sets one document in type: what runs in the typesetter's process."""

from __future__ import annotations

import gc
import logging
import os
import re
import tempfile
from datetime import UTC, datetime
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import name

from briefing.render.pdf.loading import load_weasyprint
from briefing.render.words import REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from briefing.render.pdf.layout import TemplateFetcher

_IN_MARGIN = "is only allowed in page margins"
"""Said of what runs in the margin while it is still in the text."""
CLOSER = ".tight"
"""The class that a style sheet may set closer."""
THIN = 0.3
"""The share of the last page below which its text is not worth a page."""
_MISSING = re.compile(r"unsupported by fonts.*U\+([0-9A-F]{4,6})", re.DOTALL)


class _Listener(logging.Handler):
    """Keeps what WeasyPrint says went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: set[int] = set()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record: a missing character by its code point, anything else by its words."""
        message = record.getMessage()
        if found := _MISSING.search(message):
            self.missing.add(int(found[1], 16))
        elif _IN_MARGIN not in message and message not in self.messages:
            self.messages.append(message)

    def problems(self) -> list[str]:
        """Return everything in words, characters by their Unicode names."""
        return problems_of(self.missing) + self.messages


@cache
def load() -> None:
    """Load WeasyPrint as it is used here, once in a process."""
    # a document makes few cycles and ends with its process: collecting them costs a twentieth of the time
    gc.disable()
    load_weasyprint()
    from briefing.render.pdf.layout import draw_in_reading_order, number_early, tag_languages
    from briefing.render.pdf.spreading import spread_pages

    number_early()
    draw_in_reading_order()
    tag_languages()
    spread_pages()


def set_in_type(job: dict[str, Any]) -> tuple[bytes, list[str]]:
    """Return the PDF of a job and what went wrong on the way.

    A job has `html`, `css`, `folders`, `attachments`, `link_texts`, `without_font` and `built_at` (POSIX seconds).
    Where it has `most_pages`, more pages are a problem.
    """
    load()
    listener = _Listener()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    # subset fonts carry the time of their making, which this dates (reproducible-builds.org/specs/source-date-epoch)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(job["built_at"]))
    try:
        pdf = _pdf(job)
        if listener.missing:
            # ISO 19005-3 § 6.2.11.8 forbids the boxes that stand for characters without a font
            pdf = _pdf(job | {"html": replaced(job["html"], listener.missing, job["without_font"])})
    finally:
        logger.removeHandler(listener)
    return pdf, listener.problems()


def _pdf(job: dict[str, Any]) -> bytes:
    from briefing.render.pdf.finishing import VARIANT, finish, mend_texts
    from briefing.render.pdf.layout import TemplateFetcher

    fetcher = TemplateFetcher([Path(folder) for folder in job["folders"]])

    def finisher(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        most, pages = job.get("most_pages"), len(document.pages)
        if most is not None and pages > most:
            logging.getLogger("weasyprint").warning("it takes %d pages where %d are meant", pages, most)
        mend_texts(pdf, document.fonts.values())
        finish(pdf, job["link_texts"])

    with tempfile.TemporaryDirectory() as scratch:  # WeasyPrint keeps a template's fonts in files
        tempfile.tempdir = scratch
        try:
            document = _laid_out(job, fetcher)
            pdf: bytes = document.write_pdf(
                pdf_variant=VARIANT,
                attachments=[_attachment(item, job["built_at"], fetcher) for item in job["attachments"]],
                finisher=finisher,
            )
        finally:
            tempfile.tempdir = None
    return pdf


def _laid_out(job: dict[str, Any], fetcher: TemplateFetcher) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    """Return the document; where its last page holds next to nothing, set closer by a little, or wider."""
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # ships no types
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from briefing.render.pdf.finishing import VARIANT
    from briefing.render.pdf.layout import BASE_URL, font_faces

    fonts, folders = FontConfiguration(), [Path(folder) for folder in job["folders"]]
    sheets = [
        CSS(string=css, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts)
        for css in [font_faces(folders), *job["css"]]
    ]
    source = HTML(string=job["html"], base_url=BASE_URL, url_fetcher=fetcher)

    def laid_out() -> Any:  # noqa: ANN401 - the same
        return source.render(stylesheets=sheets, font_config=fonts, pdf_variant=VARIANT)

    document = laid_out()
    paper = next((one for one in source.etree_element.iter() if one.get("class", "").startswith("paper ")), None)
    if paper is None or not _is_thin(document) or not any(CLOSER in css for css in job["css"]):
        return document
    usual = paper.get("class")
    for manner in ("tight", "loose"):
        paper.set("class", f"{usual} {manner}")
        source.wrapper_element = ElementWrapper.from_html_root(source.etree_element, content_language=None)
        other = laid_out()
        if not _is_thin(other):
            return other
    return document


def _is_thin(document: Any) -> bool:  # noqa: ANN401 - the same
    from briefing.render.pdf.spreading import end_of

    return len(document.pages) > 1 and end_of(document.pages[-1]._page_box) < THIN


def _attachment(item: dict[str, str], built_at: float, fetcher: TemplateFetcher) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    from weasyprint import Attachment

    moment = datetime.fromtimestamp(built_at, UTC)
    return Attachment(
        string=item["text"],
        url_fetcher=fetcher,  # else each makes one
        name=item["name"],
        description=item["description"],
        relationship=item["relationship"],
        created=moment,
        modified=moment,
    )


# ── characters without a font ─────────────────────────────────────────────────────────────────────────────────────────


NAMED = 20
"""Characters that are named one by one among the problems."""
SHOWN = 5
"""Those that the page names so; more are counted by what their names begin with."""
PLACE = '<p class="without-font"></p>'
"""Where the page says so; only where it does not have this, its end is taken."""

CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
"""How the names of their characters begin."""
CJK_FONTS = "Chinese, Japanese and Korean stand in Noto Serif CJK and Noto Sans CJK (on Debian: fonts-noto-cjk)"

_HEADING = re.compile(r"<(h[1-6])\b([^<>]*)>(.*?)</\1>", re.DOTALL)
_TEXT = re.compile(r"(?<=>)[^<]+")


def problems_of(codes: Iterable[int]) -> list[str]:
    """Return code points in words, by their Unicode names."""
    known = sorted(codes)
    characters = [f"no font has {_named(code)}" for code in known[:NAMED]]
    rest = [f"no font has {len(known) - NAMED} other characters"] if len(known) > NAMED else []
    wide = [CJK_FONTS] if any(name(chr(code), "").startswith(CJK) for code in known) else []
    return characters + rest + wide


def replaced(html: str, codes: Collection[int], sentence: str) -> str:
    """Return a document with U+FFFD in their place wherever it is printed, and `sentence` with their {names} in it.

    What is not printed keeps them: title, author, keywords, and the headings' bookmarks, which `data-label` then holds.
    """
    head, mark, body = html.rpartition("</head>")
    table = dict.fromkeys(codes, REPLACEMENT)

    def labelled(heading: re.Match[str]) -> str:
        tag, attributes, inside = heading.groups()
        text = " ".join(unescape(re.sub(r"<[^>]*>", "", inside)).split())
        if text.translate(table) == text:
            return heading[0]
        return f'<{tag}{attributes} data-label="{escape(text)}">{inside}</{tag}>'

    printed = _TEXT.sub(lambda text: text[0].translate(table), _HEADING.sub(labelled, body))
    told = f'<p class="without-font">{escape(sentence.format(names=_kinds(codes)))}</p>'
    place = PLACE if PLACE in printed else "</main>" if "</main>" in printed else "</body>"
    return head + mark + printed.replace(place, told + place.replace(PLACE, ""), 1)


def _kinds(codes: Collection[int]) -> str:
    """Return the characters by name where they are few, else how many there are of each kind."""
    if len(codes) <= SHOWN:
        return ", ".join(map(_named, sorted(codes)))
    kinds = [name(chr(code), "unnamed").split(maxsplit=1)[0] for code in sorted(codes)]
    return ", ".join(f"{kind} ({kinds.count(kind)})" for kind in dict.fromkeys(kinds))


def _named(code: int) -> str:
    return f"U+{code:04X} {name(chr(code), 'unnamed')}"
