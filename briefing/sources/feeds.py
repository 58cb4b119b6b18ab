"""Feeds: RSS, RDF, Atom, JSON Feed; the full text of a teaser from its page, where the gate takes it for that."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from briefing.errors import SourceError
from briefing.extract import moment_told, parse_feed, parse_records
from briefing.models import Document
from briefing.sources.addresses import AGGREGATORS, canonical_url, host_of, identity_url
from briefing.sources.entries import Collected, Entry
from briefing.sources.gate import Announced, Refused, fingerprint, judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from briefing.config import CommandSource, FeedSource
    from briefing.extract import Feed, FeedEntry
    from briefing.sources.entries import Answer, Reach

MOST_PAGES = 60
"""Pages of articles that are fetched for one source in one pass, the newest first."""
MOST_EARLIER = 5
"""Pages of older entries that are asked for where no entry of the last pass is left in a feed."""
LATER = (429, 500, 502, 503, 504)
"""What a server answers where the page may be there at the next pass, which asks again."""
SHORT, LONG = 120, 250
"""Words: what has fewer is a teaser; what has so many and ends in a full stop is none."""
_UNFINISHED = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|continue reading|read more|read on|lire la suite|leer más|weiterlesen|اقرأ المزيد)"
    r"[\s»→.…]*$|appeared first on [^\n]{1,200}$",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?。！？؟।][\"'”’»)\]]*\s*$")
_TAG = re.compile(r"<[^>]{0,5000}>")
_WORD = re.compile(r"\w+")
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s?#\\]*")
_GUID_CHARS = 300


def collect_feed(source: FeedSource, reach: Reach) -> Collected:
    """Ask a feed, and for the pages of those of its entries of which it has a teaser only."""
    answer = reach.get(source.feed, "feed")
    if answer.status == 304:
        return Collected(unchanged=True, memory={**reach.memory, "asked": reach.now.isoformat()})
    feed = feed_of(answer)
    found = keyed(feed.entries, source, base=answer.url)
    found, missing = _with_earlier(found, feed, source, reach)
    memory = {"asked": reach.now.isoformat(), **missing, **({"ttl": str(feed.ttl)} if feed.ttl else {})}
    told = [f"only its first {len(feed.entries):,} entries are read"] if feed.left else []
    told += ["the feed breaks off before its end"] if feed.broken_off else []
    entries = tuple(_with_pages(found, source, reach))
    return Collected(entries=entries, memory=memory, remarks=tuple(told))


def feed_of(answer: Answer) -> Feed:
    """Return the feed that a server answered; SourceError where it is none."""
    if answer.reason is not None:
        raise SourceError(answer.asked, answer.reason)
    try:
        return feed_in(answer.content, charset=answer.charset)
    except ValueError as error:
        kind = "a web page" if answer.media_type == "text/html" else answer.media_type or "something else"
        told = f"it answers with {kind} and not with a feed; `briefing add {answer.asked}` looks for one"
        raise SourceError(answer.asked, told) from error


def feed_in(content: bytes, *, charset: str | None = None) -> Feed:
    """Return the feed, JSON Feed or JSON Lines in some bytes; ValueError where there is none."""
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    return parse_records(content) if is_json else parse_feed(content, charset=charset)


# ── entries ──────────────────────────────────────────────────────────────────────────────────────────────────────


def keyed(entries: Sequence[FeedEntry], source: FeedSource | CommandSource, *, base: str = "") -> list[Entry]:
    """Return the entries of a feed under the keys by which they are known; what has neither text nor title is none.

    A key is the guid where no other entry has it, or else the address, or else what the entry says.
    """
    guids = Counter(entry.guid for entry in entries)
    found: dict[str, Entry] = {}
    for entry in entries:
        url = _web_address(entry.url, base) if entry.url else None
        text = plain(entry.body)
        if not (text or entry.title):
            continue
        guid = entry.guid if entry.guid and guids[entry.guid] == 1 and len(entry.guid) <= _GUID_CHARS else None
        key = guid or url or sha256(f"{entry.title or ''}\0{text[:200]}".encode()).hexdigest()
        published = moment_told(entry.published, language=entry.language)
        outlet, language = source.outlet or entry.outlet, entry.language or source.language
        record = {
            "url": url,
            "title": entry.title,
            "outlet": outlet,
            "author": entry.author,
            "date_published": published.isoformat() if published else entry.published,
            "language": language,
            "marking": next((mark for mark in entry.marks if "TLP" in mark.upper()), None),
            "embargo": next((mark.split()[-1] for mark in entry.marks if mark.lower().startswith("embargo ")), None),
            "content_html": entry.body or entry.title,
        }
        content = json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False)
        made = Entry(
            key=key,
            content=content.encode("utf-8", "replace"),
            media_type="application/json",
            url=url,
            title=entry.title,
            published=published,
            outlet=outlet,
            language=language,
            text=text,
        )
        found.setdefault(key, made)
    return list(found.values())


def plain(markup: str) -> str:
    """Return about the words of a text, without its markup: to count and to compare, never to print."""
    return " ".join((_TAG.sub(" ", markup) if "<" in markup else markup).split())


def _web_address(url: str, base: str) -> str | None:
    """Return the identity of a link; None where it is none. Most are plain addresses, which are their own."""
    if _PLAIN_ADDRESS.fullmatch(url):
        return url
    whole = urljoin(base, url)
    return identity_url(whole) if host_of(whole) else None


def _with_earlier(
    found: list[Entry], feed: Feed, source: FeedSource, reach: Reach
) -> tuple[list[Entry], dict[str, str]]:
    """Return the entries with those of the pages before, where none that was known is left, and what may be missing."""
    asked, earlier, holds = reach.memory.get("asked"), feed.earlier, len(found)
    for _ in range(MOST_EARLIER):
        if _reaches_back(found, reach) or earlier is None:
            break
        answer = reach.get(urljoin(source.feed, earlier), "feed")
        try:
            page = feed_of(answer)
        except SourceError:
            break
        known_keys = {entry.key for entry in found}
        found = found + [one for one in keyed(page.entries, source, base=answer.url) if one.key not in known_keys]
        earlier = page.earlier
    dated = [entry.published for entry in found if isinstance(entry.published, datetime)]
    if _reaches_back(found, reach) or not asked or not dated or min(dated) <= datetime.fromisoformat(asked):
        return found, {name: reach.memory[name] for name in ("missing",) if name in reach.memory}
    return found, {"missing": f"{asked} {min(dated).isoformat()} {holds}"}


def _reaches_back(found: Sequence[Entry], reach: Reach) -> bool:
    """Tell whether an entry of the last pass is among those found, or there was none."""
    return reach.is_first or not found or any(reach.mark_of(entry.key) is not None for entry in found)


# ── full text ────────────────────────────────────────────────────────────────────────────────────────────────────


def _with_pages(found: Iterable[Entry], source: FeedSource, reach: Reach) -> Iterator[Entry]:
    """Yield the entries in their order, each with its page in place of the feed's text where that is wanted and taken.

    What was seen before in the same state is not fetched again.
    """
    entries = [replace(entry, mark=sha256(entry.content).hexdigest()) for entry in found]
    wanted = [
        entry
        for entry in entries
        if reach.mark_of(entry.key) != entry.mark
        and is_wanted(entry, source.text)
        and not (reach.is_first and is_old(entry, reach.since))
    ]
    newest = sorted(wanted, key=lambda entry: _moment(entry).isoformat(), reverse=True)
    chosen = {entry.key for entry in newest[:MOST_PAGES]}
    for entry in entries:
        if entry.key in chosen:
            yield with_page(entry, reach)
        elif entry in wanted:  # the next pass fetches it
            yield replace(entry, mark=f"{entry.mark} later")
        else:
            yield entry


def is_wanted(entry: Entry, text: str) -> bool:
    """Tell whether an entry's page is to be fetched: `text` is what config.yaml says of the source."""
    if text == "feed" or entry.url is None:
        return False
    count = len(_WORD.findall(entry.text))
    if text == "page":
        return True
    if count >= LONG and _STOP.search(entry.text):
        return False
    return count < SHORT or _UNFINISHED.search(entry.text) is not None


