"""Lines of a stream, read ahead only as far as they are there: who waits for an answer gets it before the next line."""

from __future__ import annotations

import select
from collections import deque
from io import UnsupportedOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BufferedReader, BytesIO

Numbered = tuple[int, bytes]
"""A line and its number, from 1; empty lines count, and are left out."""
PIECE = 1 << 20


class Lines:
    """The lines of a stream that are not empty, in order."""

    def __init__(self, stream: BufferedReader | BytesIO) -> None:
        self._stream = stream
        self._waiting: deque[Numbered] = deque()
        self._begun: list[bytes] = []
        self._number = 0
        self._ended = False

    def first(self) -> bytes:
        """Return the first line that is left, and leave it there; b"" where there is none."""
        self._wait()
        return self._waiting[0][1] if self._waiting else b""

    def rest(self) -> bytes:
        """Return all that is left, to the end; lines of blanks alone come out empty."""
        while not self._ended:
            self._read()
        numbers = (1, *(number for number, _ in self._waiting))
        return b"".join(
            b"\n" * (number - before) + line for before, (number, line) in zip(numbers, self._waiting, strict=False)
        )

    def take(self, most: int) -> list[Numbered]:
        """Return up to so many of the lines that are there; the next one is waited for, so that none means the end."""
        self._wait()
        return [self._waiting.popleft() for _ in range(self.there(most))]

    def there(self, most: int) -> int:
        """Return how many lines can be had without waiting, up to so many."""
        while len(self._waiting) < most and not self._ended and self._is_ready():
            self._read()
        return min(most, len(self._waiting))

    def _wait(self) -> None:
        while not self._waiting and not self._ended:
            self._read()

    def _is_ready(self) -> bool:
        try:
            return bool(select.select([self._stream.fileno()], [], [], 0)[0])
        except UnsupportedOperation:
            return True  # no file of the system's: it holds what it has

    def _read(self) -> None:
        piece = self._stream.read1(PIECE)  # what is there, without a wait for more
        head, *complete = piece.split(b"\n")
        self._begun.append(head)
        for following in complete:
            self._end_line()
            self._begun = [following]
        if not piece:
            self._ended = True
            self._end_line()

    def _end_line(self) -> None:
        self._number += 1
        line = b"".join(self._begun)
        if line.strip():
            self._waiting.append((self._number, line))
