"""Documents are set in type by typesetters that start warm, and what must always hold is tried however slow it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.forge import Forge, start_warm

if TYPE_CHECKING:
    from collections.abc import Iterator

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the commands that tests run keep nothing in the home of whoever runs them."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    started = Forge()
    yield started
    started.close()


@pytest.fixture(autouse=True)
def warm(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each typesetter warm; a module that tests how one starts and ends has a `warm` of its own."""
    start_warm(forge, monkeypatch)
