"""The files of an edition against its `brief.json`: whether each holds every sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from html.parser import HTMLParser
from itertools import chain
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from briefing.edition import read_brief
from briefing.render import FORMATS
from briefing.verify.quotations import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from briefing.edition import Brief

# What setting type may put into a text or take out of it: blanks at line ends, hyphens, word joiners, soft breaks; and
# what readers of PDF make of a hyphen at a line's end (U+0002, U+FFFE).
_LAYOUT = re.compile(r"[\s\u00ad\u200b\u2060\u2010\u2011\ufffe\x02-]+")
REPLACED = "\ufffd"

_WORD = re.compile(r"\w+")
# Hebrew to Arabic Extended-A, and their presentation forms (Unicode 16, Blocks.txt)
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def check_editions(brief: Brief, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the sentences of a brief that a file of the edition does not hold, as messages.

    `files` maps names (`brief.html`) to bytes; kinds that are not known are not looked at. HTML, Markdown and text
    must hold a sentence as it is, but for blanks. What a PDF shows is compared without blanks and hyphens, and what
    runs from right to left by its words in order but for those with vowel marks, which readers of PDF tear apart;
    what a PDF has attached as `brief.json` must be this brief. A page may print headlines and key points alone, or
    leave out what stands in no section: then it holds none of these sentences.
    """
    return tuple(
        message
        for name, content in sorted(files.items())
        for message in chain(_missing(name, brief, content), _check_attachment(name, brief, content))
    )


def _missing(name: str, brief: Brief, content: bytes) -> Iterator[str]:
    find = finder(name.rpartition(".")[2])
    if find is None:
        return
    holds = find(content)
    points = dict.fromkeys(point.text for point in brief.key_points)
    told = dict.fromkeys(quotation.text for quotation in brief.quotations if quotation.text not in points)
    apart = {sentence.text for story in brief.also_today for sentence in story.sentences}
    lacking = [text for text in points if not holds(text)]
    for block in ([text for text in told if text not in apart], [text for text in told if text in apart]):
        # a page may leave a block out, or tell stories by their headlines alone, for which openings may stand
        telling = set(block) - set(_openings(brief)) or set(block)
        missing = [text for text in block if not holds(text)]
        lacking += [] if telling <= set(missing) else missing
    for text in lacking:
        yield f"{name}: does not hold the sentence {shown(text)}"
    yield from _missing_figures(name, brief, holds)


def _openings(brief: Brief) -> Iterator[str]:
    """Yield what begins an article without a title: a list may print it in place of a headline."""
    untitled = {article.id for article in brief.articles if not article.title}
    for quotation in brief.quotations:
        if quotation.article in untitled and quotation.start == 0:
            yield quotation.text


def _missing_figures(name: str, brief: Brief, holds: Callable[[str], bool]) -> Iterator[str]:
    """Yield the figures that a file lacks; those that stand in printed sentences, too, tell nothing of their block."""
    sentences = "\n".join(quotation.text for quotation in brief.quotations)
    figures = dict.fromkeys(account.text for account in brief.accounts if account.text not in sentences)
    lacking = [text for text in figures if not holds(text)]
    # a page may leave the whole block out
    for text in lacking if len(lacking) < len(figures) else ():
        yield f"{name}: does not hold the figure {shown(text)}"


def _check_attachment(name: str, brief: Brief, content: bytes) -> Iterator[str]:
    if name.endswith(".pdf"):
        try:
            same = read_brief(_attached(content, "brief.json") or b"") == brief
        except ValueError:
            same = False
        if not same:
            yield f"{name}: the brief.json that is attached is not this brief's"


def _attached(content: bytes, name: str) -> bytes | None:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        found = (document.get_attachment(index) for index in range(document.count_attachments()))
        return next((bytes(item.get_data()) for item in found if item.get_name() == name), None)
    finally:
        document.close()


def _in_html(content: bytes) -> Callable[[str], bool]:
    reader = _Reader()
    reader.feed(content.decode())
    reader.close()
    return _in_text("".join(reader.texts))


def _in_text(text: str) -> Callable[[str], bool]:
    whole = _printed(text)
    return lambda sentence: _printed(sentence) in whole


def _in_pdf(content: bytes) -> Callable[[str], bool]:
    pages = pdf_pages(content)
    text = "\n".join(pages)
    whole, leftwards = bare(text), in_order(text)
    bare_pages = [bare(page) for page in pages]

    def holds(sentence: str) -> bool:
        if RIGHT_TO_LEFT.search(sentence):
            return leftwards(sentence)
        plain = bare(sentence)
        if plain in whole or _runs_over(plain, bare_pages):
            return True
        return REPLACED in whole and _replaced(plain).search(whole) is not None

    return holds


