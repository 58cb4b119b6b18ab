"""What stands around the stories, as plain values: sources, languages, earlier editions, gaps, how to read them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from briefing.edition import ALSO_TODAY, LISTING, opening
from briefing.models import NOT_COLLECTED
from briefing.render.causes import cause, silence
from briefing.render.stories import LONGEST_TITLE, language_tag, translation_label
from briefing.render.words import direction, label, plain
from briefing.sources import site_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from briefing.edition import ArticleEntry, Brief, Section
    from briefing.models import Problem
    from briefing.render.words import Words

MOST_OUTLETS = 100
"""Outlets that are named, those with most articles first, where the articles are not."""
MOST_UNQUOTED = 60
"""Sources neither cited nor named that paper lists, and a screen shows unasked: two pages of them."""
LONGEST_SECTION = 120
"""Characters of a section's title that are printed."""
HEIGHT = 20.0
"""Units of the tallest bar; the page scales them."""
WIDTH, STEP = 7, 10
"""Units of a bar, and from one to the next."""
PLACES = 10
"""Bars for which there is room; fewer stand at the end."""
STROKE = 1.0
"""Units of the bar that stands for no story at all."""

Counts = tuple["int | None", ...]


def sources_view(brief: Brief, *, words: Words, citations: Citations) -> dict[str, Any]:
    """Return the sources that are quoted, with the places that quote them, and those that were only read."""
    year = brief.edition.date.year
    views = [
        _source(article, words=words, citations=citations, year=year)
        | {kind: citations.named(article.number, kind) for kind in (LED, NAMED)}
        for article in brief.articles
    ]
    unlisted = Counter[str]()
    for one in brief.day.unlisted if brief.day else ():
        unlisted[citations.name_of(one.outlet)] += one.articles
    return {
        "total": words.number(brief.count),
        "summary": f"{words.number(brief.count)} {words.count('articles', brief.count)}",
        "quoted": [view for view in views if view["places"]],
        "unquoted": [view for view in views if not view["places"]],
        "folded": sum(not view["places"] for view in views) > MOST_UNQUOTED,
        "unlisted": unlisted,
        "by_outlet": outlets_view(unlisted, words),
        "rest": None,
    }


