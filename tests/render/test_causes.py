"""What readers are told of what is missing: kinds of causes, in the language of the brief, with counts."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import briefing
from briefing.config import Page
from briefing.models import NOT_COLLECTED, Problem
from briefing.render import render
from briefing.render.causes import cause, silence
from briefing.render.templates import template_folders
from briefing.render.words import Words, read_words
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("ar", "en", "fr", "pt")


def words_of(language: str) -> Words:
    return read_words(language, template_folders("standard", []), timezone="UTC")


def said_of_lost_documents() -> Iterator[str]:
    """Yield each reason that the readers of documents give where a document is lost, with a number for what varies."""
    for path in sorted((Path(briefing.__file__).parent / "extract").glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            match call:
                case ast.Call(func=ast.Name(id="problem"), args=[_, ast.Constant(value=str(reason))]):
                    yield reason
                case ast.Call(func=ast.Name(id="problem"), args=[_, ast.JoinedStr(values=parts)]):
                    yield "".join(str(part.value) if isinstance(part, ast.Constant) else "unlike 7" for part in parts)


def test_each_reason_for_which_a_document_is_lost_is_of_a_kind() -> None:
    reasons = list(said_of_lost_documents())
    assert len(reasons) > 25
    assert [reason for reason in reasons if cause(reason, words_of("fr")) == reason] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kinds_have_the_same_values_in_every_language(language: str) -> None:
    english, own = (dict(words_of(code).labels["causes"]) for code in ("en", language))
    places = [{name: sorted(re.findall(r"{\w+}", phrase)) for name, phrase in of.items()} for of in (english, own)]
    assert places[0] == places[1]


SILENCES = {
    "it is not there (404); it never answered": "n’existe plus, n’a jamais répondu",
    "no connection: timed out after 5 s; it last answered 2019-03-20 06:10": (
        "ne répond pas, dernière réponse\u00a0: 2019-03-20 06:10"
    ),
    "no network from 02:10 to 04:40": "pas de réseau de 02:10 à 04:40",
    "its robots.txt forbids it (`robots: ignore` asks all the same); it never answered": (
        "refuse de répondre, n’a jamais répondu"
    ),
    "entries between 20 Mar 02:10 and 20 Mar 05:10 may be missing: the feed held 10": (
        "des articles entre 20 Mar 02:10 et 20 Mar 05:10 peuvent manquer"
    ),
    "something new; said so": "something new; said so",
}


@pytest.mark.parametrize("reason", SILENCES)
def test_why_a_source_gave_nothing_is_said_in_the_language_of_the_brief(reason: str) -> None:
    assert silence(reason, words_of("fr")) == SILENCES[reason]


def test_what_many_documents_met_is_one_line_with_a_count() -> None:
    late = [
        Problem(
            origin=f"news/{day}.md",
            stage="read",
            reason=f"its date, 2019-04-{day:02}, is after the day of the brief and is left out",
            lost=False,
        )
        for day in range(1, 25)
    ]
    gone = Problem(origin="river", stage=NOT_COLLECTED, reason="it is gone for good (410); it never answered")
    brief = replace(sample_brief(), left_out=(*late, gone))
    text = render(brief, formats=("md",), page=Page(), templates=[]).files[0][1].decode()
    assert "- Dated after this edition, or illegibly: taken as undated (24 documents)\n" in text
    assert "- river: is no longer there, has never answered\n" in text


def test_a_kind_without_a_phrase_is_said_as_it_was_found() -> None:
    words = words_of("en")
    bare = replace(words, labels={**words.labels, "causes": {}})
    assert cause("a mail with no text", bare) == "a mail with no text"
