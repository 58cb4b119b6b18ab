"""Which lines are not the article's own words, by rule: each rule has a reason that a reader would accept.

A line is judged alone and by how it reads, never by its outlet. Precision comes first: a rule that could take out a
sentence of the article is not here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.extract.lines import closes
from briefing.extract.phrases import ANYWHERE, OPENERS, WALL_LINES, WALL_TITLES, WHOLE_LINES

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEADING_SIGNS = re.compile(r"^[\W_]+")
_TAIL_CHARS = 160
_MOST_CHARS = 320
"""A longer line is a paragraph of the article, whatever it begins with."""

_STARTS = re.compile("|".join(f"(?P<r{number}>(?:{'|'.join(rules)}))" for number, (_, rules) in enumerate(OPENERS)))
_WHOLE = re.compile(
    "|".join(f"(?P<r{number}>(?:{'|'.join(rules)})\\W*$)" for number, (_, rules) in enumerate(WHOLE_LINES))
)
_POINTS = re.compile(r"\W*[:：>»|]|\W*$")
"""What follows "Read also" where a link does; "Read also told the court …" is a sentence about somebody."""
_SEARCHED = tuple((reason, words, re.compile("|".join(rules))) for reason, words, rules in ANYWHERE)

_WALL_TITLE = re.compile("|".join(WALL_TITLES))
_WALL_LINE = re.compile("|".join(WALL_LINES))
_WALL_WORDS = 120
"""What a server or a guard says is short."""

_AGENCY = (
    r"(?:A\.?F\.?P|A\.?P|E\.?P\.?A(?:[-/ ]EFE)?|EFE|DPA|dpa|ANSA|TASS|AAP|UPI|SIPA|Sipa|MAXPPP|ANP|NTB|TT|APA|AA|PA"
    r"|Reuters|REUTERS|Getty(?: Images)?|GETTY(?: IMAGES)?|Anadolu(?: Agency)?|Xinhua|Shutterstock|Bloomberg|Alamy"
    r"|Associated Press|Imago|imago|picture alliance|Belga|Ritzau|Scanpix|Lusa|Kyodo|Yonhap|Press Association"
    r"|Keystone|أ\.?ف\.?ب|رويترز|الأناضول|АП|РИА Новости|ТАСС)"
)
_PHOTO = r"(?:file )?(?:photo|image|picture|foto|bild|crédits?(?: photos?)?|credit|صورة|фото)s?(?: credit)?"
_CAPTIONS = (
    re.compile(rf"(?:[–—|(\[©/]|\s-)\s?[^.!?]{{2,60}}\s?/\s?{_AGENCY}(?:[ /][^.!?]{{0,30}})?[)\].]*$"),
    re.compile(
        rf"[\[(]\s?[^()\[\].!?]{{0,70}}\b(?i:{_AGENCY}(?:(?:\s(?:photo|foto))?\s?/[^()\[\]]{{2,60}}|\s(?:photo|foto)))[)\]]\.?$"
    ),
    re.compile(rf"[\[(]\s?(?i:{_PHOTO})\W{{1,3}}[^()\[\].!?]{{0,60}}\b{_AGENCY}[)\]]\.?$"),
    re.compile(rf"(?:©|\([cC]\)|\bvia)\s?[^.!?]{{0,60}}{_AGENCY}[)\].]*$"),
    re.compile(rf"[\[(]{_PHOTO}\s?(?:by|:|par|de|von|di)\s?[^()\[\]]{{2,80}}[)\]]\.?$", re.IGNORECASE),
)
"""How a caption ends: "– Name / AFP", "(AP Photo/Name)", "(photo: AFP)", "© Getty Images", "(Photo by Name)"."""
_CAPTION_SIGNS = ("/", "(", "[", "©", " via ")

_NAME = r"[\w.' -]{2,40}"
_CREDIT = re.compile(
    rf"(?:(?:{_AGENCY}|{_NAME})\s?/\s?)?{_AGENCY}(?:\s?/\s?{_NAME})?(?:\s(?:photo|file))?"
    rf"|{_NAME}\s?\((?:(?i:{_AGENCY})(?:,\s?)?){{1,4}}\)?"
)
"""A line that is an agency, an agency and a name, or a name (or its initials) and agencies in brackets."""
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|www\.\S+|\+?\d[\d ()./-]{6,}\d")


def reason_to_remove(line: str) -> str | None:
    """Return why a clean line is not the article's own words, or None where it is."""
    if len(line) > _MOST_CHARS:
        return None
    folded = _LEADING_SIGNS.sub("", line.casefold().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " "))
    if not folded:
        return "no words"
    opener = _STARTS.match(folded)
    if opener and opener.lastgroup:
        reason = OPENERS[int(opener.lastgroup[1:])][0]
        if reason != "read also" or not folded.endswith(".") or _POINTS.match(folded, opener.end()):
            return reason
    whole = _WHOLE.match(folded) if len(folded) <= 120 else None
    if whole and whole.lastgroup:
        return WHOLE_LINES[int(whole.lastgroup[1:])][0]
    return _by_content(line, folded)


def _by_content(line: str, folded: str) -> str | None:
    if line[0] in "©℗":
        return "copyright"
    for reason, words, pattern in _SEARCHED:
        if any(word in folded for word in words) and pattern.search(folded):
            return reason
    tail = line[-_TAIL_CHARS:]
    if any(sign in tail for sign in _CAPTION_SIGNS) and any(pattern.search(tail) for pattern in _CAPTIONS):
        return "photo caption"
    if len(line) <= 80 and _CREDIT.fullmatch(line.strip("()[]©–—-. ")):
        return "credit line"
    return _by_addresses(line)


def _by_addresses(line: str) -> str | None:
    if "@" not in line and "://" not in line and "www." not in line:
        return None
    rest = _ADDRESS.sub(" ", line.replace("\u200b", ""))
    if rest == line:
        return None
    return "contact line" if len(re.findall(r"\w+", rest)) <= 4 else None


def is_wall(title: str | None, lines: Sequence[str]) -> bool:
    """Return whether a page stands in place of an article: an error, a check, a request to log in."""
    if sum(len(line.split()) for line in lines) > _WALL_WORDS:
        return False
    said = [line.casefold().replace("’", "'") for line in lines]
    walls = sum(bool(_WALL_LINE.search(line)) for line in said)
    named = bool(_WALL_TITLE.fullmatch((title or "").casefold().replace("’", "'").strip()))
    return 2 * walls > len(said) or (named and (walls > 0 or not any(closes(line) for line in said)))
