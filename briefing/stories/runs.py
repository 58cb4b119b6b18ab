"""Rows of numbers in order, as runs of equal ones: what an inverted index of a whole day is looked through with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Numbers = NDArray[np.int64] | NDArray[np.int32]

BLOCK = 250_000
"""Pairs that are held at once, 20 MB."""


def starts_of(ordered: Numbers) -> NDArray[np.int64]:
    """Return, for each number of a row in order, where the run of those equal to it starts."""
    first = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))
    return np.repeat(first, np.diff(first, append=len(ordered)))


def ranks_of(ordered: Numbers) -> NDArray[np.int64]:
    """Return, for each number of a row in order, how many equal ones stand before it."""
    return np.arange(len(ordered)) - starts_of(ordered)


def spans(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of spans, one behind the other: from each start on, so many."""
    return np.arange(lengths.sum()) + np.repeat(starts - np.cumsum(lengths) + lengths, lengths)


def in_blocks(whose: Numbers, times: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield the places of entries, those of one article together, in blocks that come to some `BLOCK` times."""
    order = np.argsort(whose, kind="stable")
    order = order[times[order] > 0]
    total = np.cumsum(np.bincount(whose[order], weights=times[order]))
    blocks = (total // BLOCK)[whose[order]]
    yield from np.split(order, np.flatnonzero(np.diff(blocks)) + 1)


def pairs_in(rows: bytes, kind: type[np.int32 | np.int64]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of two rows of numbers that stand one behind the other, without listing them all at once."""
    first, second = np.frombuffer(rows, kind).reshape(2, -1)
    for start in range(0, len(first), BLOCK):
        yield from zip(first[start : start + BLOCK].tolist(), second[start : start + BLOCK].tolist(), strict=True)
