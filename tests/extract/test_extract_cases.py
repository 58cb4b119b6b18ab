"""Every kind of document, read from a file: the whole of what comes out is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.config import Limits
from briefing.extract import EXTRACTORS
from briefing.extract.media_types import media_type
from tests.extract.reading_cases import CASES, as_data, document_of, expected_of, extraction_of


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path) -> None:
    assert as_data(extraction_of(case)) == expected_of(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_identity_is_stable_and_unique(case: Path) -> None:
    first, again = extraction_of(case), extraction_of(case)
    assert first == again
    ids = [article.id for article in first.articles]
    assert len(set(ids)) == len(ids)
    assert all(len(one) == 12 and int(one, 16) >= 0 for one in ids)


def test_every_media_type_has_a_case() -> None:
    kinds = {media_type(document_of(case)) for case in CASES}
    assert set(EXTRACTORS) <= kinds


def test_limits_have_their_defaults() -> None:
    assert (Limits().page_bytes, Limits().text_chars, Limits().seconds) == (2_000_000, 200_000, 20.0)
