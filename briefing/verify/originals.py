"""Every article of an edition against the document that it was read from, where that is still at hand."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from briefing.plain_reading import plain_reading
from briefing.verify.quotations import quotations, shown

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Originals:
    """What became of the articles' documents: how many are the same, and what is wrong, or missing, as messages."""

    same: int
    wrong: tuple[str, ...]
    absent: tuple[str, ...]


def check_originals(data: Mapping[str, Any], documents: Mapping[str, bytes]) -> Originals:
    """Compare each article's `sha256` with the bytes of its document, and its quotations with what that shows.

    `documents` maps origins to bytes. What a document shows is told by a reading of its own, not by that of the build.

    The origin of an article out of a document that holds many is the document's, with `#` and its entry behind it.
    """
    found = {article["origin"]: _document(article["origin"], documents) for article in data["articles"]}
    same, wrong = 0, []
    for article in data["articles"]:
        content = found[article["origin"]]
        if content is None:
            continue
        if sha256(content).hexdigest() == article["sha256"]:
            same += 1
            wrong += _not_shown(data, article, content)
        else:
            wrong.append(f"{article['origin']}: has changed since the edition was made: its sha256 is another")
    absent = tuple(origin for origin, content in found.items() if content is None)
    return Originals(same=same, wrong=tuple(wrong), absent=absent)


def _not_shown(data: Mapping[str, Any], article: Mapping[str, Any], content: bytes) -> list[str]:
    """Return the quotations of an article that a plain reading of its document does not show, as messages."""
    texts = dict.fromkeys(one["text"] for one in quotations(data) if one["article"] == article["id"])
    reading = plain_reading(content, name=article["origin"].partition("#")[0]) if texts else None
    if reading is None:
        return []
    return [
        f"{article['origin']}: does not show the sentence {shown(text)}" for text in texts if not reading.holds(text)
    ]


def _document(origin: str, documents: Mapping[str, bytes]) -> bytes | None:
    """Return the document that an origin names; a `#` may belong to a file's own name."""
    while origin not in documents:
        origin, mark, _ = origin.rpartition("#")
        if not mark:
            return None
    return documents[origin]
