"""The sample brief, rendered once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.render.sample import rendered, sample_brief

if TYPE_CHECKING:
    from briefing.edition import Brief, Edition


@pytest.fixture(scope="session")
def brief() -> Brief:
    return sample_brief()


@pytest.fixture(scope="session")
def edition() -> Edition:
    return rendered()


@pytest.fixture(scope="session")
def files(edition: Edition) -> dict[str, bytes]:
    return dict(edition.files)


@pytest.fixture(scope="session")
def data(files: dict[str, bytes]) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files["brief.json"])
    return loaded
