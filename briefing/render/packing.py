"""Makes the bytes of a PDF's objects once, and quickly.

The file's identifier is a hash of them all, for which pydyf makes and compresses each a second time. Both save a
fortieth of the time in which a brief is set.
"""

from __future__ import annotations

import zlib
from typing import Any

LEVEL = 6
"""Of compression: pydyf's 9 takes three times as long, and makes the file a twentieth smaller."""


def pack(pdf: Any) -> None:  # noqa: ANN401 - pydyf.PDF ships no types
    """Put in place of each object its bytes; nothing in the file may be changed any more."""
    import pydyf  # type: ignore[import-untyped]  # ships no types

    class Packed(pydyf.Object):  # type: ignore[misc]  # the same
        """An object that is written already."""

        data, compressible = b"", True

        def __init__(self, item: Any) -> None:  # noqa: ANN401 - the same
            super().__init__()
            self.number, self.generation, self.free = item.number, item.generation, item.free
            self.data, self.compressible = item.data, item.compressible

    # the first object is the head of the list of free ones, and has no bytes (ISO 32000-1, 7.5.4)
    pdf.objects[:] = [item if item.free == "f" else Packed(item) for item in pdf.objects]


def compress_quickly() -> None:
    """Let pydyf compress at our level, from now on in this process."""
    import pydyf

    class Quick:
        """zlib with the level chosen."""

        def __getattr__(self, name: str) -> object:
            return getattr(zlib, name)

        def compressobj(self, *_: int, **__: int) -> object:
            """Return a compressor."""
            return zlib.compressobj(LEVEL)

    pydyf.zlib = Quick()
