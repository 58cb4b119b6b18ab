"""Who may bear an outlet's name: an article's own word is a claim, the desk's `outlets` and `sources` decide."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from briefing.models import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.config import Config, Outlet
    from briefing.models import Article

_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]")
_LETTERS = "".join(
    (
        "АВЕКМНОРСТУХІЈЅԌԚԜаеорсухіјѕԁһӏԛԝкмтв",  # Cyrillic
        "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυιγκτχ",  # Greek
        "օոսհզցՕՍ",  # Armenian
        "ıɑɡɩʟʀƖǀ|01",  # others
    )
)
_LOOK_LIKE = "".join(
    (
        "abekmhopctyxijsgqwaeopcyxijsdhlqwkmtb",
        "abezhikmnoptyxavopuiyktx",
        "onuhqgou",
        "iagilrlllol",
    )
)
_LATIN = str.maketrans(dict(zip(_LETTERS, _LOOK_LIKE, strict=True)))
_ALIKE = str.maketrans({"i": "l", "’": "'", "‘": "'", "ʼ": "'"})


def attributed(articles: Iterable[Article], config: Config) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles with a name of `outlets` left only to those that may bear it, and a remark for each other.

    What a source names by `outlet` is the desk's word, and so is a file in a folder that has no address to check. What
    was collected bears a graded name by its host, its List-Id or its source alone.
    """
    known = dict.fromkeys(config.grades) | {**config.outlets}
    named = {source.label: source.outlet for source in config.collected if source.outlet}
    plain, skeletons = {_plain(name): name for name in known}, {skeleton(name): name for name in known}
    found, told = [], list[Problem]()
    for article in articles:
        said, meant = article.outlet, None
        if said is not None and named.get(article.source) != said:
            meant = said if said in known else plain.get(_plain(said)) or skeletons.get(skeleton(said))
        if said is None or meant is None:
            found.append(article)
            continue
        host, outlet = _brought_by(article), known[meant]
        if _may_bear(host, outlet):
            found.append(replace(article, outlet=meant))
        elif reason := _complaint(article, meant, host, outlet, graded=meant in config.grades):
            found.append(replace(article, outlet=host.removeprefix("www.") or None, claimed=said))
            told.append(Problem(origin=article.origin, stage="extract", reason=reason, lost=False))
        else:
            found.append(article)
    return tuple(found), tuple(told)


def _complaint(article: Article, meant: str, host: str, outlet: Outlet | None, *, graded: bool) -> str | None:
    """Return why an article whose host is not the outlet's may not bear its name; None where nothing speaks against."""
    said = article.outlet or ""
    if _plain(said) != _plain(meant):
        return f"calls itself “{said}”, which only looks like “{meant}”: no grade"
    if outlet and (outlet.hosts or outlet.list_ids):
        if host or article.url or article.first_seen is not None:
            return f"calls itself “{said}”, but {host or 'what brought it'} is none of that outlet's hosts: no grade"
        return None
    if graded and article.first_seen is not None:
        return f"calls itself “{said}”, for which the desk names no hosts: no grade"
    return None


def _may_bear(host: str, outlet: Outlet | None) -> bool:
    """Return whether a host, or a List-Id, is one of the outlet's or lies below one."""
    if not host or outlet is None:
        return False
    hosts = (*map(ascii_host, outlet.hosts), *(entry.strip("<>").casefold() for entry in outlet.list_ids))
    own = [entry.removeprefix("www.") for entry in hosts if entry]
    return any(host == entry or host.endswith(f".{entry}") for entry in own)


def _brought_by(article: Article) -> str:
    """Return the list or the sender's domain of a mail, else the host of the address; "" where there is none."""
    if article.sender:
        return article.sender
    try:
        return ascii_host(urlsplit(article.url or "").hostname or "")
    except ValueError:
        return ""


def ascii_host(host: str) -> str:
    """Return a host as it is asked for: small letters, other scripts as `xn--…`; "" for what is none."""
    try:
        found = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return ""
    return found if _HOST.fullmatch(found) else ""


def skeleton(name: str) -> str:
    """Return a name with all that looks alike made one: letters of other scripts, full width, accents, what is unseen.

    >>> skeleton("Еuрhrаtes Моnitоr") == skeleton("Euphrates Monitor")
    True
    """
    return _plain(_bare(name).translate(_LATIN)).translate(_LATIN).translate(_ALIKE).replace("rn", "m")


def _plain(name: str) -> str:
    """Return a name without case, accents and the shape of its apostrophes: another spelling, and no deceit."""
    return " ".join(_bare(name).casefold().replace("’", "'").split())


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name)
    return "".join(char for char in letters if unicodedata.category(char) not in {"Mn", "Me", "Cf", "Cc"})
