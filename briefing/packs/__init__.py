"""The vocabulary of one domain, as data: `use: conflict` in config.yaml adds it to what any desk knows.

A pack is a folder beside this file. `words.yaml` holds `aliases` as config.yaml has them: names and notions for the
terms of sections. `en.toml` and its like add lists to the language file of that name in `briefing/languages`, and
`mul.toml` to what is the same in any language. Each of these files may be missing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from briefing.languages import Language, extended, language_data

FOLDER = Path(__file__).parent
"""Where the packs lie."""


def packs() -> tuple[str, ...]:
    """Return the names of all packs, sorted."""
    return tuple(sorted(one.name for one in FOLDER.iterdir() if one.is_dir() and not one.name.startswith("_")))


def aliases_of(pack: str) -> str:
    """Return a pack's names and notions as YAML, a block `aliases`; empty where it has none."""
    return _text(FOLDER / pack / "words.yaml")


@cache
def vocabulary(language: str, used: tuple[str, ...] = ()) -> Language:
    """Return what is known of a language, with what the packs in use add.

    Raises ValueError for a table that nothing reads, with its place.
    """
    known = language_data(language)
    for pack in used:
        known = extended(known, _text(FOLDER / pack / f"{language}.toml"), place=f"{pack}/{language}")
    return known


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