def outlets_view(counts: Mapping[str, int], words: Words) -> list[str]:
    """Return outlets with their numbers of articles, most first; those of many others are counted together."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rest = sum(number for _, number in ranked[MOST_OUTLETS:])
    named = [f"{outlet} ({words.number(number)})" for outlet, number in ranked[:MOST_OUTLETS]]
    return [*named, *([words.count("and_others", rest)] if rest else [])]


def languages_of(brief: Brief) -> Mapping[str, int]:
    """Return how many articles there are in each language."""
    return brief.day.languages if brief.day else Counter(article.language for article in brief.articles)


def languages_view(brief: Brief, words: Words) -> list[dict[str, Any]]:
    """Return how many articles there are in each language, most first, with the share of the most in per cent."""
    ranked = sorted(languages_of(brief).items(), key=lambda item: (-item[1], item[0]))
    most = ranked[0][1] if ranked else 1
    return [
        {"name": words.language_name(code), "count": words.number(n), "percent": max(1, round(100 * n / most))}
        for code, n in ranked
    ]


def gaps_view(brief: Brief, words: Words) -> dict[str, Any]:
    """Return who brought no article, the sections without stories, and what was left out by reason."""
    gaps: dict[str, list[Any]] = {
        "outlets": [label(name, LONGEST_NAME) for name in brief.silent.outlets],
        "sources": [label(name, LONGEST_NAME) for name in brief.silent.sources],
        "empty": list(_empty(brief, words)),
        "collected": [{"reason": text, "number": 1, "count": None} for text in _not_collected(brief, words)],
        "left_out": _by_reason((p for p in brief.left_out if p.lost and p.stage != NOT_COLLECTED), words),
        "in_part": _by_reason((problem for problem in brief.left_out if not problem.lost), words),
    }
    return {**gaps, "shown": any(gaps.values()), "rest": None}


def _not_collected(brief: Brief, words: Words) -> list[str]:
    """Return what sources did not give, each by its name in config.yaml, with the reason."""
    told = (problem for problem in brief.left_out if problem.stage == NOT_COLLECTED)
    colon = words.text("colon")
    return [f"{label(problem.origin, LONGEST_NAME)}{colon}{silence(problem.reason, words)}" for problem in told]


def _empty(brief: Brief, words: Words) -> Iterator[str]:
    """Yield the titles of sections in which there is nothing, nor in any under them; those under others with both."""
    titles = {section.id: label(section.title, LONGEST_NAME) for section in brief.sections}
    silent = {section.id for section in brief.sections if brief.is_silent(section)}
    for section in brief.sections:
        if section.id in silent and section.parent is None:
            yield titles[section.id]
        elif section.id in silent and section.parent not in silent:
            yield f"{titles[section.parent or '']}{words.text('colon')}{titles[section.id]}"


def how_view(brief: Brief, words: Words) -> list[str]:
    """Return the notes on how to read the brief."""
    graded = any(article.grade for article in brief.articles)
    translated = any(article.translation for article in brief.articles)
    own = brief.note or any(section.note or section.when_empty for section in brief.sections)
    return [
        *words.lines("how"),
        *([words.text("how_figures")] if brief.figures else []),
        *([words.text("how_still_open")] if brief.still_open else []),
        *([words.text("how_large", file=LISTING)] if brief.day else []),
        *([words.text("how_desk")] if own else []),
        *([words.text("how_translations")] if translated else []),
        *([words.text("how_grades")] if graded else []),
        words.text("how_hours", zone=words.place),
        words.text("how_evidence"),
    ]


def _source(article: ArticleEntry, *, words: Words, citations: Citations, year: int) -> dict[str, Any]:
    title = label(article.title or opening(article.text), LONGEST_TITLE) or None
    author = None if article.author is None else label(article.author, LONGEST_NAME)
    second = None if article.title_translation is None else label(article.title_translation, LONGEST_TITLE)
    language = None if article.language == "und" else words.language_name(article.language)
    summary = words.text("from_summary") if article.is_summary else None
    claimed = words.text("claimed", outlet=label(article.claimed, LONGEST_NAME)) if article.claimed else None
    return plain(replace(article, text="")) | {
        "anchor": f"source-{article.number}",
        "outlet": citations.outlet(article),
        "named": article.outlet is not None,
        "title": title,
        "title_lang": language_tag(article.language),
        "title_dir": direction(article.language, title or ""),
        "author": author,
        "second_title": second,
        "second_title_dir": direction("und", second or ""),
        "translation": translation_label(article, words),
        "summary": summary,
        "claimed": claimed,
        "unverified": words.text("unverified") if article.unverified else None,
        "details": " · ".join(
            filter(
                None,
                [
                    claimed,
                    words.text("unverified") if article.unverified else None,
                    author and words.text("by_author", author=author),
                    translation_label(article, words),
                    summary,
                ],
            )
        ),
        "when": words.dated(article, year),
        "dated": article.published is not None,
        "language_name": language,
        "grade": article.grade,
        "link": safe_link(article.url),
        "places": citations.places(article.number),
    }


def _by_reason(problems: Iterable[Problem], words: Words) -> list[dict[str, Any]]:
    """Return causes, most frequent first, with how many documents each met; which they were is for the desk."""
    counts = Counter(cause(problem.reason, words) for problem in problems)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"reason": reason, "number": n, "count": words.count("documents", n) if n > 1 else None} for reason, n in ranked
    ]


# ── how many stories the sections had, edition by edition ────────────────────────────────────────────────────────


def history_view(brief: Brief, words: Words, accents: Mapping[str, int]) -> dict[str, Any] | None:
    """Return a row of bars for each section, all on one scale; None where there is no earlier edition.

    An edition that did not have the section leaves its place empty, one that had no story in it has a stroke.
    """
    if not brief.history:
        return None
    rows = list(_rows(brief, words, accents))
    most = max((count for *_, counts in rows for count in counts if count is not None), default=0)
    days = [words.when(day, brief.edition.date.year) for day in (brief.history[0].date, brief.edition.date)]
    editions = len(brief.history) + 1
    return {
        "title": words.count("stories_in_editions", editions),
        "span": " – ".join(days),
        "most": words.text("tallest_bar", number=words.number(most)),
        "width": STEP * max(PLACES, editions) - (STEP - WIDTH),
        "height": HEIGHT,
        "rows": [
            {"title": title, "accent": accent, "bars": list(_bars(counts, most)), **_said(title, counts, words)}
            for title, accent, counts in rows
        ],
    }


def _rows(brief: Brief, words: Words, accents: Mapping[str, int]) -> Iterator[tuple[str, int, Counts]]:
    """Yield title, accent and counts, oldest first and this edition's last, of each section that stands by itself."""
    past = [edition.stories for edition in brief.history]
    for section in brief.sections:
        if section.parent is None:
            counts = (*_counts(past, section.id), _stories(brief.family_of(section)))
            yield label(section.title, LONGEST_SECTION), accents[section.id], counts
    untold = (*_counts(past, ALSO_TODAY), _stories([brief.rest]))
    if any(untold):
        yield words.text("also_today"), 0, untold


