"""sumy without what it imports and this program does not use: 0.8 s of every start become 0.1 s.

sumy loads all of NLTK for stemmers, and requests to fetch pages; stems come from the language stage, and nothing here
fetches. Both still load where sumy asks for something of them.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNUSED = (("nltk", "nltk.stem", "nltk.stem.snowball"), ("requests",))
"""The modules that sumy imports, each after its parents."""


class _OnDemand(ModuleType):
    """Stands in for a module, and imports it when something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def unused_on_demand() -> Iterator[None]:
    """Keep those modules from loading while sumy is imported; one that is loaded already stays as it is."""
    stand_ins: dict[str, ModuleType] = {}
    for family in _UNUSED:
        if not any(name in sys.modules for name in family):
            stand_ins.update((name, _OnDemand(name)) for name in family)
    for name, module in stand_ins.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(stand_ins[parent], child, module)
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
