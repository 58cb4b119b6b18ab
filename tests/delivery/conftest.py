"""Where the tests of delivery work."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.delivery.simulation import MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """Return a folder in memory, where there is such a file system: a ledger waits for the disk at every step."""
    if MEMORY.is_dir():
        with tempfile.TemporaryDirectory(dir=MEMORY, prefix="briefing-") as folder:
            yield Path(folder)
    else:
        yield tmp_path
