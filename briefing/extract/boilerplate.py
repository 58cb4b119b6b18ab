"""Which part of a page a block stands in, by the elements around it and what they are called."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from briefing.extract.lines import closes
from briefing.languages import ANY, language_data, languages
from briefing.text import agency_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from re import Pattern

    from briefing.extract.markup import Block
    from briefing.languages import Boilerplate

REASONS = (
    "share bar", "advertisement", "read also", "newsletter", "subscription notice", "cookie notice", "call to action",
    "contact line", "copyright", "photo caption", "credit line", "comments", "page notice", "menu",
    "syndication notice",
)  # fmt: skip
"""In the order in which they are tried."""

_WALL_BYTES = 5_000
"""What a server or a guard says is short, notices of consent being the longest."""
_WALL_MEMORY = 1 << 26
"""Bytes that RE2 may take for the automaton of such a list."""
_WALL_PHRASES = 2
"""Different phrases in as many sentences that are proof together; so is one more in a single sentence."""
_WALL_SHARE = 0.4
"""How much of a text stands in sentences that speak so."""
_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")
_LEADING_SIGNS = re.compile(r"^[\W_]+")
_TAIL_CHARS = 160
_MOST_CHARS = 320
"""A longer line is a paragraph of the article, whatever it begins with."""

_POINTS = re.compile(r"\W*[:：>»|]|\W*$")
"""What follows "Read also" where a link does; "Read also told the court …" is a sentence about somebody."""
_TO = r"(?:\s*[:：>»|]|\s+[–—-]|\s*$)"
"""A colon, a dash, or nothing more: what tells "Related: …" from "Related groups said …"."""
_CAPTION_SIGNS = ("/", "(", "[", "©", " via ")

_NAME = r"[\w.' -]{2,40}"
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|www\.\S+|\+?\d[\d ()./-]{6,}\d")


class _Rules(NamedTuple):
    """The patterns of all languages; each group of `starts` and `whole` is named by the place of its reason."""

    starts: re.Pattern[str]
    whole: re.Pattern[str]
    anywhere: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...]
    captions: tuple[re.Pattern[str], ...]
    """How a caption ends: "– Name / AFP", "(AP Photo/Name)", "(photo: AFP)", "© Getty Images", "(Photo by Name)"."""
    credit: re.Pattern[str]
    """A line that is an agency, an agency and a name, or a name (or its initials) and agencies in brackets."""


@cache
def _rules() -> _Rules:
    tables = [language_data(code).boilerplate for code in ("en", ANY, *languages())]
    openers = _by_reason([table.line_openers for table in tables])
    for reason, patterns in _by_reason([table.headings for table in tables]).items():
        openers.setdefault(reason, []).append(f"(?:{'|'.join(patterns)}){_TO}")
    whole = _by_reason([table.whole_lines for table in tables])
    share = _either(tables, "share_words")
    whole["share bar"] = [rf"{share}(?:[\W_]+{share})*"]
    signs = _by_reason([table.anywhere_signs for table in tables])
    signed = "|".join((*map(re.escape, agency_names()), *language_data(ANY).boilerplate.photo_agencies))
    agency, photo = f"(?:{signed})", _either(tables, "photo_words")
    return _Rules(
        starts=_named(openers, ""),
        whole=_named(whole, r"\W*$"),
        anywhere=tuple(
            (reason, frozenset(signs[reason]), re.compile("|".join(patterns)))
            for reason, patterns in _by_reason([table.anywhere for table in tables]).items()
        ),
        captions=(
            re.compile(rf"(?:[–—|(\[©/]|\s-)\s?[^.!?]{{2,60}}\s?/\s?{agency}(?:[ /][^.!?]{{0,30}})?[)\].]*$"),
            re.compile(
                rf"[\[(]\s?[^()\[\].!?]{{0,70}}\b(?i:{agency}"
                rf"(?:(?:\s(?:photo|foto))?\s?/[^()\[\]]{{2,60}}|\s(?:photo|foto)))[)\]]\.?$"
            ),
            re.compile(rf"[\[(]\s?(?i:{photo})\W{{1,3}}[^()\[\].!?]{{0,60}}\b{agency}[)\]]\.?$"),
            re.compile(rf"(?:©|\([cC]\)|\bvia)\s?[^.!?]{{0,60}}{agency}[)\].]*$"),
            re.compile(rf"[\[(]{photo}\s?(?:by|:|par|de|von|di)\s?[^()\[\]]{{2,80}}[)\]]\.?$", re.IGNORECASE),
        ),
        credit=re.compile(
            rf"(?:(?:{agency}|{_NAME})\s?/\s?)?{agency}(?:\s?/\s?{_NAME})?(?:\s(?:photo|file))?"
            rf"|{_NAME}\s?\((?:(?i:{agency})(?:,\s?)?){{1,4}}\)?"
        ),
    )


def _by_reason(tables: Sequence[Mapping[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Return the patterns of all languages by reason, in the order in which reasons are tried."""
    found = {reason: [pattern for table in tables for pattern in table.get(reason, ())] for reason in REASONS}
    return {reason: list(dict.fromkeys(patterns)) for reason, patterns in found.items() if patterns}


