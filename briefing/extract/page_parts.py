"""Which part of a page a block stands in, by the elements around it and what they are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.lines import closes

if TYPE_CHECKING:
    from briefing.extract.fragments import Block

_BY_TAG = (
    ("nav", "menu"),
    ("menu", "menu"),
    ("button", "menu"),
    ("figcaption", "photo caption"),
    ("fieldset", "form"),
    ("footer", "page foot"),
    ("aside", "side box"),
    ("table", "table"),
    ("dialog", "cookie notice or dialog"),
)
_NAMED = (
    ("cookie notice or dialog", r"cookie|consent|gdpr|modal|popup|overlay"),
    ("comments", r"comment|disqus|respond"),
    ("share bar", r"share|social|follow"),
    ("newsletter", r"newsletter|subscri|signup|paywall|regwall"),
    ("photo caption", r"caption|credit|gallery|carousel|slide"),
    ("menu", r"menu|nav|breadcrumb|toolbar|topbar|sitemap|skip-link|dropdown|tabs?\b"),
    (
        "teaser of another article",
        (r"relat|recommend|teaser|promo|popular|trending|most-?read|latest|read-?more|more-|see-also|"
        r"widget|sidebar|rail|feed|card|list-item|story-|headlines?-|"
        r"ticker|outbrain|taboola|aside"),
    ),
    ("byline", r"author|byline|bio\b|meta\b|dateline|timestamp|posted|date\b|info\b"),
    ("page foot", r"footer|copyright|legal|bottom"),
    ("page head", r"header|masthead|banner|logo|brand"),
    ("advertisement", r"\bad\b|ads\b|advert|sponsor|dfp"),
    ("tags", r"\btags?\b|topic|keyword|categor|section"),
)  # fmt: skip
_PATTERNS = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _NAMED)
_MOST_ABOVE = 12
_MOST_AROUND = 2
_CAPTIONS = frozenset(("caption", "wp-caption-text", "image-caption", "photo-caption"))
_COMMENTS = frozenset(
    ("comments", "comment-list", "commentlist", "comment-content", "comments-area", "show-comments", "disqus_thread")
)


def place_of(block: Block) -> str | None:
    """Return what part of the page a block stands in, where its elements tell; None where they do not."""
    reason = next((reason for tag, reason in _BY_TAG if tag in block.tags), None)
    return reason or ("form" if "form" in block.tags and not closes(block.text) else None)


def is_beside_text(block: Block) -> bool:
    """Return whether a block that reads like text is a caption or a comment, by its own element or the one around."""
    if "figcaption" in block.tags:
        return True
    element, levels = block.element, 0
    while element is not None and levels < _MOST_ABOVE:
        named = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
        if (levels < _MOST_AROUND and not _CAPTIONS.isdisjoint(named)) or not _COMMENTS.isdisjoint(named):
            return True
        element, levels = element.getparent(), levels + 1
    return False


def named_place_of(block: Block) -> str | None:
    """Return what the names of the elements around a block call it; None where they tell nothing."""
    element = block.element
    for _ in range(_MOST_ABOVE):
        if element is None or element.tag in ("body", "html"):
            break
        said = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        if said.strip():
            for reason, pattern in _PATTERNS:
                if pattern.search(said):
                    return reason
        if element.tag == "header":
            return "page head"
        element = element.getparent()
    return None
