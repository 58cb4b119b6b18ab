"""Citation numbers, with the places in the brief at which each source is cited."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.render.characters import label
from briefing.render.links import safe_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.models import Article, Source

LONGEST_NAME = 80
"""Characters of an outlet's or author's name that are printed; `brief.json` holds the whole."""


class Part(NamedTuple):
    """A part of the brief in which sources are cited."""

    block: str
    """The block of the page that prints it, as config.yaml names blocks."""
    title: str


class Citations:
    """The sources of a brief by article; remembers where each is cited first, in the order of the parts."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.article.id: source for source in sources}
        self._links = {source.number: safe_link(source.article.url) for source in self._sources.values()}
        self._places: defaultdict[int, dict[str, dict[str, str]]] = defaultdict(dict)

    def source(self, article: Article) -> Source:
        """Return the source that an article is; KeyError where the brief does not list it."""
        return self._sources[article.id]

    def cite(self, article: Article, where: Part) -> dict[str, Any]:
        """Cite an article in the part of the brief called `where`: as `refer` does, with an anchor (`id`) or None.

        The source list leads back to the first citation in each part, which alone has an anchor: WeasyPrint compares
        each with every other one.
        """
        reference = self.refer(article)
        places = self._places[reference["number"]]
        if where.title in places:
            return reference | {"id": None}
        name = f"c{reference['number']}-{len(places) + 1}"
        places[where.title] = {"id": name, "where": where.title, "block": where.block, "href": f"#{name}"}
        return reference | {"id": name}

    def refer(self, article: Article) -> dict[str, Any]:
        """Name an article by its outlet, its number, its place in the source list and its own address."""
        number = self.source(article).number
        link = self._links[number]
        return {
            "number": number,
            "href": f"#source-{number}",
            "outlet": outlet_name(article),
            "named": article.outlet is not None,
            "link": link,
        }

    def places(self, number: int) -> list[dict[str, str]]:
        """Return the first place in each part of the brief at which a source was cited so far."""
        return list(self._places[number].values())


def outlet_name(article: Article) -> str:
    """Return the outlet, or where that is not known the origin."""
    return label(article.outlet or article.origin, LONGEST_NAME)
