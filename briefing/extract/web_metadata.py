"""What a page says of its article: JSON-LD, meta names, canonical link, `<h1>`, and the headline in its address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from briefing.extract.assembling import web_address
from briefing.extract.dates import UnlikelyDateError, parse_moment
from briefing.extract.sequence import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from briefing.models import Moment

_FEWEST_WORDS = 4
"""Shorter headlines stand in an address by chance."""
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"\.[a-z]{2,5}$")
_NUMBERED = re.compile(r"\d|^(?:aid|id|article|artikel|art|html?)$")
"""What stands beside the headline in an address: numbers, and what announces them."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def is_slug_of(address: str | None, title: str) -> bool:
    """Whether an address holds a title word for word, with nothing but numbers beside it.

    Most publishing systems make the address of the headline once and leave it when they edit the page.
    """
    tokens = _slug(address)
    return any(_stands_in(words, tokens) for words in _spellings(title)) if tokens else False


def _slug(address: str | None) -> list[str]:
    """Return the words of the address's part with the most hyphens."""
    parts = urlsplit(address or "").path.lower().split("/")
    longest = max(parts, key=lambda part: part.count("-"))
    return _WORD.findall(_ENDING.sub("", longest)) if longest.count("-") >= _FEWEST_WORDS - 1 else []


def _spellings(title: str) -> set[tuple[str, ...]]:
    """Return the ways in which a title is written in an address: apostrophes dropped or parting, umlauts resolved."""
    from anyascii import anyascii

    plain = title.lower()
    return {
        tuple(_WORD.findall(anyascii(re.sub("['’]", apostrophe, spelling)).lower()))
        for spelling in (plain, plain.translate(_GERMAN))
        for apostrophe in ("", " ")
    }


def _stands_in(words: tuple[str, ...], tokens: list[str]) -> bool:
    size = len(words)
    return size >= _FEWEST_WORDS and any(
        tuple(tokens[start : start + size]) == words
        and all(_NUMBERED.search(token) for token in (*tokens[:start], *tokens[start + size :]))
        for start in range(len(tokens) - size + 1)
    )


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


_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article.published",
    "parsely-pub-date", "publishdate", "publish-date", "publish_date", "pubdate", "published_at", "publication_date",
    "date", "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date.created", "sailthru.date",
    "cxenseparse:publishtime", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate",
    "last-published", "firstpublished", "article:create_at",
)  # fmt: skip
"""The names under which pages write when they were published, the most reliable first."""
_CHANGES = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher", "apple-mobile-web-app-title", "copyright")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "cxenseparse:author")
_SEPARATORS = re.compile(r"\s+[|–—•·»:-]\s+|\s*[|｜：]\s*")
_SLOGAN = re.compile(r"\s+[|–—·•»-]+(?:\s+|$)|\s*[|｜]\s*|:\s")
_OUTLET_CHARS = 100
_MOST_HEADINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What a page says of its article; None where it says nothing."""

    title: str | None
    other_titles: tuple[str, ...]
    """The other headlines that the page gives itself."""
    outlet: str | None
    url: str | None
    author: str | None
    published: Moment | None
    modified: Moment | None
    language: str | None
    description: str | None
    body: str | None
    """The article's text where JSON-LD carries it."""


