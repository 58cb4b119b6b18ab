"""Names in one direction among words and digits in the other: each keeps its own, and none takes what follows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.config import Page
from briefing.edition import read_brief
from briefing.render import render
from briefing.verify import check_editions
from tests.render.sample import brief_of, sample_brief

ARABIC, LATIN = "صوت الميناء", "Harbour Wire"


def _html(language: str, template: str) -> str:
    brief = sample_brief(language)
    brief = replace(brief, edition=replace(brief.edition, handling="For the desk, not for print."))
    made = render(brief, formats=("html",), page=Page.model_validate({"template": template}), templates=[])
    return dict(made.files)["brief.html"].decode()


@pytest.mark.parametrize("template", ["standard", "compact", "digest"])
def test_a_name_of_the_other_direction_says_so(template: str) -> None:
    english, arabic = _html("en", template), _html("ar", template)
    assert f'<span dir="rtl">{ARABIC}</span>' in english
    assert f'<span dir="ltr">{LATIN}</span>' not in english
    assert f'<span dir="ltr">{LATIN}</span>' in arabic
    assert f'<span dir="rtl">{ARABIC}</span>' not in arabic
    assert '<p class="handling"><span dir="ltr">For the desk, not for print.</span></p>' in arabic


@pytest.mark.parametrize("template", ["standard", "compact"])
def test_names_in_a_list_stand_apart(template: str) -> None:
    brief = brief_of()
    brief = replace(brief, silent=replace(brief.silent, outlets=(LATIN, ARABIC)))
    made = render(
        brief, formats=("html", "pdf", "json"), page=Page.model_validate({"template": template}), templates=[]
    )
    files = dict(made.files)
    assert f'{LATIN}, <span dir="rtl">{ARABIC}</span>' in files["brief.html"].decode()
    assert made.problems == ()
    assert check_editions(read_brief(files["brief.json"]), files) == ()
