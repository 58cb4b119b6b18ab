"""Citation numbers, with the places in the brief at which each source is cited."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from briefing.render.characters import label
from briefing.render.links import safe_link

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from briefing.models import Article, Source

LONGEST_NAME = 80
"""Characters of an outlet's or author's name that are printed; `brief.json` holds the whole."""


LED, NAMED = "led_at", "named_at"
"""How a source is named without being quoted there: it leads a story, or stands among others."""


class Citations:
    """The sources of a brief by article; remembers where each is cited first, in the order of the parts."""

    def __init__(self, sources: Iterable[Source], quoted: Container[str]) -> None:
        """`quoted` are the ids of the articles that are quoted anywhere in the brief."""
        self._sources = {source.article.id: source for source in sources}
        self._links = {source.number: safe_link(source.article.url) for source in self._sources.values()}
        self._quoted = quoted
        self._places: defaultdict[int, dict[str, dict[str, str]]] = defaultdict(dict)
        self._named: dict[tuple[int, str], dict[str, str]] = {}

    def source(self, article: Article) -> Source:
        """Return the source that an article is; KeyError where the brief does not list it."""
        return self._sources[article.id]

    def cite(self, article: Article, where: str) -> dict[str, Any]:
        """Cite an article in the part of the brief called `where`: as `refer` does, with an anchor (`id`) or None.

        The source list leads back to the first citation in each part, which alone has an anchor: WeasyPrint compares
        each with every other one.
        """
        reference = self.refer(article)
        places = self._places[reference["number"]]
        if where in places:
            return reference | {"id": None}
        name = f"c{reference['number']}-{len(places) + 1}"
        places[where] = {"id": name, "where": where, "href": f"#{name}"}
        return reference | {"id": name}

    def lead(self, article: Article, where: str) -> dict[str, Any]:
        """Name the article that leads a story, as `refer` does, with an anchor (`id`) at the first place or None."""
        return self.refer(article) | {"id": self._name(article, where, LED)}

    def listed(self, article: Article, where: str) -> dict[str, Any]:
        """Name the article of a story that is left to its headline, as `lead` does."""
        return self.refer(article) | {"id": self._name(article, where, NAMED)}

    def name(self, article: Article, where: str) -> dict[str, Any]:
        """Name an article beside others, as `lead` does; one that is quoted is led back to there, and has no anchor."""
        return self.refer(article) | {"id": None if article.id in self._quoted else self._name(article, where, NAMED)}

    def _name(self, article: Article, where: str, kind: str) -> str | None:
        number = self.source(article).number
        if (number, kind) in self._named:
            return None
        name = f"{kind[0]}{number}"
        self._named[number, kind] = {"id": name, "where": where, "href": f"#{name}"}
        return name

    def refer(self, article: Article) -> dict[str, Any]:
        """Name an article by its outlet, its number, its place in the source list and its own address."""
        number = self.source(article).number
        link = self._links[number]
        return {
            "id": None,
            "number": number,
            "href": f"#source-{number}",
            "outlet": outlet_name(article),
            "named": article.outlet is not None,
            "link": link,
        }

    def places(self, number: int) -> list[dict[str, str]]:
        """Return the first place in each part of the brief at which a source was cited so far."""
        return list(self._places[number].values())

    def named(self, number: int, kind: str) -> dict[str, str] | None:
        """Return the first place at which a source was named in a way so far, `LED` or `NAMED`."""
        return self._named.get((number, kind))


def outlet_name(article: Article) -> str:
    """Return the outlet, or where that is not known the origin."""
    return label(article.outlet or article.origin, LONGEST_NAME)
