"""Pages filled to their foot: what a page has no room for leaves it short, and its stories are moved apart to fill it.

A story is never parted where it fits on the next page, so a page may end well above its foot. Printers then add to the
space between paragraphs (vertical justification); WeasyPrint has no such step, and gets it here, between the layout of
a page and its drawing. What a page begins with stays, and so does the last page, which ends where the text does. A page
that is as narrow as a screen is cut to its text instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

MOVED = frozenset(
    {"story", "difference", "more", "section", "back", "bottom-line", "key-points", "languages", "contents", "history"}
)
"""Classes of what may stand further apart; rows of a list in `LISTS` may, too."""
LISTS = frozenset({"source-list", "points"})
HOLDERS = frozenset({"html", "body", "main", "div", "section", "ul"})
WHOLE = frozenset({"story", "difference", "more", "section-head", "note", "how"})
"""Classes of what is moved as it is."""
HEADED = frozenset({"section", "back"})
"""Classes of what begins with a heading: it takes twice as much of what there is to spread as a story does."""
MOST = 190.0
"""CSS pixels that may come between two of them, 50 mm: what is more than that stays at the foot."""
SCREEN = 378.0
"""Pixels, 100 mm: a narrower page is for a screen, where none need be as high as the others, and ends with its text."""
SHORTEST = 190.0
"""Pixels of the lowest of them: 50 mm."""
LEAST = 4.0
"""Pixels at the foot that nobody sees."""


def spread_pages() -> None:
    """Let WeasyPrint fill its pages so, from now on in this process."""
    layout.make_margin_boxes = _spreading(layout.make_margin_boxes)


def _spreading(make_margin_boxes: Callable[..., Any]) -> Callable[..., Any]:
    def spread_first(context: Any, page: Any, state: Any) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
        """Fill a page, or cut it, then make what stands in its margins."""
        root = page.children[0]
        if page.width < SCREEN:
            page.height = min(page.height, max(SHORTEST, _end(root) - page.content_box_y()))
        elif context.current_page < len(context.page_maker) - 1:
            spread(root, page.content_box_y() + page.height)
        return make_margin_boxes(context, page, state)

    return spread_first


def end_of(page: Any) -> float:  # noqa: ANN401 - the same
    """Return which share of a laid out page its text takes, from the top."""
    return float((_end(page.children[0]) - page.content_box_y()) / page.height)


def spread(root: Any, foot: float) -> None:  # noqa: ANN401 - the same
    """Move the parts of a page, or of each of its columns, apart until they end at its foot, in pixels from the top."""
    last = root
    while flow := _flow(last):
        last = flow[-1]
        if not _holds(last):
            break
    for region in _flow(last) if _in_columns(last) else [root]:
        parts, free = list(_parts(region)), foot - _end(region)
        if len(parts) > 1 and free > LEAST:
            shares = sum(map(_share, parts[1:]))
            _Spreading(min(MOST, free / shares), parts[0]).move(region, 0.0)


class _Spreading:
    """Moves each part by a step more than the one before it, or by two."""

    def __init__(self, step: float, first: object) -> None:
        self._step, self._first, self._count = step, first, 0

    def move(self, box: Any, moved: float) -> None:  # noqa: ANN401 - the same
        """Move what is in a box, which was moved so far itself, and let the box reach around it."""
        flow = _flow(box)
        for number, child in enumerate(flow):
            if child is not self._first and _is_part(box, flow, number):
                self._count += _share(child)
            by = self._step * self._count - moved
            child.translate(0, by)
            if _holds(child):
                self.move(child, moved + by)
        if isinstance(box.height, float | int):
            box.height += self._step * self._count - moved


def _share(part: Any) -> int:  # noqa: ANN401 - the same
    return 2 if _classes(part) & HEADED else 1


def _parts(root: Any) -> Iterator[Any]:  # noqa: ANN401 - the same
    """Yield the parts of a page in their order."""
    flow = _flow(root)
    for number, child in enumerate(flow):
        if _is_part(root, flow, number):
            yield child
        if _holds(child):
            yield from _parts(child)


def _flow(box: Any) -> list[Any]:  # noqa: ANN401 - the same
    return [child for child in box.children if child.is_in_normal_flow()]


def _end(box: Any) -> float:  # noqa: ANN401 - the same
    """Return where the last of what is in a box ends; a box that goes on overleaf reaches to the foot itself."""
    ends = (_end(one) if _holds(one) else one.position_y + one.margin_height() for one in _flow(box))
    return max(ends, default=box.position_y)


def _is_part(parent: Any, flow: Sequence[Any], number: int) -> bool:  # noqa: ANN401 - the same
    """Whether a child may stand apart from what is before it: neither its heading, nor the beginning of its parent."""
    if _classes(parent) & LISTS:
        return number > 0
    if not (_classes(flow[number]) & MOVED or _in_columns(flow[number])):
        return False
    return "section-head" not in _classes(flow[number - 1]) if number else not _classes(parent) & MOVED


def _holds(box: Any) -> bool:  # noqa: ANN401 - the same
    whole = box.element_tag not in HOLDERS or _classes(box) & WHOLE or not getattr(box, "children", ())
    return not (whole or _in_columns(box))


def _in_columns(box: Any) -> bool:  # noqa: ANN401 - the same
    """Whether a box sets what it holds in columns: moved as it is, or where it ends a page, each filled for itself."""
    return bool(box.style["column_count"] != "auto" or box.style["column_width"] != "auto")


def _classes(box: Any) -> frozenset[str]:  # noqa: ANN401 - the same
    element = getattr(box, "element", None)
    return frozenset() if element is None else frozenset(element.get("class", "").split())
