"""Section fronts and sitemaps: pages that list articles, of which those that were not listed before are fetched."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from briefing.errors import SourceError
from briefing.extract import bounded_markup, declared_charset, decode, moment_told
from briefing.sources.addresses import host_of, identity_url, site_of
from briefing.sources.entries import Collected, Entry
from briefing.sources.feeds import MOST_PAGES, is_old, with_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, TypeAlias

    from briefing.config import PageSource, SitemapSource
    from briefing.models import Moment
    from briefing.sources.entries import Answer, Reach

    _Tree: TypeAlias = Any

FEWEST_WORDS = 4
"""Of a link's text, and of the words in the last part of its path where that has no digit."""
MOST_LINKS = 2_000
MOST_MAPS = 5
"""Sitemaps of an index that are read in one pass, those changed last first."""
MOST_UNPACKED = 10_000_000
_SLUG = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An article that is listed."""

    url: str
    title: str | None = None
    published: Moment | None = None


def collect_page(source: PageSource, reach: Reach) -> Collected:
    """Ask a section front, and for the articles that it did not link to before; the first pass fetches none."""
    answer = reach.get(source.page, "front")
    if answer.status == 304:
        return Collected(unchanged=True, memory=reach.memory)
    _check(answer)
    links = links_in(answer.content, base=answer.url, pattern=source.links)
    if not links:
        told = "no link of it matches `links`" if source.links else "it links to nothing that looks like an article"
        raise SourceError(source.page, told)
    if reach.is_first:
        return Collected(passed_over=tuple(link.url for link in links))
    return _articles(links, source, reach)


def collect_sitemap(source: SitemapSource, reach: Reach) -> Collected:
    """Ask a sitemap, or those that an index names, and for the articles that it did not list before."""
    answer = reach.get(source.sitemap, "front")
    listed = reach.memory.get("maps", "")
    if answer.status == 304 and not listed:
        return Collected(unchanged=True, memory=reach.memory)
    if answer.status == 304:  # an index may stay as it is while what it names changes
        links, maps = list[Link](), listed.split()
    else:
        _check(answer)
        links, maps = _sitemap(answer)
    if not links and not maps:
        raise SourceError(source.sitemap, "it is no sitemap: no <url> or <sitemap> in it")
    memory = {"maps": " ".join(maps[: 2 * MOST_MAPS])} if maps else {}
    failures, asked = list[str](), [answer.url]
    while maps and len(asked) <= MOST_MAPS:
        url = maps.pop(0)
        if url not in asked:
            asked.append(url)
            more, deeper, failure = _inner(url, reach)
            links, maps = links + more, deeper + maps
            failures += [f"{url}: {failure}"] if failure else []
    if failures and not links:
        raise SourceError(source.sitemap, failures[0])
    fresh = [link for link in links if link.published is not None and not is_old(_entry(link, source), reach.since)]
    wanted = fresh if reach.is_first else [link for link in links if link in fresh or link.published is None]
    passed = {link.url for link in links} - {link.url for link in wanted}
    found = _articles(wanted, source, reach)
    remarks = (*failures, *found.remarks)
    return replace(found, memory=memory, passed_over=(*found.passed_over, *sorted(passed)), remarks=remarks)


def _inner(url: str, reach: Reach) -> tuple[list[Link], list[str], str | None]:
    """Return what a sitemap of an index holds, and why it could not be had."""
    answer = reach.get(url, "page")
    if answer.reason is not None or answer.status != 200:
        return [], [], answer.reason or f"it answers {answer.status}"
    return *_sitemap(answer), None


def _check(answer: Answer) -> None:
    if answer.reason is not None or answer.status != 200:
        raise SourceError(answer.asked, answer.reason or f"it answers {answer.status}")


def _articles(links: Iterable[Link], source: PageSource | SitemapSource, reach: Reach) -> Collected:
    """Fetch the links that are new; what is refused is passed over from then on, what fails is tried again."""
    new = [link for link in links if reach.mark_of(link.url) is None]
    known = [link.url for link in links if reach.mark_of(link.url) is not None]
    entries, refused, remarks = [], list[str](), list[str]()
    for link in new[:MOST_PAGES]:
        found = with_page(_entry(link, source), reach)
        if found.content:
            entries.append(found)
        elif not found.mark:  # refused for good, by the gate
            refused.append(link.url)
            remarks.append(f"{link.url}: {found.note}")
    return Collected(entries=tuple(entries), passed_over=(*known, *refused), remarks=tuple(remarks))


def _entry(link: Link, source: PageSource | SitemapSource) -> Entry:
    """Return an entry without a document yet."""
    return Entry(
        key=link.url,
        content=b"",
        media_type="",
        url=link.url,
        title=link.title or _title_in(link.url),
        published=link.published,
        outlet=source.outlet,
        language=source.language,
    )


def _title_in(url: str) -> str | None:
    """Return the words of a title that an address has in its last part, by which its page is known; None without."""
    words = _SLUG.findall(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return " ".join(words) if len(words) >= FEWEST_WORDS else None


# ── section fronts ───────────────────────────────────────────────────────────────────────────────────────────────


def links_in(content: bytes, *, base: str, pattern: str | None) -> list[Link]:
    """Return the articles that a page links to, each once, in its order.

    With a pattern (RE2) those whose path it matches; without one, of the links in the page's main part, those that look
    like an article's: two parts of a path, of which the last has a digit or four words, and a text of four words.
    """
    import lxml.html

    markup, _ = bounded_markup(decode(content, declared=declared_charset(content[:2_000])) or "", len(content))
    tree: _Tree = lxml.html.document_fromstring(markup.strip() or "<html></html>")
    within = [] if pattern else tree.xpath("//main|//article|//*[@role='main']")
    anchors = [anchor for part in within for anchor in part.iter("a")] or list(tree.iter("a"))
    matches = _matcher(pattern) if pattern else None
    found: dict[str, Link] = {}
    for anchor in anchors:
        try:
            url = identity_url(urljoin(base, (anchor.get("href") or "").strip()))
        except ValueError:
            continue
        text = " ".join(anchor.text_content().split())
        path = urlsplit(url).path
        if site_of(url) != site_of(base) or url == identity_url(base):
            continue
        if matches(path) if matches else _looks_like_article(path, text):
            known = found.get(url)
            if known is None or len(text) > len(known.title or ""):  # a picture and a headline lead to the same page
                found[url] = Link(url=url, title=text or None)
    return list(found.values())[:MOST_LINKS]


def _matcher(pattern: str) -> Any:  # noqa: ANN401 - what re2 gives
    import re2

    compiled = re2.compile(pattern)
    return lambda path: compiled.search(path) is not None


def _looks_like_article(path: str, text: str) -> bool:
    parts = [part for part in path.split("/") if part]
    if len(parts) < 2 or len(text.split()) < FEWEST_WORDS:
        return False
    return any(char.isdigit() for char in path) or len(_SLUG.findall(parts[-1])) >= FEWEST_WORDS


# ── sitemaps ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _sitemap(answer: Answer) -> tuple[list[Link], list[str]]:
    """Return the articles of a sitemap, and the sitemaps of an index, those changed last first."""
    from lxml import etree

    tree: _Tree = None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False, encoding="utf-8")
    content = _unpacked(answer.content)
    text = decode(content, declared=declared_charset(content[:500])) or ""
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return [], []
    if tree is None:
        return [], []
    links, maps = list[Link](), list[tuple[str, str]]()
    for node in tree.iter("{*}url", "{*}sitemap"):
        said = dict(_said(node))
        url = identity_url(said.get("loc", ""))
        if site_of(url) != site_of(answer.url) or not host_of(url):
            continue
        if node.tag.endswith("}sitemap") or node.tag == "sitemap":
            maps.append((said.get("lastmod", ""), said["loc"]))
        elif len(links) < MOST_LINKS:
            published = moment_told(said.get("publication_date") or said.get("lastmod"))
            links.append(Link(url=url, title=said.get("title"), published=published))
    return links, [url for _, url in sorted(maps, reverse=True)]


def _said(node: _Tree) -> Iterator[tuple[str, str]]:
    for part in node.iter():
        if isinstance(part.tag, str) and part.text and part.text.strip():
            yield part.tag.rpartition("}")[2], part.text.strip()


def _unpacked(content: bytes) -> bytes:
    """Return a sitemap that is kept as .gz, up to a bound."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(wbits=31).decompress(content, MOST_UNPACKED)
    except zlib.error:
        return b""