def page_metadata(tree: HtmlElement) -> PageMetadata:
    """Read the metadata of a parsed page."""
    metas = _metas(tree)
    linked = linked_article(script.text or "" for script in _linked_scripts(tree)) or LinkedArticle()
    outlet = linked.outlet or _first(metas, _OUTLETS[:2])
    language = tree.get("lang") or linked.language or metas.get("og:locale") or metas.get("language")
    titles = tuple(title for title in (linked.headline, metas.get("og:title"), *_headings(tree)) if title)
    address = _canonical(tree, metas, linked)
    return PageMetadata(
        title=_title(tree, metas, linked, outlet),
        other_titles=titles,
        outlet=_outlet(
            (metas.get("og:site_name"), outlet, _first(metas, _OUTLETS)), _page_titles(tree, metas), address
        ),
        url=address,
        author=linked.author or _author(metas),
        published=earliest_named([linked.published, *(metas.get(name) for name in _DATES), *_marked(tree)], language),
        modified=earliest_named([linked.modified, *(metas.get(name) for name in _CHANGES)], language),
        language=language,
        description=linked.description or metas.get("og:description") or metas.get("description"),
        body=linked.body,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Return the first content of each meta name, property or itemprop, in small letters."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for attribute in ("property", "name", "itemprop"):
            name = (meta.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _linked_scripts(tree: HtmlElement) -> Iterator[HtmlElement]:
    return (script for script in tree.iter("script") if "ld+json" in (script.get("type") or "").lower())


def _first(metas: dict[str, str], names: Sequence[str]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _page_titles(tree: HtmlElement, metas: dict[str, str]) -> tuple[str, ...]:
    return tuple(title for title in (metas.get("og:title"), _shown_text(tree.find(".//title"))) if title)


def _outlet(names: Sequence[str | None], titles: Sequence[str], address: str | None) -> str | None:
    """Return the first name that is no headline of the page, without its slogan; of an address the host."""
    said = {key(title) for title in titles}
    site = key((urlsplit(address or "").hostname or "").removeprefix("www.").rpartition(".")[0])
    for name in names:
        if name and key(name) not in said and len(name) <= _OUTLET_CHARS:
            if "://" in name:
                return (urlsplit(web_address(name) or "").hostname or name).removeprefix("www.")
            parts = [part.strip(" |–—-:·") for part in _SLOGAN.split(name) if part.strip(" |–—-:·")]
            parts = [part for part in parts if key(part) not in said]
            own = (part for part in parts if site and len(key(part)) > 2 and (key(part) in site or site in key(part)))
            return next(own, parts[0] if parts else None)
    return None


def _author(metas: dict[str, str]) -> str | None:
    return next((metas[name] for name in _AUTHORS if name in metas and "://" not in metas[name]), None)


def _title(tree: HtmlElement, metas: dict[str, str], linked: LinkedArticle, outlet: str | None) -> str | None:
    """Return the title that the page's address was made of, else the one that most of its own accounts agree on.

    Between accounts the visible headline has the casting vote.
    """
    headings = _headings(tree)
    plain = {key(title) for title in (*headings, linked.headline) if title}
    tails_cut = [
        (weight, _without_tail(title, plain))
        for weight, title in (
            (1.0, metas.get("og:title")),
            (1.0, _shown_text(tree.find(".//title"))),
            (0.5, metas.get("twitter:title")),
        )
        if title
    ]
    votes = [
        *((1.5, heading) for heading in headings),
        *([(1.0, linked.headline)] if linked.headline else []),
        *tails_cut,
    ]
    votes = [(weight, _without_outlet(title, outlet)) for weight, title in votes]
    votes = [(weight, title) for weight, title in votes if key(title) and key(title) != key(outlet or "")]
    if not votes:
        return None
    address = _canonical(tree, metas, linked)
    slugged = next((title for _, title in votes if is_slug_of(address, title)), None)
    winner = key(slugged) if slugged else _winner(votes)
    spellings = [title for _, title in votes if key(title) == winner]
    written = [title for title in spellings if title not in headings]
    return (written or spellings)[0]


def _winner(votes: Sequence[tuple[float, str]]) -> str:
    totals: dict[str, float] = {}
    for weight, title in votes:
        totals[key(title)] = totals.get(key(title), 0.0) + weight
    return max(totals, key=lambda said: totals[said])


def _headings(tree: HtmlElement) -> list[str]:
    return [text for heading in tree.iter("h1") if (text := _shown_text(heading))][:_MOST_HEADINGS]


def _without_tail(title: str, plain: set[str]) -> str:
    """Cut a title behind a separator where what is left is the headline, word for word."""
    heads = (title[: match.start()] for match in _SEPARATORS.finditer(title))
    return next((head for head in heads if key(head) in plain and key(title) not in plain), title)


def _without_outlet(title: str, outlet: str | None) -> str:
    """Take the outlet's name off the end or the start of a title, with the sign that parts them."""
    title = title.strip(" |–—·•-")
    parts = list(_SEPARATORS.finditer(title))
    if not parts or not outlet:
        return title
    if key(title[: parts[0].start()]) == key(outlet):
        return title[parts[0].end() :].lstrip()
    last = parts[-1]
    tail, named = key(title[last.end() :]), key(outlet)
    if tail and (tail == named or (len(tail) > 3 and (tail in named or named in tail))):
        return title[: last.start()].rstrip()
    return title


def _shown_text(element: HtmlElement | None) -> str | None:
    return " ".join(" ".join(element.itertext()).split()) or None if element is not None else None


def _canonical(tree: HtmlElement, metas: dict[str, str], linked: LinkedArticle) -> str | None:
    links = (link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split())
    base = metas.get("og:url") or linked.url or ""
    for address in (*links, metas.get("og:url"), linked.url):
        if address and (whole := _joined(base, address.strip())).startswith(("http://", "https://")):
            return whole
    return None


def _joined(base: str, address: str) -> str:
    """Return the absolute address, or nothing where there is none: without a base, `urljoin` tries none."""
    try:
        whole = urljoin(base, address)
        urlsplit(whole)
    except ValueError:
        return ""
    return whole


def _marked(tree: HtmlElement) -> Iterator[str | None]:
    """Yield the dates of elements that are marked as the day of publication."""
    marked = tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]")
    yield from (element.get("datetime") or element.get("content") for element in marked[:5])


def earliest_named(candidates: Sequence[str | None], language: str | None) -> Moment | None:
    """Return the first date that can be read; where it lacks hour or zone, a later one of that day that has both."""
    moments = [moment for text in candidates if text and (moment := _moment(text, language)) is not None]
    if not moments or isinstance(moments[0], datetime):
        return moments[0] if moments else None
    day = moments[0]
    whole = (moment for moment in moments if isinstance(moment, datetime) and _near(moment, day))
    return next(whole, day)


def _near(moment: datetime, day: date) -> bool:
    return abs((moment.date() - day).days) <= 1


def _moment(text: str, language: str | None) -> Moment | None:
    try:
        return parse_moment(text, language=(language or "")[:2].lower() or None)
    except UnlikelyDateError:
        return None
