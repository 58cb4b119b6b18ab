"""What WeasyPrint lays out and draws in another way here: page numbers at less cost, citations in reading order.

WeasyPrint 70 sets every page with a `target-counter()` twice more: because it fills the numbers in when the page is set
without them, and because the count of all pages, which they do not need, was not known before. Filled in as soon as
their target is set, numbers on later pages are right at once, and only contents are set twice. No byte changes.

PDFium, which reads PDFs in Chrome and in pypdfium2, sorts what stands on one base line from left to right and turns a
line of Arabic or Hebrew around as a whole. A raised number in it ends that line, or joins and parts it, and its pieces
change places; so citations in such lines are drawn behind all else on a page, and disturb none. The order of the tags,
in which a page is read aloud, stays the text's. They name the language of each element that is in another one.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from copy import deepcopy
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pydyf  # type: ignore[import-untyped]  # ships no types
from weasyprint import document, draw
from weasyprint.css.targets import CounterLookupItem, TargetCollector
from weasyprint.pdf import tags
from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

OWN = frozenset({"counter()", "counters()"})


def number_early() -> None:
    """Let WeasyPrint fill in page numbers early, from now on in this process."""
    document.TargetCollector = EarlyTargets


def draw_in_reading_order() -> None:
    """Let WeasyPrint draw citations so, from now on in this process."""
    later = Later(draw.draw_inline_level, document.draw_page)
    draw.draw_inline_level, document.draw_page = later.draw_inline_level, later.draw_page


def tag_languages() -> None:
    """Let WeasyPrint say in its tags which language each element is in that names one, from now on in this process.

    Whoever is read the page hears French in French (ISO 14289-1, 7.2); WeasyPrint names the document's language alone.
    """
    plain = tags._build_box_tree

    def tagged(box: Any, *rest: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint ships no types
        """Yield the tags of a box, each with the language that its element names."""
        element = getattr(box, "element", None)
        language = None if element is None or box.element_tag in {"html", "body"} else element.get("lang")
        for tag in plain(box, *rest):
            if language:
                tag["Lang"] = pydyf.String(language)
            yield tag

    tags._build_box_tree = tagged


class EarlyLookup(CounterLookupItem):  # type: ignore[misc]  # WeasyPrint ships no types
    """A text with page numbers in it; `filled_on` is the page whose target was filled in before the text was met."""

    filled_on: int | None = None

    @property
    def pending(self) -> bool:
        """Tell whether the text stands on the very page of its target, and so was set without the number."""
        return self.filled_on is not None and self.filled_on == self.page_maker_index

    @pending.setter
    def pending(self, value: bool) -> None:
        """WeasyPrint takes it back when it sets the page again."""
        if not value:
            self.filled_on = None


class EarlyTargets(TargetCollector):  # type: ignore[misc]  # WeasyPrint ships no types
    """Fills numbers in when their target is set, where they are set already and where they are still to come."""

    def __init__(self) -> None:
        super().__init__()
        self._asking: defaultdict[int, dict[Any, None]] = defaultdict(dict)

    def lookup_target(self, anchor_token: Any, source_box: Any, css_token: str, parse_again: Any) -> Any:  # noqa: ANN401 - the same
        """Find a target, and remember who asks for it."""
        target = super().lookup_target(anchor_token, source_box, css_token, parse_again)
        if css_token == "content":  # noqa: S105 - a property of CSS
            self._asking[id(target)][source_box, css_token] = None
        return target

    def collect_missing_counters(
        self,
        parent_box: Any,  # noqa: ANN401 - the same
        css_token: str,
        parse_again: Any,  # noqa: ANN401 - the same
        missing: list[str],
        of_targets: dict[Any, list[str]],
    ) -> None:
        """Note the counters that a text lacks: not as its own those that are its targets' alone."""
        # WeasyPrint takes one for the other: the two are then one list
        if "pages" not in missing and any(missing is names for names in of_targets.values()):
            missing = missing if any(item[0] in OWN for item in parent_box.style["content"]) else []
        if self.collecting and (missing or of_targets):
            parent_box.missing_link = parent_box.missing_link or parent_box
            lookup = EarlyLookup(parse_again, missing, of_targets)
            self.counter_lookup_items.setdefault((parent_box, css_token), lookup)

    def cache_target_page_counters(self, anchor: str, values: Any, page: int, page_maker: list[Any]) -> None:  # noqa: ANN401 - the same
        """Note on which page a target stands, and fill its number in wherever it is asked for."""
        target = self.target_lookup_items.get(anchor)
        if self.collecting or target is None or target.state != "up-to-date":
            return
        target.page_maker_index = page
        known, target.cached_page_counter_values = target.cached_page_counter_values, deepcopy(values)
        lookups = filter(None, map(self.counter_lookup_items.get, self._asking[id(target)]))
        for lookup in lookups:
            wanted = [name for names in lookup.missing_target_counters.values() for name in names]
            if any(known.get(name) != values.get(name) for name in wanted):
                _fill(lookup, page, page_maker)