def is_old(entry: Entry, since: datetime) -> bool:
    """Tell whether an entry is dated before a moment, or not at all."""
    return entry.published is None or _moment(entry) < since


def _moment(entry: Entry) -> datetime:
    if isinstance(entry.published, datetime):
        return entry.published
    day = entry.published
    return (
        datetime.min.replace(tzinfo=UTC) if day is None else datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
    )


def with_page(entry: Entry, reach: Reach) -> Entry:
    """Return an entry with the page at its address as its document where that is its article, else with the reason."""
    url = entry.url or ""
    if host_of(url) in AGGREGATORS:
        return replace(entry, note="Google News leads to its pages by a script: name the outlets' own feeds")
    answer = reach.get(url, "page")
    if answer.reason is not None or answer.status in LATER:
        told = answer.reason or f"the server answered {answer.status}"
        return replace(entry, note=f"the page was not fetched: {told}", mark=f"{entry.mark} later")
    announced = Announced(url=url, title=entry.title, text=entry.text)
    kind = answer.media_type or "text/html"
    document = Document(origin=url, media_type=kind, content=answer.content, charset=answer.charset)
    found = reach.read(document)
    print_of = fingerprint(announced, found.articles[0]) if found.articles else ""
    verdict = judge(announced, answer, found, reach.pages_of(print_of))
    if isinstance(verdict, Refused):
        return replace(entry, note=f"the page was not taken: {verdict.reason}")
    return replace(
        entry,
        content=answer.content,
        media_type=document.media_type,
        charset=answer.charset,
        url=canonical_url(url, verdict.article.url),
        text=verdict.article.text,
        fingerprint=print_of,
    )
