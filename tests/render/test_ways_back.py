"""From every number to its source, and from every source back to where it is cited first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from briefing.config import Page
from briefing.render import render
from tests.render.sample import rendered, sample_brief
from tests.render.test_fitting import long_day

if TYPE_CHECKING:
    from briefing.edition import Brief, Edition


def _html(made: Edition) -> str:
    assert made.problems == ()  # the typesetter tells of links that lead nowhere
    return dict(made.files)["brief.html"].decode()


def _ways(html: str) -> tuple[set[str], set[str], dict[str, set[str]]]:
    """Return the anchors, the sources that are cited, and where each source leads back to."""
    head, sources = html.split('id="sources"')
    rows = re.findall(r'<li[^>]* id="source-(\d+)"(.*?)</li>', sources, re.DOTALL)
    back = {number: set(re.findall(r'href="#([cln][\d-]+)"', row)) for number, row in rows}
    return set(re.findall(r'\bid="([^"]+)"', html)), set(re.findall(r'href="#source-(\d+)"', head)), back


def _made(brief: Brief, page: dict[str, Any]) -> Edition:
    return render(brief, formats=("html", "pdf"), page=Page.model_validate(page), templates=[])


PAGES: list[dict[str, Any]] = [
    {"template": "standard"},
    {"template": "compact"},
    {"template": "digest"},
    {"template": "standard", "size": "phone"},
    {"blocks": ["sections"]},
    {"blocks": ["front", "how"]},
    {"template": "digest", "blocks": ["also-today", "figures"]},
]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_source_that_is_cited_leads_back(page: dict[str, Any]) -> None:
    made = _made(sample_brief(), page) if "blocks" in page else rendered(**page)
    anchors, cited, back = _ways(_html(made))
    assert {number for number, ways in back.items() if ways} == cited
    assert set().union(*back.values()) <= anchors


@pytest.mark.long
@pytest.mark.parametrize("template", ["standard", "compact", "digest"])
def test_a_headline_alone_is_led_back_to(template: str) -> None:
    brief = long_day(60)
    told = tuple(replace(s, stories=s.stories[:1], more=s.stories[1:]) for s in brief.sections)
    anchors, cited, back = _ways(_html(_made(replace(brief, sections=told), {"template": template})))
    assert len(cited) > 30
    assert all(back[number] for number in cited)
    assert set().union(*back.values()) <= anchors


def test_the_place_and_the_page_are_told_apart() -> None:
    html = _html(rendered())
    assert "Named in <a" in html
    assert "p. " not in html.split('id="sources"')[1]  # pages are the PDF's