def _either(tables: Sequence[Boilerplate], name: str) -> str:
    return f"(?:{'|'.join(dict.fromkeys(word for table in tables for word in getattr(table, name)))})"


def _named(patterns: Mapping[str, list[str]], end: str) -> re.Pattern[str]:
    groups = ((REASONS.index(reason), patterns[reason]) for reason in REASONS if reason in patterns)
    return re.compile("|".join(f"(?P<r{place}>(?:{'|'.join(rules)}){end})" for place, rules in groups))


def reason_to_remove(line: str) -> str | None:
    """Return why a clean line is not the article's own words, or None where it is."""
    if len(line) > _MOST_CHARS:
        return None
    folded = _LEADING_SIGNS.sub("", line.casefold().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " "))
    if not folded:
        return "no words"
    rules = _rules()
    opener = rules.starts.match(folded)
    if opener and opener.lastgroup:
        reason = REASONS[int(opener.lastgroup[1:])]
        if reason != "read also" or not folded.endswith(".") or _POINTS.match(folded, opener.end()):
            return reason
    whole = rules.whole.match(folded) if len(folded) <= 120 else None
    if whole and whole.lastgroup:
        return REASONS[int(whole.lastgroup[1:])]
    return _by_content(line, folded)


def _by_content(line: str, folded: str) -> str | None:
    if line[0] in "©℗":
        return "copyright"
    for reason, words, pattern in _rules().anywhere:
        if any(word in folded for word in words) and pattern.search(folded):
            return reason
    tail = line[-_TAIL_CHARS:]
    if any(sign in tail for sign in _CAPTION_SIGNS) and any(pattern.search(tail) for pattern in _rules().captions):
        return "photo caption"
    if len(line) <= 80 and _rules().credit.fullmatch(line.strip("()[]©–—-. ")):
        return "credit line"
    return _by_addresses(line)


def _by_addresses(line: str) -> str | None:
    if "@" not in line and "://" not in line and "www." not in line:
        return None
    rest = _ADDRESS.sub(" ", line.replace("\u200b", ""))
    if rest == line:
        return None
    return "contact line" if len(re.findall(r"\w+", rest)) <= 4 else None


@cache
def _review_titles() -> re.Pattern[str]:
    tables = [language_data(code).boilerplate for code in languages()]
    return re.compile(_either(tables, "review_titles"), re.IGNORECASE)


def is_review(title: str | None) -> bool:
    """Return whether a title says that what follows is a review of what others wrote."""
    return bool(title and _review_titles().search(title))


@cache
def _wall_titles() -> Pattern[str]:
    """Return how pages are called that stand in place of an article."""
    return re.compile(_either([language_data(code).boilerplate for code in languages()], "wall_titles"))


@cache
def _walls() -> tuple[Pattern[str], Pattern[str]]:
    """Return what pages that stand in place of an article alone say, and what they say beside."""
    import re2

    options = re2.Options()
    options.max_mem, options.log_errors = _WALL_MEMORY, False
    tables = [language_data(code).boilerplate for code in languages()]
    lines, phrases = (re2.compile(_either(tables, name), options) for name in ("wall_lines", "wall_phrases"))
    return lines, phrases


