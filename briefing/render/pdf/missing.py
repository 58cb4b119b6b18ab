"""Characters without a font: what is printed in their place, and where the page says so."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING
from unicodedata import name

from briefing.render.characters import REPLACEMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

NAMED = 20
"""Characters that are named one by one among the problems."""
SHOWN = 5
"""Those that the page names so; more are counted by what their names begin with."""
PLACE = '<p class="without-font"></p>'
"""Where the page says so; only where it does not have this, its end is taken."""

CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
"""How the names of their characters begin."""
CJK_FONTS = "Chinese, Japanese and Korean stand in Noto Serif CJK and Noto Sans CJK (on Debian: fonts-noto-cjk)"

_HEADING = re.compile(r"<(h[1-6])\b([^<>]*)>(.*?)</\1>", re.DOTALL)
_TEXT = re.compile(r"(?<=>)[^<]+")


def problems_of(codes: Iterable[int]) -> list[str]:
    """Return code points in words, by their Unicode names."""
    known = sorted(codes)
    characters = [f"no font has {_named(code)}" for code in known[:NAMED]]
    rest = [f"no font has {len(known) - NAMED} other characters"] if len(known) > NAMED else []
    wide = [CJK_FONTS] if any(name(chr(code), "").startswith(CJK) for code in known) else []
    return characters + rest + wide


def replaced(html: str, codes: Collection[int], sentence: str) -> str:
    """Return a document with U+FFFD in their place wherever it is printed, and `sentence` with their {names} in it.

    What is not printed keeps them: title, author, keywords, and the headings' bookmarks, which `data-label` then holds.
    """
    head, mark, body = html.rpartition("</head>")
    table = dict.fromkeys(codes, REPLACEMENT)

    def labelled(heading: re.Match[str]) -> str:
        tag, attributes, inside = heading.groups()
        text = " ".join(unescape(re.sub(r"<[^>]*>", "", inside)).split())
        if text.translate(table) == text:
            return heading[0]
        return f'<{tag}{attributes} data-label="{escape(text)}">{inside}</{tag}>'

    printed = _TEXT.sub(lambda text: text[0].translate(table), _HEADING.sub(labelled, body))
    told = f'<p class="without-font">{escape(sentence.format(names=_kinds(codes)))}</p>'
    place = PLACE if PLACE in printed else "</main>" if "</main>" in printed else "</body>"
    return head + mark + printed.replace(place, told + place.replace(PLACE, ""), 1)


def _kinds(codes: Collection[int]) -> str:
    """Return the characters by name where they are few, else how many there are of each kind."""
    if len(codes) <= SHOWN:
        return ", ".join(map(_named, sorted(codes)))
    kinds = [name(chr(code), "unnamed").split(maxsplit=1)[0] for code in sorted(codes)]
    return ", ".join(f"{kind} ({kinds.count(kind)})" for kind in dict.fromkeys(kinds))


def _named(code: int) -> str:
    return f"U+{code:04X} {name(chr(code), 'unnamed')}"
