"""Who is named and was not heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.compose import silence_of
from briefing.config import Config
from briefing.edition import Silence
from briefing.models import Article, Paragraph

ARTICLE = Article(id="a" * 12, origin="in/a.md", title=None, paragraphs=(Paragraph(text="Rain."),), sha256="0" * 64)
CONFIG = Config.model_validate(
    {
        "sources": [{"folder": "wires"}, {"folder": "mail", "name": "letters"}],
        "outlets": {"Harbour Wire": {"grade": "C"}, "Upland Echo": {}},
        "sections": [{"id": "sea", "title": "The sea", "terms": {"en": ["sea"]}}],
    }
)


@pytest.mark.parametrize(
    ("found", "silent"),
    [
        ([("Harbour Wire", "wires"), ("Upland Echo", "letters")], Silence()),
        ([("Harbour Wire", "wires")], Silence(outlets=("Upland Echo",), sources=("letters",))),
        ([(None, "letters")], Silence(outlets=("Harbour Wire", "Upland Echo"), sources=("wires",))),
        ([("Upland Echo", "")], Silence(outlets=("Harbour Wire",))),  # other files stand in for the sources
    ],
)
def test_whoever_is_named_and_brings_nothing_is_silent(found: list[tuple[str | None, str]], silent: Silence) -> None:
    articles = [replace(ARTICLE, outlet=outlet, source=source) for outlet, source in found]
    assert silence_of(articles, CONFIG) == silent