def _counts(past: Sequence[Mapping[str, int]], section: str) -> Iterator[int | None]:
    return (edition.get(section) for edition in past)


def _stories(sections: Sequence[Section]) -> int:
    return len({story.id for section in sections for story in (*section.stories, *section.more)})


def _bars(counts: Counts, most: int) -> Iterator[dict[str, float]]:
    for place, count in enumerate(counts, start=max(0, PLACES - len(counts))):
        if count is not None:
            height = max(STROKE, round(HEIGHT * count / max(1, most), 1))
            yield {"x": STEP * place, "y": round(HEIGHT - height, 1), "height": height}


def _said(title: str, counts: Counts, words: Words) -> dict[str, str]:
    """Return the counts in numbers: the last by itself, and all as a line."""
    numbers = ["–" if count is None else words.number(count) for count in counts]
    return {"count": numbers[-1], "line": f"{title}{words.text('colon')}{words.text('comma').join(numbers)}"}


# ── citations ─────────────────────────────────────────────────────────────────────────────────────────────────────────


LONGEST_NAME = 80
"""Characters of an outlet's or author's name that are printed; `brief.json` holds the whole."""
LED, NAMED = "led_at", "named_at"
"""How a source is named without being quoted there: it leads a story, or stands among others."""

SCHEMES = frozenset({"http", "https", "mailto"})
LONGEST_ADDRESS = 2_000
LONGEST_HOST = 60
# Browsers read a backslash as a slash and drop tabs and line ends (WHATWG URL, 4.4), so that the host which they open
# is not the host that urlsplit shows; such addresses never become links.
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:.]+")
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\\ud800-\udfff<>\"`]")


class Citations:
    """The sources of a brief; remembers where each is cited first, in the order of the parts."""

    def __init__(self, brief: Brief, *, no_outlet: str, unnamed: str) -> None:
        """`no_outlet` stands where an outlet would stand by itself, `unnamed` where it would in a row of words."""
        self._articles, self._no_outlet, self._unnamed = brief.by_id, no_outlet, unnamed
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
        reference = self.refer(article) if article in self._quoted else self.listed(article, where)
        return reference | ({} if reference["outlet"] != self._no_outlet else {"outlet": self._unnamed})

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
        if article.outlet is None or article.claimed:
            return link["host"] if link else self._no_outlet
        return self.name_of(article.outlet)

    def name_of(self, outlet: str | None) -> str:
        """Return an outlet's name as it is printed, or that none is named."""
        return self._no_outlet if outlet is None else label(outlet, LONGEST_NAME)

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
    """Return `href` and the `host` to show, or None where the address must not become a link.

    Of a host without end the right is shown, which says whose it is: whoever owns a domain may put anything before it.
    """
    if url is None or len(url) > LONGEST_ADDRESS or _AMBIGUOUS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname or ""
        shown = (host if host.isascii() else host.encode("idna").decode()).rstrip(".").lower()
    except ValueError:
        return None
    if parts.scheme not in SCHEMES or not _HOST.fullmatch(shown):
        return None
    # RFC 3987 § 3.1: what is not ASCII goes percent-encoded, what is encoded already stays.
    href = quote(url, safe=":/?#[]@!$&'()*+,;=~%")
    return {"href": href, "host": _end_of(shown)}


def _end_of(host: str) -> str:
    """Return a host without `www.`; of a long one as many labels as fit, its registrable domain whole in any case."""
    if host.startswith("www.") and host.count(".") > 1:
        host = host.removeprefix("www.")
    if len(host) <= LONGEST_HOST or (whole := site_of(f"https://{host}/")) == host:
        return host
    fitting = host[-LONGEST_HOST:].partition(".")[2]
    return f"….{fitting if len(fitting) > len(whole) else whole}"