def _runs_over(bare: str, pages: Sequence[str]) -> bool:
    """Tell whether a sentence begins on one page and ends on a later one, with nothing missing in between.

    What stands in a page's head and foot, or in another column, may come between the two in the text of the file.
    """
    for first in range(len(pages)):
        rest = bare
        for page in pages[first:]:
            start = _longest_start(rest, page)
            rest = rest[start:]
            if not rest or not start:
                break
        if not rest:
            return True
    return False


def _longest_start(text: str, page: str) -> int:
    """Return how many characters of a text, from its first, stand together on a page."""
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if text[:middle] in page else (least, middle - 1)
    return least


def _replaced(bare: str) -> re.Pattern[str]:
    """Return what finds a sentence of which characters without a font are printed as U+FFFD."""
    return re.compile("".join(f"[{re.escape(character)}{REPLACED}]" for character in bare))


def unmarked_words(text: str) -> set[str]:
    """Return the words without marks above or below: readers of PDF tear the others apart."""
    marked = {word for word in re.findall(r"\S+", text) if any(combining(character) for character in word)}
    return set(_WORD.findall(text)) - {part for word in marked for part in _WORD.findall(word)}


def pdf_pages(content: bytes) -> list[str]:
    """Return the text of each page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


class _Reader(HTMLParser):
    """Collects the text of the body."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.texts.append(data)


def _printed(text: str) -> str:
    """Return what is shown of a text: lone surrogates and control characters as U+FFFD, blanks as one, no isolates."""
    text = re.sub("[\u2068\u2069]", "", text)
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)
    return re.sub(r"\s+", " ", shown)


def bare(text: str) -> str:
    """Return a text without blanks, hyphens and what else setting type may put in."""
    return _LAYOUT.sub("", normalize("NFKC", _LAYOUT.sub("", text)))


def finder(ending: str) -> Callable[[bytes], Callable[[str], bool]] | None:
    """Return what finds sentences in a file with this ending; None where it is not looked at."""
    text = FORMATS.get(ending)
    if text is not None:
        return lambda content: _in_text(text.read(content.decode()))
    return {"html": _in_html, "pdf": _in_pdf}.get(ending)


# ── text that is read from right to left ──────────────────────────────────────────────────────────────────────────────
# PDFium tears a line where a vowel mark stands above or below it, and puts its pieces in an order of its own. The words
# that bear such marks are torn themselves, and passed over.


BETWEEN = 4
"""Words that may stand between two of a sentence: citation numbers, the parts of a torn word."""
ENDS = 2
"""Pieces of a sentence in any case: a column or a page may end in it."""
TORN = 2
"""More pieces for each mark in it, or one before and one behind it."""

_RUN = re.compile(r"\w+")


def in_order(text: str) -> Callable[[str], bool]:
    """Return what tells whether a text holds the words of a sentence in order, in as few pieces as tearing explains."""
    read = _RUN.findall(normalize("NFKC", text))
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(read):
        places[word].append(place)
    # the marks of a neighbour on the same line tear it too
    nearby = TORN * bool(any(map(combining, text)))

    def holds(sentence: str) -> bool:
        said = normalize("NFKC", sentence)
        most = ENDS + nearby + TORN * sum(1 for character in said if combining(character))
        return _pieces(unmarked(said), places, most) <= most

    return holds


def unmarked(text: str) -> list[str]:
    """Return the words without marks above or below, in order."""
    tokens = re.findall(r"\S+", text)
    return [word for token in tokens if not any(map(combining, token)) for word in _RUN.findall(token)]


def _pieces(words: Sequence[str], places: Mapping[str, Sequence[int]], most: int) -> int:
    """Return of how many pieces words are, the longest first; more than `most` where one of them is missing."""
    start, pieces = 0, 0
    while start < len(words) and pieces <= most:
        length = max((_run(words, start, place, places) for place in places.get(words[start], ())), default=0)
        if not length:
            return most + 1
        start, pieces = start + length, pieces + 1
    return pieces


def _run(words: Sequence[str], start: int, place: int, places: Mapping[str, Sequence[int]]) -> int:
    """Return how many words stand one behind the other from a place on."""
    length = 1
    for word in words[start + 1 :]:
        after = next((other for other in places.get(word, ()) if place < other <= place + 1 + BETWEEN), None)
        if after is None:
            break
        place, length = after, length + 1
    return length
