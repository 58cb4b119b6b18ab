"""The lines of labels under a story and in the source list, for editions that are text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SEPARATOR = " · "


def byline(story: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return outlet, grade, hour, status, language and the other outlets of a story."""
    lead = story["lead"]["outlet"] + (f" ({story['grade']})" if story["grade"] else "")
    language = labels["in_language"].format(language=story["language_name"]) if story["language_name"] else None
    others = [
        _outlets(labels[label], story[key]) for key, label in (("also", "also_in"), ("same_text", "same_text_in"))
    ]
    parts = [story["status_label"], lead, story["when"], language, story["independent"], *others]
    return SEPARATOR.join(filter(None, parts))


def source_line(source: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return outlet, title, author, day and hour, language and grade of a source."""
    author = labels["by_author"].format(author=source["author"]) if source["author"] else None
    grade = labels["grade"].format(grade=source["grade"]) if source["grade"] else None
    parts = [source["outlet"], source["title"], author, source["when"], source["language_name"], grade]
    return SEPARATOR.join(filter(None, parts))


def _outlets(label: str, outlets: Mapping[str, Any] | None) -> str | None:
    if outlets is None:
        return None
    named = ", ".join(f"{outlet['outlet']} [{outlet['number']}]" for outlet in outlets["named"])
    return f"{label} {named}" + (f" {outlets['others']}" if outlets["others"] else "")