def _fill(lookup: Any, page: int, page_maker: list[Any]) -> None:  # noqa: ANN401 - the same
    lookup.parse_again(lookup.cached_page_counter_values)
    if lookup.page_maker_index is not None and lookup.page_maker_index < len(page_maker):
        page_maker[lookup.page_maker_index][-1]["content_changed"] = True
    else:
        lookup.filled_on = page


class Later:
    """Draws a page as WeasyPrint does, but for the citations that it keeps for the end."""

    def __init__(self, inline_level: Callable[..., None], page: Callable[..., None]) -> None:
        self._inline_level, self._page = inline_level, page
        self._stream: object = None
        self._kept: list[tuple[Any, ...]] = []

    def draw_page(self, page: Any, stream: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        """Draw a page, what was kept last."""
        self._stream, self._kept = stream, []
        self._page(page, stream)
        for kept in self._kept:
            self._inline_level(*kept)
        self._stream = None

    def draw_inline_level(self, stream: Any, page: Any, box: Any, *rest: Any) -> None:  # noqa: ANN401 - the same
        """Draw a box of a line now, or keep it; what has a stream of its own, as transparent text has, is not kept."""
        if stream is self._stream and _is_citation(box):
            self._kept.append((stream, page, box, *rest))
        else:
            self._inline_level(stream, page, box, *rest)


def _is_citation(box: Any) -> bool:  # noqa: ANN401 - the same
    if not hasattr(box, "style"):  # what is positioned has none itself
        return False
    style = box.style
    return bool(box.element_tag == "a" and style["vertical_align"] != "baseline" and style["direction"] == "rtl")


# ── what a template brings along ──────────────────────────────────────────────────────────────────────────────────────


BASE_URL = "template:///"
"""What relative addresses in a template start from: `url(fonts/My.ttf)` is `template:///fonts/My.ttf`."""

LARGEST_FILE = 50_000_000
FONT_SUFFIXES = frozenset({".ttf", ".otf"})


class TemplateFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves `template:///…` from the template folders, in order, and denies every other address.

    A subclass, since WeasyPrint calls methods that a plain function does not have.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=())
        self._folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ANN401, ARG002 - WeasyPrint's signature
        """Return a file of the template; ValueError for everything else, which WeasyPrint logs and goes on."""
        if not url.startswith(BASE_URL):
            raise ValueError(f"{url[:200]}: only files of the template may be loaded")
        name = unquote(url.removeprefix(BASE_URL).split("?")[0].split("#")[0])
        for folder in self._folders:
            path = (folder / name).resolve()
            if path.is_relative_to(folder) and path.is_file() and path.stat().st_size <= LARGEST_FILE:
                return URLFetcherResponse(url, path.read_bytes())
        raise ValueError(f"{name[:200]}: no such file in the template")


def font_faces(folders: Sequence[Path]) -> str:
    """Return `@font-face` rules for every font in the folders' `fonts/`, under the family names that they carry."""
    paths = [path for folder in folders for path in sorted((folder / "fonts").glob("*"))]
    return "\n".join(_rule(path) for path in paths if path.suffix.lower() in FONT_SUFFIXES)


def _rule(path: Path) -> str:
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]  # ships no types

    try:
        with TTFont(path, lazy=True) as font:
            family = font["name"].getBestFamilyName() or path.stem
            weight, italic = font["OS/2"].usWeightClass, bool(font["OS/2"].fsSelection & 1)
    except (TTLibError, KeyError, OSError) as error:
        logging.getLogger("weasyprint").warning("%s cannot be read as a font: %s", path.name, error)
        return ""
    quoted = family.replace("\\", "").replace('"', "")
    address = path.name.replace("\\", "").replace('"', "")
    style = "italic" if italic else "normal"
    source = f'font-family: "{quoted}"; src: url("fonts/{address}")'
    return f"@font-face {{ {source}; font-weight: {weight}; font-style: {style} }}"
