"""A web server of each test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.collect.web import Web, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as found:
        yield found
