"""Documents are set in type by typesetters that start warm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forge import Forge, start_warm

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def forge() -> Iterator[Forge]:
    started = Forge()
    yield started
    started.close()


@pytest.fixture(autouse=True)
def warm(forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each typesetter warm; a module that tests how one starts and ends has a `warm` of its own."""
    start_warm(forge, monkeypatch)
