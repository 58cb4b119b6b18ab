"""What `briefing init` lays: the files of a new desk, for each kind of desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from briefing.config import schema_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STANDARD = "standard"
SCHEMA = "config.schema.json"
_IN_THE_CHECKOUT = b"$schema=docs/config.schema.json"


def lay(example: str) -> Mapping[str, bytes]:
    """Return the files of a new desk by their paths in it: config.yaml, its schema, seeds to build a first brief."""
    root = _root(example)
    files = {
        "config.yaml": (root / "config.yaml").read_bytes().replace(_IN_THE_CHECKOUT, b"$schema=" + SCHEMA.encode())
    }
    files[SCHEMA] = schema_text().encode()
    return files | {f"seeds/{path.name}": path.read_bytes() for path in _seeds(root)}


def _root(example: str) -> Path:
    """Return where an example lies; the standard one is the sample, in the package or beside it in a checkout."""
    package = Path(__file__).parents[1]
    if example != STANDARD:
        return package / "desks" / example
    packed = package / "sample"
    return packed if packed.is_dir() else package.parent


def _seeds(root: Path) -> Iterator[Path]:
    return (path for path in sorted((root / "seeds").iterdir()) if path.is_file())
