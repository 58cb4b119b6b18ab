"""The lines of labels under a story and in the source list, for editions that are text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SEPARATOR = " · "
SILENT = (("outlets", "silent_outlets"), ("sources", "silent_sources"), ("empty", "empty_sections"))
"""What brought nothing, and the label that says so."""


def byline(story: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return outlet, grade, hour, status, language and the other outlets of a story."""
    lead = _named(story["lead"], labels) + (f" ({story['grade']})" if story["grade"] else "")
    language = labels["in_language"].format(language=story["language_name"]) if story["language_name"] else None
    others = [
        _outlets(labels[label], story[key]) for key, label in (("also", "also_in"), ("same_text", "same_text_in"))
    ]
    parts = [story["status_label"], lead, story["when"], language, story["translation"], story["independent"], *others]
    return SEPARATOR.join(filter(None, parts))


def difference_line(difference: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return what befell what is counted, the names that the accounts share, and the range."""
    names = labels["comma"].join(difference["names"])
    title = labels["colon"].join(filter(None, [difference["title"], names]))
    return SEPARATOR.join(filter(None, [title, difference["range"]]))


def account_line(account: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return who gave a figure, outlet, grade, hour, and the outlets that repeat it."""
    outlet = _named(account["cite"], labels) + (f" ({account['grade']})" if account["grade"] else "")
    copies = {"named": account["copies"], "others": None} if account["copies"] else None
    parts = [account["told_by"], outlet, account["when"], account["latest"], _outlets(labels["same_text_in"], copies)]
    return SEPARATOR.join(filter(None, parts))


def source_line(source: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return outlet, title, author, day and hour, language and grade of a source."""
    author = labels["by_author"].format(author=source["author"]) if source["author"] else None
    grade = labels["grade"].format(grade=source["grade"]) if source["grade"] else None
    titles = " / ".join(filter(None, [source["title"], source["second_title"]]))
    language = source["language_name"]
    parts = [_named(source, labels), titles, author, source["when"], language, source["translation"], grade]
    return SEPARATOR.join(filter(None, parts))


def _named(article: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return the outlet, or that none is named and where the article was found."""
    outlet: str = article["outlet"]
    return outlet if article["named"] else f"{labels['no_outlet']} ({outlet})"


def _outlets(label: str, outlets: Mapping[str, Any] | None) -> str | None:
    if outlets is None:
        return None
    named = ", ".join(f"{outlet['outlet']} [{outlet['number']}]" for outlet in outlets["named"])
    return f"{label} {named}" + (f" {outlets['others']}" if outlets["others"] else "")
