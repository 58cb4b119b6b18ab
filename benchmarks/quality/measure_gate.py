"""What the gate lets through: forty walls, true pages, and pages of other articles.

Each true page is announced by its title and the description that it gives itself, as a feed would. A wall is tried for
the entry that led to it and for every true one. Texts that are no walls are tried against the list of what walls say:
whole, and by their first and last paragraphs, as feeds carry them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml
from lxml import html

from benchmarks.quality import ROOT, SHARED, Measure
from briefing.config import Limits
from briefing.extract import extract, is_wall
from briefing.models import Document
from briefing.sources.entries import Answer
from briefing.sources.gate import Announced, Taken, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.extract import Extraction

PAGES = SHARED / "html_pages_dev.jsonl"
WALLS = ROOT / "tests/sources/walls.yaml"
LIMITS = Limits()

Page = tuple[Announced, Answer, "Extraction"]


def measures() -> Iterator[Measure]:
    """Yield what was taken of walls, of true pages and of pages of other articles."""
    walls = [wall_page(wall) for wall in yaml.safe_load(WALLS.read_text("utf-8"))]
    own = sum(is_taken(announced, page) for announced, *page in walls)
    in_folder = sum(bool(found.articles) for _, _, found in walls)
    yield Measure(name="gate: walls printed from a folder (negative)", value=0.0 - in_folder, target=-5.0)
    yield Measure(name="gate: walls taken for their own entry (negative)", value=0.0 - own, target=0.0)
    if not PAGES.exists():
        return
    true = [true_page(json.loads(line)) for line in PAGES.read_text("utf-8").splitlines()]
    for_others = sum(is_taken(announced, (answer, found)) for announced, *_ in true for _, answer, found in walls)
    yield Measure(name="gate: walls taken for a true entry (negative)", value=0.0 - for_others, target=0.0)
    kept = sum(is_taken(announced, page) for announced, *page in true) / len(true)
    yield Measure(name="gate: true pages kept", value=kept, target=0.95)
    others = [
        is_taken(announced, (answer, found))
        for at, (announced, *_) in enumerate(true)
        for of, (_, answer, found) in enumerate(true)
        if at != of
    ]
    taken_for_walls = sum(
        is_wall(row.get("title"), lines)
        for path in sorted(SHARED.glob("*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        for lines in readings(row.get("text") or row.get("body"))
    )
    yield Measure(name="gate: texts taken for walls (negative)", value=0.0 - taken_for_walls, target=0.0)
    share = sum(others) / len(others)
    yield Measure(name="gate: pages of other articles taken, % (negative)", value=-100 * share, target=-0.2)


def readings(text: Any) -> Iterator[list[str]]:  # noqa: ANN401 - whatever a set has there
    """Yield a text whole, and what a feed may carry of it: its first paragraph, first sentence, last paragraphs."""
    lines = [line for line in text.split("\n") if line.strip()] if isinstance(text, str) else []
    if lines:
        yield from (lines, lines[:1], [lines[0].partition(". ")[0] + "."], lines[-1:], lines[-2:])


def is_taken(announced: Announced, page: Any) -> bool:  # noqa: ANN401 - an answer and what was made of it
    """Return whether a page is taken for an entry, whatever its address."""
    answer, found = page
    elsewhere = Answer(asked=announced.url, url=announced.url, status=answer.status, headers=answer.headers,
                       content=answer.content)  # fmt: skip
    return isinstance(judge(announced, elsewhere, found), Taken)


def wall_page(wall: dict[str, Any]) -> Page:
    """Return a wall of the tests as the answer to the entry that led to it."""
    title, summary = wall["entry"]
    headers = {"content-type": "text/html; charset=utf-8", **wall.get("headers", {})}
    return _page(wall["name"], wall["html"], Announced(url=f"https://{wall['name']}.example/1", title=title,
                 text=summary), status=wall.get("status", 200), headers=headers)  # fmt: skip


def true_page(row: dict[str, Any]) -> Page:
    """Return a page as the answer to an entry that has its title and its description."""
    tree = html.fromstring(row["html"].strip().encode(), parser=html.HTMLParser(encoding="utf-8"))
    metas = {meta.get("property") or meta.get("name"): meta.get("content") for meta in tree.iter("meta")}
    told = metas.get("og:description") or metas.get("description") or ""
    announced = Announced(url=f"https://{row['id']}.example/1", title=row["title"], text=told)
    return _page(row["id"], row["html"], announced)


def _page(
    origin: str, markup: str, announced: Announced, *, status: int = 200, headers: dict[str, str] | None = None
) -> Page:
    content = markup.encode()
    found = extract(Document(origin=origin, media_type="text/html", content=content), LIMITS)
    told = headers or {"content-type": "text/html; charset=utf-8"}
    return (
        announced,
        Answer(asked=announced.url, url=announced.url, status=status, headers=told, content=content),
        found,
    )
