"""What each address of the preview answers. Pure: the screen's value in, bytes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from briefing.explain.data import as_values
from briefing.explain.explanation import explain_article
from briefing.preview.access import BRIEF_POLICY, PAGE_POLICY
from briefing.preview.showing import state_values

if TYPE_CHECKING:
    from briefing.preview.showing import Shown

HTML, JSON = "text/html; charset=utf-8", "application/json"
FILES = {
    "/": ("page.html", HTML),
    "/preview.css": ("preview.css", "text/css; charset=utf-8"),
    "/preview.js": ("preview.js", "text/javascript; charset=utf-8"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent: the status, the type, the bytes, the policy that a browser is told."""

    content: bytes
    kind: str
    status: int = 200
    policy: str = PAGE_POLICY


NOT_FOUND = Answer(content=b"there is nothing here\n", kind="text/plain; charset=utf-8", status=404)
NOT_YET = Answer(content=b"<!doctype html><title>Preview</title>\n", kind=HTML, policy=BRIEF_POLICY)


def answer(path: str, shown: Shown) -> Answer:
    """Return the answer to a path (without its query)."""
    if path in FILES:
        name, kind = FILES[path]
        return Answer(content=_file(name), kind=kind)
    if path == "/state":
        return _json(state_values(shown))
    if path == "/brief":
        return NOT_YET if shown.day is None else Answer(content=shown.day.page, kind=HTML, policy=BRIEF_POLICY)
    if path.startswith("/article/") and shown.day is not None:
        return _article(path.removeprefix("/article/"), shown)
    return NOT_FOUND


def _article(name: str, shown: Shown) -> Answer:
    if shown.day is None:
        return NOT_FOUND
    explained = explain_article(
        name,
        shown.day.assigned,
        brief=shown.day.brief,
        sections=shown.day.sections,
    )
    return NOT_FOUND if explained is None else _json(as_values(explained))


def _json(values: object) -> Answer:
    """Escaped to ASCII: lone surrogates pass, and nothing in it can be taken for markup in another encoding."""
    return Answer(content=json.dumps(values).encode(), kind=JSON)


@cache
def _file(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()
