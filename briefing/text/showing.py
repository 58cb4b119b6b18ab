"""Sentences that show something: captions, posts, and what speaks of the film below."""

from __future__ import annotations

import re

_POST = re.compile(
    r"\bpic\.twitter\.com\b|\bt\.co/\w|\btwitter\.com/\w+/status\b|^@\w+\s?:|(?<!\S)#\w+\b.*?(?<![^\s.-])#\w+"
)
"""What stands in a post of a social network, copied with its signs. It is looked for where one of these is: the search
costs as much as all else that is asked of a sentence."""
_PAGE_SIGNS = ("Comment via ", "Get short URL", "Print Tweet")
_PAGE_HEAD = re.compile(r"\d{1,4} (?:Topic|Related) [A-Z]|Tags [A-Z]")
"""What a page prints around its text, run into a sentence where its lines were lost: anywhere, or at the beginning."""
_HEAD_CHARS = 120
_PICTURES = {
    "en": re.compile(
        r"(?:in )?(?:this|these|the) (?:\w+ )?(?:photo|photograph|picture|image|frame grab)s?"
        r"(?: (?:\w+ )?(?:taken|released|captured|provided|shows?|made|obtained|posted|issued|above|below)\b|,)"
        r"|an? (?:\w+ )?(?:photo|photograph|picture|image|frame grab) taken\b|file (?:photo|picture|image)\b"
        r"|(?:pictured|seen here|watch|video|photos?|pictures?|image|caption)(?: above| below)?:"
        r"|(?:the|this|these) (?:map|graphic|chart|table|footage|videos?) (?:above|below)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"(?:sur |dans )?cette (?:photo|photographie|image|vidéo)\b|sur la (?:photo|image|vidéo)\b"
        r"|une (?:photo|photographie|image) prise\b|[^.]{0,60}\bci-(?:dessous|dessus|contre)\b|photo d'illustration",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"(?:en )?esta (?:foto|fotografía|imagen)\b|en la (?:foto|fotografía|imagen)\b"
        r"|una (?:foto|fotografía|imagen) tomada\b|(?:foto|imagen) de archivo",
        re.IGNORECASE,
    ),
}
"""How sentences open that describe a picture, by language."""


def is_shown(text: str, language: str) -> bool:
    """Tell whether a sentence is a caption or a post, or points at a picture that is not printed with it."""
    if ("#" in text or "@" in text or "t.co" in text or "twitter" in text) and _POST.search(text):
        return True
    if any(sign in text for sign in _PAGE_SIGNS) or _PAGE_HEAD.match(text):
        return True
    pictures = _PICTURES.get(language)
    return bool(pictures and pictures.match(text[:_HEAD_CHARS].replace("’", "'").lstrip("([")))
