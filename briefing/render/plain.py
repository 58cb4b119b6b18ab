"""The plain text edition, for the body of a mail."""

from __future__ import annotations

from textwrap import TextWrapper
from typing import TYPE_CHECKING, Any

from briefing.render.byline import SILENT, account_line, byline, difference_line, source_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WIDTH = 72
"""Characters in a line (RFC 3676 § 4.2 counsels 78 at the most)."""
RULES = {2: "-", 3: "."}
"""What a heading of a level is underlined with."""


def plain_text(view: Mapping[str, Any]) -> str:
    """Return the whole brief."""
    blocks = [*_head(view), *_sections(view), *_gaps(view), *_sources(view), *_how(view)]
    return "\n\n".join(blocks) + "\n"


def _head(view: Mapping[str, Any]) -> Iterator[str]:
    edition, labels = view["edition"], view["labels"]
    head = [edition["marking"], edition["handling"], edition["title"], edition["issue"], edition["date"]]
    facts = [f"{fact['name']}{labels['colon']}{fact['value']}" for fact in edition["facts"]]
    yield "\n".join(filter(None, [*head, *facts]))
    yield from _note(view["note"], labels)
    if view["no_article"]:
        yield view["no_article"]
    if view["bottom_line"]:
        yield _heading(labels["bottom_line"])
        yield _wrapped(_sentence(view["bottom_line"]["sentence"]))
    if view["key_points"]:
        yield _heading(labels["key_points"])
        for point in view["key_points"]:
            yield _item(f"{point['section']}{labels['colon']}{_sentence(point['sentence'])}")
    yield _wrapped(
        f"{labels['numbers']}{labels['colon']}" + " · ".join(f"{n['value']} {n['name']}" for n in view["numbers"])
    )
    if view["history"]:
        title = f"{view['history']['title']} ({view['history']['span']}){labels['colon']}".rstrip()
        yield "\n".join([title, *(_item(row["line"]) for row in view["history"]["rows"])])


def _sections(view: Mapping[str, Any]) -> Iterator[str]:
    for section in (*view["sections"], view["also_today"]):
        if section is view["also_today"]:
            yield from _figures(view)
        if section["shown"]:
            yield _heading(section["title"], RULES[section["level"]])
        yield from _note(section["note"], view["labels"])
        if section["when_empty"]:
            yield _wrapped(f"{view['labels']['from_the_desk']}{view['labels']['colon']}{section['when_empty']}")
        for story in section["stories"]:
            yield _story(story, view["labels"])
        if section["more"]:
            lines = [_item(_headline(story, view["labels"])) for story in section["more"]]
            yield "\n".join([f"{section['more_label']}{view['labels']['colon']}".rstrip(), *lines])


def _figures(view: Mapping[str, Any]) -> Iterator[str]:
    if view["figures"]["shown"]:
        yield _heading(view["figures"]["title"])
        for difference in view["figures"]["differences"]:
            lines = [_item(f"{_sentence(a)} · {account_line(a, view['labels'])}") for a in difference["accounts"]]
            yield "\n".join([_wrapped(difference_line(difference, view["labels"])), *lines])


def _note(note: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> Iterator[str]:
    """Yield an editor's note behind a bar, so that nobody takes it for a quotation."""
    if note:
        paragraphs = ["".join(map(_span, paragraph["spans"])) for paragraph in note]
        yield "\n|\n".join(_fill(text, first="| ", rest="| ") for text in (labels["editors_note"], *paragraphs))


def _span(span: Mapping[str, Any]) -> str:
    address = span["link"]["href"].removeprefix("mailto:") if span["link"] else span["text"]
    return span["text"] if address == span["text"] else f"{span['text']} ({address})"


def _story(story: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    paragraphs = [paragraph["space"].join(map(_sentence, paragraph["sentences"])) for paragraph in story["paragraphs"]]
    head = _wrapped(story["headline"] or labels["untitled"])
    return "\n".join([head, *map(_wrapped, paragraphs), _wrapped(f"({byline(story, labels)})")])


def _headline(story: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    lead = story["lead"]
    title = story["headline"] or story["opening"] or labels["untitled"]
    return f"{title} · {lead['outlet']} · {story['when']} [{lead['number']}]"


def _gaps(view: Mapping[str, Any]) -> Iterator[str]:
    gaps, labels = view["gaps"], view["labels"]
    yield _heading(labels["gaps"])
    silent = [
        _wrapped(labels[heading] + labels["colon"] + labels["comma"].join(gaps[key]))
        for key, heading in SILENT
        if gaps[key]
    ]
    left_out = [
        _item(labels["colon"].join([labels[heading], labels["comma"].join(group["origins"]), group["reason"]]))
        for key, heading in (("left_out", "left_out"), ("in_part", "printed_in_part"))
        for group in gaps[key]
    ]
    nothing = [] if gaps["left_out"] or view["no_article"] else [labels["nothing_left_out"]]
    yield "\n".join([labels["silence"], *silent, *nothing, *left_out])


def _sources(view: Mapping[str, Any]) -> Iterator[str]:
    for key, heading in (("quoted", "sources"), ("unquoted", "read_not_quoted")):
        if view["sources"][key]:
            yield _heading(view["labels"][heading])
            yield "\n".join(_source(source, view["labels"]) for source in view["sources"][key])


def _source(source: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    mark = f"[{source['number']}] "
    line = _fill(source_line(source, labels), first=mark, rest="    ")
    return line if source["link"] is None else f"{line}\n    {source['link']['href']}"


def _how(view: Mapping[str, Any]) -> Iterator[str]:
    yield _heading(view["labels"]["how_to_read"])
    yield "\n".join(_item(line) for line in view["how"])


def _sentence(sentence: Mapping[str, Any]) -> str:
    # the space does not break, so that the number stays with its sentence
    return f"{sentence['text']}\u00a0[{sentence['cite']['number']}]"


def _heading(title: str, rule: str = "-") -> str:
    return f"{title}\n{rule * min(len(title), WIDTH)}"


def _item(text: str) -> str:
    return _fill(text, first="- ", rest="  ")


def _wrapped(text: str) -> str:
    return _fill(text, first="", rest="")


def _fill(text: str, *, first: str, rest: str) -> str:
    wrapper = TextWrapper(
        WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.fill(text)