def is_wall(title: str | None, lines: Sequence[str]) -> bool:
    """Return whether a text stands in place of an article: an error, a check, a request to log in, to pay, to consent.

    It does where much of it stands in sentences that speak so; where its title says so, one of them is enough.
    """
    if sum(len(line.encode("utf-8", "replace")) for line in lines) > _WALL_BYTES:
        return False
    alone, beside = _walls()
    whole = "\n".join(lines).casefold().replace("’", "'")
    speaks = alone.search(whole) or beside.search(whole)
    said = [part for line in whole.split("\n") for part in _SENTENCE_END.split(line) if part] if speaks else []
    sure = [bool(alone.search(part)) for part in said]
    phrases = [frozenset(beside.findall(part)) for part in said]
    speaking = sum(len(part) for part, is_sure, found in zip(said, sure, phrases, strict=True) if is_sure or found)
    names = (name.casefold().replace("’", "'").strip() for name in (title, *lines[:1]) if name)
    if (speaking or not any(map(closes, lines))) and any(map(_wall_titles().fullmatch, names)):
        return True
    different = len(frozenset().union(*phrases))
    is_proof = any(sure) or different > _WALL_PHRASES or min(sum(map(bool, phrases)), different) >= _WALL_PHRASES
    return is_proof and speaking > _WALL_SHARE * sum(map(len, said))


_BY_TAG = (
    ("nav", "menu"),
    ("menu", "menu"),
    ("button", "menu"),
    ("figcaption", "photo caption"),
    ("fieldset", "form"),
    ("footer", "page foot"),
    ("aside", "side box"),
    ("table", "table"),
    ("dialog", "cookie notice or dialog"),
)
_NAMED = (
    ("cookie notice or dialog", r"cookie|consent|gdpr|modal|popup|overlay"),
    ("comments", r"comment|disqus|respond"),
    ("share bar", r"share|social|follow"),
    ("newsletter", r"newsletter|subscri|signup|paywall|regwall"),
    ("photo caption", r"caption|credit|gallery|carousel|slide"),
    ("menu", r"menu|nav|breadcrumb|toolbar|topbar|sitemap|skip-link|dropdown|tabs?\b"),
    (
        "teaser of another article",
        (r"relat|recommend|teaser|promo|popular|trending|most-?read|latest|read-?more|more-|see-also|"
        r"widget|sidebar|rail|feed|card|list-item|story-|headlines?-|"
        r"ticker|outbrain|taboola|aside"),
    ),
    ("byline", r"author|byline|bio\b|meta\b|dateline|timestamp|posted|date\b|info\b"),
    ("page foot", r"footer|copyright|legal|bottom"),
    ("page head", r"header|masthead|banner|logo|brand"),
    ("advertisement", r"\bad\b|ads\b|advert|sponsor|dfp"),
    ("tags", r"\btags?\b|topic|keyword|categor|section"),
)  # fmt: skip
_PATTERNS = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _NAMED)
_MOST_ABOVE = 12
_MOST_AROUND = 2
_CAPTIONS = frozenset(("caption", "wp-caption-text", "image-caption", "photo-caption"))
_COMMENTS = frozenset(
    ("comments", "comment-list", "commentlist", "comment-content", "comments-area", "show-comments", "disqus_thread")
)


def place_of(block: Block) -> str | None:
    """Return what part of the page a block stands in, where its elements tell; None where they do not."""
    reason = next((reason for tag, reason in _BY_TAG if tag in block.tags), None)
    return reason or ("form" if "form" in block.tags and not closes(block.text) else None)


def is_beside_text(block: Block) -> bool:
    """Return whether a block that reads like text is a caption or a comment, by its own element or the one around."""
    if "figcaption" in block.tags:
        return True
    element, levels = block.element, 0
    while element is not None and levels < _MOST_ABOVE:
        named = {*(element.get("class") or "").lower().split(), (element.get("id") or "").lower()}
        if (levels < _MOST_AROUND and not _CAPTIONS.isdisjoint(named)) or not _COMMENTS.isdisjoint(named):
            return True
        element, levels = element.getparent(), levels + 1
    return False


def named_place_of(block: Block) -> str | None:
    """Return what the names of the elements around a block call it; None where they tell nothing."""
    element = block.element
    for _ in range(_MOST_ABOVE):
        if element is None or element.tag in ("body", "html"):
            break
        said = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        if said.strip():
            for reason, pattern in _PATTERNS:
                if pattern.search(said):
                    return reason
        if element.tag == "header":
            return "page head"
        element = element.getparent()
    return None
