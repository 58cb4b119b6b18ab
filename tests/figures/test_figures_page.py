"""Where figures differ, on the page and in the proof: there where there is something, gone where there is nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from briefing.config import Page
from briefing.edition import as_data, read_brief
from briefing.render import render
from briefing.verify import check_editions, check_quotations
from tests.command import call
from tests.render.sample import sample_brief

if TYPE_CHECKING:
    from collections.abc import Callable

    from briefing.edition import Brief

ANCHOR = 'id="figures"'


def html(brief: Brief, **page: Any) -> str:  # noqa: ANN401 - settings of Page
    return dict(render(brief, formats=("html",), page=Page(**page), templates=[]).files)["brief.html"].decode()


@pytest.mark.parametrize("template", ["standard", "compact", "digest"])
def test_each_template_shows_every_account_with_its_citation(template: str) -> None:
    page = html(sample_brief(), template=template)
    block = page.split(ANCHOR, 1)[1].split("</section>", 1)[0]
    for words in ("About 1,400 passengers", "نحو 900 راكب", "Harbour Wire", "Port &lt;North&gt;"):
        assert words in block
    assert block.count('class="cite"') >= 2
    citation = block.split('class="cite" id="', 1)[1].split('"', 1)[0]
    if template != "compact":  # which leads back to the first citation alone
        assert f'href="#{citation}"' in page


@pytest.mark.parametrize("template", ["standard", "compact", "digest"])
def test_without_a_difference_there_is_no_trace_of_the_block(template: str) -> None:
    page = html(replace(sample_brief(), figures=()), template=template)
    assert ANCHOR not in page
    assert "Where figures differ" not in page


def test_a_desk_may_leave_the_block_out_or_move_it() -> None:
    assert ANCHOR not in html(sample_brief(), blocks=["front", "sections", "also-today"])
    moved = html(sample_brief(), blocks=["figures", "front", "sections"])
    assert moved.index(ANCHOR) < moved.index('class="front')


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_its_words_are_in_the_language_of_the_brief(language: str) -> None:
    view = html(sample_brief(language))
    told = {"en": "Remaining", "fr": "Restés", "ar": "الباقون"}
    assert told[language] in view.split(ANCHOR, 1)[1]


def test_every_passage_is_proved() -> None:
    assert check_quotations(sample_brief()) == ()
    assert sample_brief().figures[0].accounts[1].copies


TAMPERED: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("not what stands at", lambda account: account.update(text="About 1,500 passengers")),
    ("not what stands at", lambda account: account["told_by"].update(text="nobody")),
    ("not what stands at", lambda account: account["sentence"].update(end=account["sentence"]["end"] - 1)),
    ("outside its sentence", lambda account: account["sentence"].update(start=account["end"], text="x")),
    ("is quoted but not listed", lambda account: account.update(article="0" * 12)),
    ("which is not listed", lambda account: account.update(copies=["0" * 12])),
]


@pytest.mark.parametrize(("message", "change"), TAMPERED, ids=range(len(TAMPERED)))
def test_what_was_changed_is_told(message: str, change: Callable[[dict[str, Any]], object]) -> None:
    data = as_data(sample_brief())
    change(data["figures"][0]["accounts"][0])
    assert any(message in wrong for wrong in check_quotations(read_brief(json.dumps(data).encode())))


def test_an_edition_from_before_there_were_figures_is_still_proved() -> None:
    data = as_data(sample_brief())
    del data["figures"]
    assert check_quotations(read_brief(json.dumps(data).encode())) == ()


def test_a_file_that_lost_a_figure_is_told_and_one_without_the_block_is_not() -> None:
    brief = sample_brief()
    (difference,) = brief.figures
    fresh = tuple(replace(one, text=f"{n} rafts") for n, one in enumerate(difference.accounts))
    brief = replace(brief, figures=(replace(difference, accounts=fresh),))
    whole = html(brief)
    assert check_editions(brief, {"brief.html": whole.encode()}) == ()
    assert check_editions(brief, {"brief.html": whole.replace("1 rafts", "rafts").encode()}) == (
        "brief.html: does not hold the figure '1 rafts'",
    )
    assert check_editions(brief, {"brief.html": html(brief, blocks=["front", "sections", "also-today"]).encode()}) == ()


def test_explain_tells_what_others_count_differently() -> None:
    told = call("explain", "seeds/2019-03-20-screening-field.md", "--date", "2019-03-21").stdout
    assert "Some 300 ISIS fighters (Euphrates Monitor); About 500 men (Eastbank Dispatch)" in told
