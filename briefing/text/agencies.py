"""Which news agency an article's text is from, by its dateline or byline.

Two outlets that print one agency's report are one account of the event, however each has cut and worded it.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from briefing.models import Article

AGENCIES = {
    "AAP": ("AAP",),
    "AFP": ("AFP", "Agence France-Presse", "أ ف ب", "أ.ف.ب", "فرانس برس"),
    "ANSA": ("ANSA",),
    "AP": ("AP", "Associated Press", "أسوشيتد برس"),
    "APA": ("APA",),
    "Anadolu": ("Anadolu", "Anadolu Agency", "Agence Anadolu", "الأناضول"),
    "Belga": ("Belga",),
    "CP": ("The Canadian Press", "La Presse canadienne", "Canadian Press"),
    "dpa": ("dpa", "DPA", "dpa-AFX"),
    "EFE": ("EFE", "Agencia EFE"),
    "Europa Press": ("Europa Press", "EUROPA PRESS"),
    "Interfax": ("Interfax", "Интерфакс"),
    "Keystone-SDA": ("Keystone-SDA", "Keystone-ATS", "SDA", "ATS"),
    "KUNA": ("KUNA", "كونا"),
    "Kyodo": ("Kyodo", "Kyodo News"),
    "Lusa": ("Lusa", "LUSA"),
    "PA": ("PA Media", "Press Association"),
    "PTI": ("PTI", "Press Trust of India"),
    "Reuters": ("Reuters", "REUTERS", "رويترز"),
    "SANA": ("SANA", "سانا"),
    "SID": ("SID",),
    "Sputnik": ("Sputnik",),
    "TASS": ("TASS", "ТАСС"),
    "UPI": ("UPI",),
    "Xinhua": ("Xinhua",),
}
"""Agencies, each with the names by which datelines and bylines give it."""

_OF = {name: agency for agency, names in AGENCIES.items() for name in names}


def agency_names() -> tuple[str, ...]:
    """Return every name by which datelines, bylines and captions give an agency, the longest first."""
    return tuple(sorted(_OF, key=lambda name: (-len(name), name)))


_NAMES = "|".join(map(re.escape, agency_names()))
_DATELINE = re.compile(
    rf"[^.!?]{{0,60}}?[(\[]\s*(?P<bracketed>{_NAMES})\b[^)\]]{{0,30}}[)\]]"
    rf"|(?:[^.!?a-zß-ÿ]{{0,40}}\W)?(?P<bare>{_NAMES})\s*(?:[-–—:/.]|$)"
)
"""`PARIS (AFP) –`, `(Reuters) -`, `EFE.-`, at the beginning of a text and before anything is told."""
_BYLINE = re.compile(rf"(?<!\w)(?P<name>{_NAMES})(?!\w)")


def sources_of(article: Article) -> frozenset[tuple[str, str]]:
    """Return who an article's report is from: its outlet and the agency, each as (kind, name), as far as it says so.

    Two articles that have one of them in common are one account.
    """
    named = (("outlet", article.outlet), ("agency", agency_of(article)))
    return frozenset((kind, name) for kind, name in named if name)


def agency_of(article: Article) -> str | None:
    """Return the agency whose text an article prints, as its author, byline or dateline names it; None for its own."""
    bylines = chain([article.author or ""], (one.text for one in article.removed if one.reason == "byline"))
    named = (match["name"] for line in bylines for match in _BYLINE.finditer(line))
    return next((_OF[name] for name in chain(named, _datelines(article))), None)


def _datelines(article: Article) -> Iterator[str]:
    for paragraph in article.paragraphs[:2]:
        match = _DATELINE.match(paragraph.text)
        if match:
            yield match["bracketed"] or match["bare"]
