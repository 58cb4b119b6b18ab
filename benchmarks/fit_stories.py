"""`python -m benchmarks.fit_stories`: the weights of briefing/stories/same_event.py, fitted anew on the fitting halves.

Logistic regression with a ridge of 1 by Newton's method; each kind of day weighs the same, whatever its pairs. Only
pairs that the program compares are fitted. What is printed is rounded by hand to what stands in the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality.story_sets import alike, by_event, conflict, labels, same, undated
from briefing.stories.contradictions import facts_reader
from briefing.stories.same_event import WEIGHTS, Events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from benchmarks.quality.story_sets import Day, Truth

RIDGE = 1.0
ROUNDS = 60

Rows = list[tuple[list[float], bool]]


def main() -> None:
    """Print the weights."""
    kinds = [list(_pairs(days, truth)) for days, truth in _kinds()]
    features = np.array([row for kind in kinds for row, _ in kind])
    wanted = np.array([float(is_same) for kind in kinds for _, is_same in kind])
    weight = np.concatenate([np.full(len(kind), 1500 / len(kind)) for kind in kinds])
    for name, value in zip((*WEIGHTS, "bias"), fit(features, wanted, weight), strict=True):
        print(f"{name:8} {value:6.2f}")


def _kinds() -> Iterator[tuple[list[Day], Truth]]:
    truth = labels("en_syria_2011_2018")
    for length in (3, 30):
        days = conflict(0, days=length)
        yield days, truth
        yield undated(days), truth
    for topics in (20, 1):
        yield alike(0, topics=topics)
    days, truth = alike(0, topics=1)
    yield by_event(days, truth), truth


def _pairs(days: Iterable[Day], truth: Truth) -> Iterator[tuple[list[float], bool]]:
    for day in days:
        for one, other, features in Events(day, facts_reader()).compared():
            is_same = same(truth, one, other)
            if is_same is not None:
                yield list(features.values()), is_same


def fit(features: NDArray[np.float64], wanted: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a weight for each column of (pairs, features), the bias last."""
    rows = np.c_[features, np.ones(len(features))]
    ridge = np.diag([RIDGE] * features.shape[1] + [0.0])
    found = np.zeros(rows.shape[1])
    for _ in range(ROUNDS):
        guess = 1 / (1 + np.exp(-rows @ found))
        slope = rows.T @ (weight * (wanted - guess)) - ridge @ found
        curve = (rows * (weight * guess * (1 - guess))[:, None]).T @ rows + ridge
        found = found + np.linalg.solve(curve, slope)
    return found


if __name__ == "__main__":
    main()
