"""What a page's JSON-LD says of its article (schema.org), as pages really write it: lists, @graph, broken corners."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_MOST_CHARS = 1_000_000
_MOST_NODES = 2_000
_PARTS = ("@graph", "mainEntity")
"""Where the page's own article may be; what it lists or is part of are other articles."""
_WRAPPING = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_KINDS = ("Article", "BlogPosting", "Report", "LiveBlogPosting", "SocialMediaPosting")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedArticle:
    """An article as JSON-LD describes it; every field as found."""

    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    description: str | None = None
    body: str | None = None


def linked_article(scripts: Iterator[str]) -> LinkedArticle | None:
    """Return the article that the page's JSON-LD blocks describe, or None; the richest one where there are several."""
    found = [_article(node) for script in scripts for node in _articles(_load(script))]
    return max(found, key=lambda article: (article.published is not None, article.headline is not None), default=None)


def _load(script: str) -> object:
    text = _WRAPPING.sub("", script.strip())
    if len(text) > _MOST_CHARS:
        return None
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _articles(data: object) -> Iterator[Mapping[str, object]]:
    queue, seen = [data], 0
    while queue and seen < _MOST_NODES:
        node, seen = queue.pop(0), seen + 1
        if isinstance(node, list):
            queue.extend(node[:_MOST_NODES])
        elif isinstance(node, Mapping):
            if any(str(kind).endswith(_KINDS) for kind in _as_list(node.get("@type"))):
                yield node
            queue.extend(node[name] for name in _PARTS if isinstance(node.get(name), (list, dict)))


def _article(node: Mapping[str, object]) -> LinkedArticle:
    return LinkedArticle(
        headline=_text(node.get("headline")) or _text(node.get("name")),
        published=_text(node.get("datePublished")) or _text(node.get("dateCreated")),
        modified=_text(node.get("dateModified")),
        author=_names(node.get("author")) or _names(node.get("creator")),
        outlet=_names(node.get("publisher")) or _names(node.get("sourceOrganization")),
        language=_text(node.get("inLanguage")),
        url=_address(node.get("url")) or _address(node.get("mainEntityOfPage")),
        description=_text(node.get("description")),
        body=_text(node.get("articleBody")),
    )


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str | None:
    """Return a text of JSON-LD, its HTML entities resolved; None for anything else."""
    if isinstance(value, Mapping):
        value = value.get("@value", value.get("name"))
    if isinstance(value, list) and value:
        return _text(value[0])
    return html.unescape(value).strip() or None if isinstance(value, str) else None


def _names(value: object) -> str | None:
    names = [name for item in _as_list(value)[:20] if not isinstance(item, list) and (name := _text(item))]
    return ", ".join(dict.fromkeys(name for name in names if "://" not in name)) or None


def _address(value: object) -> str | None:
    return _text(value.get("@id") or value.get("url")) if isinstance(value, Mapping) else _text(value)
