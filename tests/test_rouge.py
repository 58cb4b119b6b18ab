from __future__ import annotations

import pytest

from benchmarks.quality.rouge import f1, mean_f1, tokens


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("L'été à Nîmes, déjà !", "fr", ("l", "été", "à", "nîmes", "déjà")),
        ("e\u0301te\u0301", "fr", ("été",)),
        ("قالَ الوزير: «نعم»", "ar", ("قال", "الوزير", "نعم")),
        ("Running dogs ran 1,200 miles", "en", ("run", "dog", "ran", "1", "200", "mile")),
        ("it was so", "en", ("it", "was", "so")),
        ("snake_case", "fr", ("snake", "case")),
        ("…", "fr", ()),
    ],
)
def test_tokens(text: str, language: str, expected: tuple[str, ...]) -> None:
    assert tokens(text, language) == expected


@pytest.mark.parametrize(
    ("candidate", "reference", "n", "expected"),
    [
        ("police killed the gunman", "police kill the gunman", 1, 75.0),
        ("police killed the gunman", "police kill the gunman", 2, 100 / 3),
        ("the gunman kill police", "police kill the gunman", 1, 100.0),
        ("the gunman kill police", "police kill the gunman", 2, 100 / 3),
        ("the the the", "the cat", 1, 40.0),
        ("a", "a b", 2, 0.0),
        ("", "a b", 1, 0.0),
    ],
)
def test_f1(candidate: str, reference: str, n: int, expected: float) -> None:
    assert f1(candidate.split(), reference.split(), n) == pytest.approx(expected)


def test_several_references_are_averaged() -> None:
    assert mean_f1("a b", ["a b", "c d"], 1, language="fr") == 50.0
