"""The lines between title and text that say who wrote it and when: not sentences, but facts for the metadata."""

# ruff: noqa: E501 - the words of one kind stand together: they are data

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.models import Removal

BYLINE, DATE_LINE = "byline", "date line"

_CHARS = 100
_NAME = r"(?:(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’-]*|de|del|della|di|da|van|von|der|den|la|le|al|el|bin|ben|ibn|abu)\.?)"
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Par|Von|Por|Texto|Door|Av|Af|Text|Автор|Autor|Auteur)\s?:?\s+(?P<names>{_NAME}(?:\s+{_NAME}){{1,4}}"
    rf"(?:\s*(?:,|&|and|et|und|y|e|en)\s+{_NAME}(?:\s+{_NAME}){{0,4}}){{0,4}})\s*(?P<rest>[,|/–—-].{{0,60}}|in\s.{{2,40}})?"
)
_SAID = (
    r"(?:first |last |originally )?(?:published|updated|posted|modified|created)(?: on| at)?|date|publi[ée]e?(?: le)?|mise? à jour(?: le)?"
    r"|modifiée?(?: le)?|stand|veröffentlicht(?: am)?|erschienen(?: am)?|aktualisiert(?: am)?|datum|publicado(?: el| em)?"
    r"|actualizado(?: el)?|atualizado(?: em)?|fecha|pubblicato(?: il)?|aggiornato(?: il)?|gepubliceerd(?: op)?|опубликовано|обновлено|дата"
    r"|نشر(?: في)?|تاريخ النشر|آخر تحديث|التاريخ|yayınlanma|güncelleme|publicerad|publisert|oppdatert|udgivet|opublikowano"
)
_MONTHED = r"\d{1,2}(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?[^\W\d_]{2,12}\.?(?:\s(?:ال)?(?:ثاني|[أا]ول))?,?\s+(?:de\s+)?\d{4}|[^\W\d_]{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
_DAY = rf"(?:{_MONTHED}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}|\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
_HOUR = r"(?:[T\s,|·–-]+(?:at|à|um|alle|a las|às|kl\.?|om)?\s*\d{1,2}\s?(?:[:.hH時时]\s?\d{2}|[ap]\.?m).{0,30})?"
_DATE_LINE = re.compile(
    rf"(?P<said>{_SAID})?\s*[:：]?\s*(?P<date>(?:[^\W\d_]{{2,12}}\.?,?\s+)?{_DAY}{_HOUR})\W*(?:\(.{{0,50}}\))?",
    re.IGNORECASE,
)
_DATE_LINE_ANYWHERE = re.compile(rf"(?P<said>{_SAID})?\s*[:：]?\s*(?P<date>(?<![\w./-]){_DAY}{_HOUR})", re.IGNORECASE)
_LATER = re.compile(
    r"updat|modifi|mis|aktualis|stand|actualiz|atualiz|aggiorn|обновл|تحديث|güncel|oppdat", re.IGNORECASE
)


def reason_above_text(line: str) -> str | None:
    """Return why a line near the start is not text: it names the author, or gives the date, and nothing else."""
    if len(line) > _CHARS:
        return None
    if _BYLINE.fullmatch(line):
        return BYLINE
    return DATE_LINE if any(char.isdigit() for char in line) and _DATE_LINE.fullmatch(line) else None


def date_in(line: str) -> str | None:
    """Return the date that a short line of a page's head holds, not that of a later change, or None."""
    if len(line) > _CHARS or not any(char.isdigit() for char in line):
        return None
    for match in _DATE_LINE_ANYWHERE.finditer(line):
        if not _LATER.match(match["said"] or ""):
            return match["date"]
    return None


def is_published_line(line: str) -> bool:
    """Return whether a line says that on this day the article was published, and nothing else."""
    match = _DATE_LINE.fullmatch(line) if len(line) <= _CHARS else None
    return bool(match and match["said"] and not _LATER.match(match["said"]))


def author_told(removed: Iterable[Removal]) -> str | None:
    """Return the author that a byline names, or None."""
    for removal in removed:
        match = _BYLINE.fullmatch(removal.text) if removal.reason == BYLINE else None
        if match:
            return match["names"]
    return None


def author_named(author: str | None) -> str | None:
    """Return an author without the words of a byline, which some pages and feeds give along: the brief has its own."""
    match = _BYLINE.fullmatch(author or "")
    return match["names"] + (match["rest"] or "") if match else author


def date_told(removed: Iterable[Removal]) -> str | None:
    """Return the date that a date line gives, not that of a later change, or None."""
    for removal in removed:
        match = _DATE_LINE.fullmatch(removal.text) if removal.reason == DATE_LINE else None
        if match and not _LATER.match(match["said"] or ""):
            return match["date"]
    return None
