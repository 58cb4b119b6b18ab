"""A typesetter that starts warm is as a fresh one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.config import Page
from briefing.errors import RenderError
from briefing.render import render
from briefing.render.pdf import Limits, typesetter_for
from tests.forge import Forge, start_warm

if TYPE_CHECKING:
    from briefing.edition import Brief


@pytest.fixture
def warm() -> None:
    """Start each typesetter fresh until a test says otherwise."""


@pytest.mark.long
def test_it_sets_the_same_bytes_and_fails_alike(brief: Brief, forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    compact = Page.model_validate({"template": "compact"})
    fresh = render(brief, formats=("pdf",), page=Page(), templates=[])
    start_warm(forge, monkeypatch)
    between = render(brief, formats=("pdf",), page=compact, templates=[])
    assert between.files != fresh.files
    with typesetter_for(("pdf",), Limits(memory_bytes=1_000_000)) as small, pytest.raises(RenderError, match="not set"):
        render(brief, formats=("pdf",), page=Page(), templates=[], typesetter=small)
    assert render(brief, formats=("pdf",), page=Page(), templates=[]) == fresh
