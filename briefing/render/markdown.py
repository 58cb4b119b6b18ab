"""The Markdown edition, for wikis and chats: CommonMark without HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing.render.byline import SILENT, account_line, byline, difference_line, source_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# CommonMark 0.31 § 2.4 lets a backslash stand before any ASCII punctuation. These mean something inside a line; those
# of the second pattern mean something at its start alone.
_INLINE = re.compile(r"([\\`*_\[\]<>~|]|&(?=[#\w]))")
_START = re.compile(r"^(\s*)([#+=-]|\d{1,9}(?=[.)]))")


def markdown(view: Mapping[str, Any]) -> str:
    """Return the whole brief."""
    blocks = [*_head(view), *_sections(view), *_gaps(view), *_sources(view), *_how(view)]
    return "\n\n".join(blocks) + "\n"


def escape_inside(text: str) -> str:
    """Return text that Markdown shows as it stands where it is not the beginning of a line."""
    return _INLINE.sub(r"\\\1", text)


def escape(text: str) -> str:
    """Return text that Markdown shows as it stands."""
    escaped = escape_inside(text)
    start = _START.match(escaped)
    if start is None:
        return escaped
    at = start.start(2) if not start[2].isdigit() else start.end(2)
    return f"{escaped[:at]}\\{escaped[at:]}"


def _head(view: Mapping[str, Any]) -> Iterator[str]:
    edition, labels = view["edition"], view["labels"]
    yield f"# {escape(edition['title'])}"
    marking = f"**{escape(edition['marking'])}**" if edition["marking"] else None
    handling = escape(edition["handling"]) if edition["handling"] else None
    yield " · ".join(filter(None, [marking, handling, edition["issue"], edition["date"]]))
    yield "\n".join(f"- {fact['name']}{labels['colon']}{escape(fact['value'])}" for fact in edition["facts"])
    yield from _note(view["note"], labels)
    if view["no_article"]:
        yield view["no_article"]
    if view["bottom_line"]:
        yield f"## {labels['bottom_line']}"
        yield f"> {_sentence(view['bottom_line']['sentence'])}"
    if view["key_points"]:
        yield f"## {labels['key_points']}"
        yield "\n".join(
            f"- **{escape(p['section'])}**{labels['colon']}{_sentence(p['sentence'])}" for p in view["key_points"]
        )
    yield labels["numbers"] + labels["colon"] + " · ".join(f"{n['value']} {n['name']}" for n in view["numbers"])
    if view["history"]:
        rows = " · ".join(escape(row["line"]) for row in view["history"]["rows"])
        yield f"{view['history']['title']} ({view['history']['span']}){labels['colon']}{rows}"


def _sections(view: Mapping[str, Any]) -> Iterator[str]:
    labels = view["labels"]
    for section in (*view["sections"], view["also_today"]):
        mark = "#" * section["level"]
        if section is view["also_today"]:
            yield from _figures(view)
        if section["shown"]:
            yield f"{mark} {escape(section['title'])}"
        yield from _note(section["note"], labels)
        if section["when_empty"]:
            yield f"**{labels['from_the_desk']}**{labels['colon']}{escape(section['when_empty'])}"
        for story in section["stories"]:
            yield from _story(story, view, mark=f"{mark}#")
        if section["more"]:
            yield (section["more_label"] + labels["colon"]).rstrip()
            yield "\n".join(f"- {_headline(story, view)}" for story in section["more"])


def _figures(view: Mapping[str, Any]) -> Iterator[str]:
    if view["figures"]["shown"]:
        yield f"## {escape(view['figures']['title'])}"
        for difference in view["figures"]["differences"]:
            yield f"**{escape(difference_line(difference, view['labels']))}**"
            yield "\n".join(
                f"- {_sentence(account)} · {escape_inside(account_line(account, view['labels']))}"
                for account in difference["accounts"]
            )


def _note(note: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> Iterator[str]:
    """Yield an editor's note between rules, so that nobody takes it for a quotation."""
    if note:
        yield "***"
        yield f"**{labels['editors_note']}**"
        yield from (_paragraph(paragraph["spans"]) for paragraph in note)
        yield "***"


def _paragraph(spans: Sequence[Mapping[str, Any]]) -> str:
    first, *rest = spans
    return _span(first, escape(first["text"])) + "".join(_span(span, escape_inside(span["text"])) for span in rest)


def _span(span: Mapping[str, Any], text: str) -> str:
    return text if span["link"] is None else f"[{text}](<{span['link']['href']}>)"


def _story(story: Mapping[str, Any], view: Mapping[str, Any], *, mark: str) -> Iterator[str]:
    yield f"{mark} {escape(story['headline'] or view['labels']['untitled'])}"
    for paragraph in story["paragraphs"]:
        yield paragraph["space"].join(_sentence(sentence) for sentence in paragraph["sentences"])
    yield escape(byline(story, view["labels"]))


def _headline(story: Mapping[str, Any], view: Mapping[str, Any]) -> str:
    title = story["headline"] or story["opening"] or view["labels"]["untitled"]
    return f"{escape(title)} · {escape(story['lead']['outlet'])} · {story['when']} {_number(story['lead'])}"


def _sentence(sentence: Mapping[str, Any]) -> str:
    return f"{escape(sentence['text'])} {_number(sentence['cite'])}"


def _number(cite: Mapping[str, Any]) -> str:
    """Return the citation number, a link to the article itself where it has an address."""
    number = f"\\[{cite['number']}\\]"
    return number if cite["link"] is None else f"[{number}](<{cite['link']['href']}>)"


def _gaps(view: Mapping[str, Any]) -> Iterator[str]:
    gaps, labels = view["gaps"], view["labels"]
    yield f"## {labels['gaps']}"
    yield labels["silence"]
    for key, heading in SILENT:
        if gaps[key]:
            yield labels[heading] + labels["colon"] + escape(labels["comma"].join(gaps[key]))
    if not gaps["left_out"] and not view["no_article"]:
        yield f"### {labels['left_out']}"
        yield labels["nothing_left_out"]
    for key, heading in (("left_out", "left_out"), ("in_part", "printed_in_part")):
        if gaps[key]:
            yield f"### {labels[heading]}"
            yield "\n".join(
                f"- {escape(g['reason'])}{labels['colon']}{escape(labels['comma'].join(g['origins']))}"
                for g in gaps[key]
            )


def _sources(view: Mapping[str, Any]) -> Iterator[str]:
    for key, heading in (("quoted", "sources"), ("unquoted", "read_not_quoted")):
        if view["sources"][key]:
            yield f"## {view['labels'][heading]}"
            yield "\n".join(_source(source, view["labels"]) for source in view["sources"][key])


def _source(source: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    link = source["link"]
    address = "" if link is None else f" · [{escape(link['host'])}](<{link['href']}>)"
    return f"{source['number']}. {escape(source_line(source, labels))}{address}"


def _how(view: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {view['labels']['how_to_read']}"
    yield "\n".join(f"- {escape(line)}" for line in view["how"])
