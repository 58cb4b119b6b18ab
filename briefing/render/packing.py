"""Makes the bytes of a PDF's objects once.

The file's identifier is a hash of them all, for which pydyf makes and compresses each a second time. It saves a
fortieth of the time in which a brief is set, and changes no byte.
"""

from __future__ import annotations

from typing import Any


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
