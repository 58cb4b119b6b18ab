"""Whether two short lines are in different languages, told by their scripts and their commonest words."""

# ruff: noqa: E501 - one language a line: it is data

from __future__ import annotations

import re
import unicodedata

_COMMON = {
    "en": "the of and to in is for on with that by from at as it its has have are was were be after over against who will his their an says said new how why what not than into",
    "fr": "le la les des du de et en un une est pour dans sur qui que par au aux avec ce cette sont plus pas ne se son sa ses leur d l qu après contre entre deux ans",
    "de": "der die das und in den von zu mit ist im für auf dem des ein eine nicht sich auch als nach bei aus über gegen wird sind hat einer eines",
    "es": "el la los las de del y en un una es para con por que se su sus al lo como más tras contra sobre entre ha fue son no",
    "it": "il lo la i gli le di del della dei delle e in un una è per con che si su da al alla nel nella non sono ha come più contro tra dopo",
    "pt": "o a os as de do da dos das e em um uma é para com por que se no na nos nas ao à são não mais como após contra sobre entre",
    "nl": "de het een van en in is op te dat voor met zijn aan niet door naar bij uit om ook als over tegen wordt na",
    "pl": "i w na z do nie się jest to że o po za od przez dla jak są ma",
    "sv": "och i att det som en på är av för med till den har de inte om ett han var från vid efter",
    "da": "og i at det som en på er af for med til den har de ikke om et han var fra ved efter mod",
    "tr": "ve bir bu için ile da de olarak daha çok en kadar gibi sonra karşı var olan",
    "ro": "și în de la cu pe un o din care nu este pentru a al ale sunt mai după",
}  # fmt: skip
_SETS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_WORDS = re.compile(r"[^\W\d_]+")


def languages_apart(one: str, other: str) -> bool:
    """Return whether two lines are surely in different languages; False where it cannot be told."""
    if _script(one) != _script(other):
        return True
    first, second = _scores(one), _scores(other)
    best_first, best_second = max(first.values()), max(second.values())
    if min(best_first, best_second) < 2:
        return False
    likely_first = {language for language, score in first.items() if score == best_first}
    likely_second = {language for language, score in second.items() if score == best_second}
    return likely_first.isdisjoint(likely_second)


def _scores(line: str) -> dict[str, int]:
    words = _WORDS.findall(line.casefold())
    return {language: sum(word in common for word in words) for language, common in _SETS.items()}


def _script(line: str) -> str:
    """Return the commonest script of a line's letters, by the first word of their Unicode names."""
    names = [unicodedata.name(char, "?").partition(" ")[0] for char in line if char.isalpha()]
    return max(sorted(set(names)), key=names.count, default="")
