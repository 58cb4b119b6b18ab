"""How the pages of a PDF begin and end: what no page of a brief may do, measured on what was set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MILLIMETRE = 72 / 25.4
MARGINS = {"compact phone": (15, 13), "phone": (14, 11), "compact": (17, 15), "standard": (24, 21)}
"""Top and bottom margins in millimetres, by template and size, by size, or else by template."""
MOST_FREE = 12.0
"""Millimetres that may be free at the foot of a page that is not the last."""
HEADING = {"compact": 3.15, "standard": 3.4}
"""Millimetres of the letters of a section's heading, by template; those of a story are smaller."""
HEADS = (
    "bottom_line",
    "key_points",
    "numbers",
    "contents",
    "articles_by_language",
    "sources",
    "gaps",
    "figures",
    "how_to_read",
)
"""Labels of the first page's own headings, which are set small."""
FEWEST_LINES = 4
"""On the last page; one source takes up to three."""
MARKS = re.compile("[\u200e\u200f\u2066-\u2069\u202a-\u202e\u00ad\u2060\ufffe\x02-]")


class Line(NamedTuple):
    """A line of type: its words, and its edges in millimetres from the top of the page."""

    text: str
    top: float
    bottom: float
    leads: bool
    """Whether it begins in the half of the page that is read first."""


def faults(content: bytes, labels: Mapping[str, Any], *, template: str, size: str) -> list[str]:
    """Return what is wrong with the endings of a PDF, a line for each, with its page.

    `labels` are those of its language: a page that goes on with a section says so in words of theirs.
    """
    named = (f"{template} {size}", size, template, "standard")
    top, foot = next(MARGINS[name] for name in named if name in MARGINS)
    large = HEADING.get(template, HEADING["standard"])
    more = [MARKS.sub("", form.partition("{n}")[0]).strip() for form in labels["more"].values()]
    going_on = re.findall(r"\w+", labels["continued"].replace("{title}", ""))  # right-to-left heads come in any order
    heads = [set(labels[key].casefold().split()) for key in HEADS]
    document = pypdfium2.PdfDocument(content)
    rtl = labels["locale"].startswith("ar")
    pages = [(list(_lines(page, rtl=rtl)), page.get_height() / MILLIMETRE) for page in document]
    document.close()
    found = []
    for number, (lines, height) in enumerate(pages, start=1):
        inside = [line for line in lines if top - 1 < line.top < height - foot + 1]
        head = " ".join(line.text for line in lines if line.top <= top - 1)
        if not inside:
            found.append(f"page {number}: empty")
            continue
        begins = next((line for line in inside if line.leads), inside[0])
        first = begins.text
        if number < len(pages) and (free := height - foot - inside[-1].bottom) > MOST_FREE:
            found.append(f"page {number}: {free:.0f} mm free at the foot")
        if any(first.startswith(form) for form in more if form):
            found.append(f"page {number}: begins with {first!r}")
        beside = " ".join(
            line.text for line in inside if abs(line.top - begins.top) < 1
        )  # a heading may come in pieces
        headed = any(head <= set(beside.casefold().split()) for head in heads) or begins.bottom - begins.top > large
        if number > 1 and not headed and not all(word in head for word in going_on):
            found.append(f"page {number}: begins with {first[:40]!r} under no heading")
        if number == len(pages) > 1 and len(inside) < FEWEST_LINES:
            found.append(f"page {number}: {len(inside)} lines on the last page")
    return found


def _lines(page: Any, *, rtl: bool) -> Iterator[Line]:  # noqa: ANN401 - pypdfium2 ships no types
    """Yield the lines of a page from its top; what stands side by side is one."""
    text, height, middle = page.get_textpage(), page.get_height(), page.get_width() / 2
    boxes = []
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = MARKS.sub("", text.get_text_bounded(left, bottom, right, top)).strip()
        if re.search(r"\w", words):  # not a lone mark above a letter
            leads = right > middle if rtl else left < middle
            boxes.append(Line(words, (height - top) / MILLIMETRE, (height - bottom) / MILLIMETRE, leads))
    text.close()
    yield from sorted(boxes, key=lambda line: line.top)
