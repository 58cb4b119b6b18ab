"""What a day holds of each article, put aside in a file that nobody else can open, and fetched when it is asked for.

A large day does not fit into memory: of each article it keeps its title, outlet, day and the like, and `Part`s that
stand for its paragraphs and sentences. Where the disk is full they stay in memory, packed.
"""

from __future__ import annotations

import gc
import os
import pickle
import tempfile
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, cast, overload
from weakref import finalize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import FileIO
    from pathlib import Path

Item = TypeVar("Item")
Key = TypeVar("Key")

HELD = 400
"""Records that are held as they are: those that were asked for last."""
LEFT = 4_000
"""Records that come and go before what they leave is given back: half of a day's memory would be such holes, and to
close them takes a hundredth of a second."""


class Shelf:
    """Records, each a tuple of tuples, by their numbers."""

    def __init__(self, folder: Path | None = None) -> None:
        """Keep them in a file without a name, in a folder or where the system has such files."""
        self._file: FileIO | None = None
        with suppress(OSError):
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - it lives as long as the shelf
            finalize(self, self._file.close)
        self._starts, self._sizes = array("Q"), array("L")
        self._end = 0
        self._in_memory: dict[int, bytes] = {}
        self._held: OrderedDict[int, tuple[tuple[Any, ...], ...]] = OrderedDict()
        self._lock = Lock()
        self._moved = 0

    def put(self, *record: tuple[Item, ...]) -> tuple[Part[Any], ...]:
        """Put some tuples aside together; return what stands for each."""
        number = self.keep(*record)
        return tuple(Part(self, number, place) for place in range(len(record)))

    def keep(self, *record: tuple[Item, ...]) -> int:
        """Put some tuples aside together; return their number."""
        return self.keep_bytes(zlib.compress(pickle.dumps(record, pickle.HIGHEST_PROTOCOL), 1))

    def keep_bytes(self, packed: bytes) -> int:
        """Put bytes aside as they are; return their number."""
        self._count()
        with self._lock:
            number = len(self._starts)
            self._starts.append(self._end)
            self._sizes.append(len(packed))
            if not self._written(packed):
                self._in_memory[number] = packed
        return number

    def _written(self, packed: bytes) -> bool:
        if self._file is None:
            return False
        try:
            written = os.pwrite(self._file.fileno(), packed, self._end)
        except OSError:
            return False
        if written < len(packed):
            return False
        self._end += len(packed)
        return True

    def fetch(self, number: int) -> tuple[tuple[Any, ...], ...]:
        """Return a record."""
        with self._lock:
            if number in self._held:
                self._held.move_to_end(number)
                return self._held[number]
        self._count()
        record: tuple[tuple[Any, ...], ...] = pickle.loads(zlib.decompress(self.fetch_bytes(number)))  # noqa: S301 - its own
        with self._lock:
            self._held[number] = record
            if len(self._held) > HELD:
                self._held.popitem(last=False)
        return record

    def _count(self) -> None:
        self._moved += 1
        if self._moved % LEFT == 0:
            give_back()

    def fetch_bytes(self, number: int) -> bytes:
        """Return bytes that were put aside."""
        packed = self._in_memory.get(number)
        if packed is None and self._file is not None:
            packed = os.pread(self._file.fileno(), self._sizes[number], self._starts[number])
        return packed or b""


def give_back(*, rings: bool = False) -> None:
    """Have the system take back memory that is free; the C library of Linux alone keeps it, and knows how.

    What only holds itself, in `rings`, is freed before, which takes as long as a few articles.
    """
    import ctypes

    if rings:
        gc.collect()
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


class Shelved(Mapping[Key, Item]):
    """Values by their names, each of which lies on a shelf: pickled, or as `pack` makes bytes of it."""

    def __init__(
        self, shelf: Shelf, pack: Callable[[Item], bytes] | None = None, unpack: Callable[[bytes], Item] | None = None
    ) -> None:
        self._shelf, self._pack, self._unpack = shelf, pack, unpack
        self._numbers: dict[Key, int] = {}

    def __setitem__(self, name: Key, value: Item) -> None:
        shelf = self._shelf
        self._numbers[name] = shelf.keep((value,)) if self._pack is None else shelf.keep_bytes(self._pack(value))

    def __getitem__(self, name: Key) -> Item:
        number = self._numbers[name]
        if self._unpack is not None:
            return self._unpack(self._shelf.fetch_bytes(number))
        return cast("Item", self._shelf.fetch(number)[0][0])

    def __contains__(self, name: object) -> bool:
        return name in self._numbers

    def __iter__(self) -> Iterator[Key]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Part(Sequence[Item]):
    """A tuple that lies on a shelf; it is equal to that tuple, hashes, prints and is pickled as it."""

    __slots__ = ("_number", "_place", "_shelf")

    def __init__(self, shelf: Shelf, number: int, place: int) -> None:
        self._shelf, self._number, self._place = shelf, number, place

    def _whole(self) -> tuple[Item, ...]:
        return self._shelf.fetch(self._number)[self._place]

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, at: int | slice) -> Item | tuple[Item, ...]:
        return self._whole()[at]

    def __len__(self) -> int:
        return len(self._whole())

    def __iter__(self) -> Iterator[Item]:
        return iter(self._whole())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (tuple, Part)) and self._whole() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._whole())

    def __repr__(self) -> str:
        return repr(self._whole())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._whole(),)
