"""Citation numbers, with the places in the brief at which each source is cited; which addresses become links."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from briefing.render.characters import label

if TYPE_CHECKING:
    from briefing.edition import ArticleEntry, Brief

LONGEST_NAME = 80
"""Characters of an outlet's or author's name that are printed; `brief.json` holds the whole."""
LED, NAMED = "led_at", "named_at"
"""How a source is named without being quoted there: it leads a story, or stands among others."""

SCHEMES = frozenset({"http", "https", "mailto"})
LONGEST_ADDRESS = 2_000
LONGEST_HOST = 60
# Browsers read a backslash as a slash and drop tabs and line ends (WHATWG URL, 4.4), so that the host which they open
# is not the host that urlsplit shows; such addresses never become links.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff<>\"`]")


class Citations:
    """The sources of a brief; remembers where each is cited first, in the order of the parts."""

    def __init__(self, brief: Brief, *, no_outlet: str) -> None:
        self._articles, self._no_outlet = brief.by_id, no_outlet
        self._links = {article.id: safe_link(article.url) for article in brief.articles}
        self._quoted = {each.article for each in (*brief.quotations, *brief.accounts)}
        self._places: defaultdict[int, dict[str, dict[str, str]]] = defaultdict(dict)
        self._named: dict[tuple[int, str], dict[str, str]] = {}

    def cite(self, article: str, where: str) -> dict[str, Any]:
        """Cite an article, by its id, in the part of the brief called `where`: as `refer`, with an anchor or None.

        The source list leads back to the first citation in each part, which alone has an anchor: WeasyPrint compares
        each with every other one.
        """
        reference = self.refer(article)
        places = self._places[reference["number"]]
        if where in places:
            return reference
        name = f"c{reference['number']}-{len(places) + 1}"
        places[where] = {"id": name, "where": where, "href": f"#{name}"}
        return reference | {"id": name}

    def lead(self, article: str, where: str) -> dict[str, Any]:
        """Name the article that leads a story, with an anchor (`id`) at the first place or None."""
        return self.refer(article) | {"id": self._name(article, where, LED)}

    def listed(self, article: str, where: str) -> dict[str, Any]:
        """Name the article of a story that is left to its headline, as `lead` does."""
        return self.refer(article) | {"id": self._name(article, where, NAMED)}

    def name(self, article: str, where: str) -> dict[str, Any]:
        """Name an article beside others, as `lead` does; one that is quoted is led back to there, and has no anchor."""
        return self.refer(article) if article in self._quoted else self.listed(article, where)

    def refer(self, article: str) -> dict[str, Any]:
        """Name an article by its outlet, its number, its place in the source list and its own address."""
        entry = self._articles[article]
        return {
            "id": None,
            "number": entry.number,
            "href": f"#source-{entry.number}",
            "outlet": self.outlet(entry),
            "named": entry.outlet is not None,
            "link": self._links[article],
        }

    def outlet(self, article: ArticleEntry) -> str:
        """Return the outlet, or where that is not known its host, or that none is named: its file is for the desk."""
        link = self._links[article.id]
        return label(article.outlet or (link["host"] if link else self._no_outlet), LONGEST_NAME)

    def places(self, number: int) -> list[dict[str, str]]:
        """Return the first place in each part of the brief at which a source was cited so far."""
        return list(self._places[number].values())

    def named(self, number: int, kind: str) -> dict[str, str] | None:
        """Return the first place at which a source was named in a way so far, `LED` or `NAMED`."""
        return self._named.get((number, kind))

    def _name(self, article: str, where: str, kind: str) -> str | None:
        number = self._articles[article].number
        if (number, kind) in self._named:
            return None
        name = f"{kind[0]}{number}"
        self._named[number, kind] = {"id": name, "where": where, "href": f"#{name}"}
        return name


def safe_link(url: str | None) -> dict[str, str] | None:
    """Return `href` and the `host` to show, or None where the address must not become a link."""
    if url is None or len(url) > LONGEST_ADDRESS or _AMBIGUOUS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname or ""
        shown = host if host.isascii() else host.encode("idna").decode()
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not shown:
        return None
    # RFC 3987 § 3.1: what is not ASCII goes percent-encoded, what is encoded already stays.
    href = quote(url, safe=":/?#[]@!$&'()*+,;=~%")
    return {"href": href, "host": shown[:LONGEST_HOST].removeprefix("www.")}
