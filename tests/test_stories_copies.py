"""What makes an article a copy: rows at, just under and just over each bound of `near_duplicates`."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from briefing.models import Ranked
from briefing.stories.compared import Compared, compared
from briefing.stories.contradictions import facts_of
from briefing.stories.near_duplicates import near_duplicates
from tests.making import article, ranked

EARLIER = ranked(article("One line stays here.", origin="in/1.txt"))
LATER = ranked(article("One line stays here.", origin="in/2.txt"))


def worded(given: Ranked, *, shared: int, own: int) -> Ranked:
    """Give an article as many words that both have, followed by as many of its own."""
    words = tuple(f"both{n}" for n in range(shared)) + tuple(f"{given.article.origin}{n}" for n in range(own))
    sentence = replace(given.text.sentences[0], words=words, stems=words)
    return replace(given, text=replace(given.text, sentences=(sentence,)))


def copied(*, shared: int, lengths: tuple[int, int], heads: int = 100) -> bool:
    """Tell whether the later article is a copy; `heads` in a hundred stems of its beginning stand in the other."""
    first, later = (
        worded(given, shared=shared, own=length - shared)
        for given, length in zip((EARLIER, LATER), lengths, strict=True)
    )

    def read(of: Ranked) -> Compared:
        head = frozenset(str(n) for n in range(100))
        other = frozenset(str(n) for n in range(heads))
        return replace(compared(of), said=pickle.dumps(replace(facts_of(of), head=head, stems=other)))

    return [(copy, original) for copy, original, _ in near_duplicates([first, later], read)] == [(1, 0)]


@pytest.mark.parametrize(
    ("shared", "lengths", "expected"),
    [
        # RESEMBLANCE, 130 shingles each: 59 of 201, 60 of 200 (three tenths), 61 of 199
        (62, (133, 133), False),
        (63, (133, 133), True),
        (64, (133, 133), True),
        # CONTAINMENT, the shorter has 100 shingles: 59, 60 (six tenths) and 61 of them
        (62, (103, 1003), False),
        (63, (103, 1003), True),
        (64, (103, 1003), True),
        (62, (1003, 103), False),
        (63, (1003, 103), True),
        (64, (1003, 103), True),
        # three words in common are less than one SHINGLE, four are one
        (3, (3, 9), False),
        (4, (4, 9), True),
        (5, (5, 9), True),
    ],
)
def test_how_much_two_articles_share(shared: int, lengths: tuple[int, int], expected: bool) -> None:  # noqa: FBT001 - a row
    assert copied(shared=shared, lengths=lengths) is expected


@pytest.mark.parametrize(("heads", "expected"), [(24, False), (25, True), (26, True)])
def test_how_much_of_its_beginning_the_other_has(heads: int, expected: bool) -> None:  # noqa: FBT001 - a row
    assert copied(shared=63, lengths=(133, 133), heads=heads) is expected
