"""How often a word is used in a language: what tells a rare word from a plain one, whatever a day is about.

Figures are those of wordfreq's small lists (Speer 2022): some thirty thousand words a language, down to one in a
million. What is rarer counts as equally rare, which does as well as the large lists at a tenth of their cost.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.abc import ResourceLoader

UNSEEN = 3e-7
"""The frequency of a word that no list has."""
_LISTS = {"bs": "sh", "hr": "sh", "nn": "nb", "no": "nb", "sr": "sh"}
"""Languages whose words stand in another's list."""


@cache
def frequencies(language: str) -> Mapping[str, float]:
    """Return the share of all words that each common word has in a language; empty where no list is known."""
    # The list is read as it lies: importing wordfreq costs a hundred milliseconds for tokenizers that we do not use.
    spec = find_spec("wordfreq")
    if spec is None or spec.loader is None or not spec.submodule_search_locations:
        return {}
    name = f"small_{_LISTS.get(language, language)}.msgpack.gz"
    loader = cast("ResourceLoader", spec.loader)
    try:
        packed = loader.get_data(f"{spec.submodule_search_locations[0]}/data/{name}")
    except OSError:
        return {}
    import msgpack

    # After a header, one list of words for each hundredth of a decade: the n-th have the frequency 10^(-n/100).
    _, *levels = msgpack.unpackb(gzip.decompress(packed), raw=False)
    known: dict[str, float] = {}
    for level, words in enumerate(levels):
        known.update(dict.fromkeys(words, 10 ** (-level / 100)))
    return known


def frequency(word: str, language: str) -> float:
    """Return the share of all words that a word in small letters has in a language, at least `UNSEEN`."""
    known = frequencies(language)
    return known.get(word) or known.get(word.partition("'")[0], UNSEEN)
