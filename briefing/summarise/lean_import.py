"""sumy without NLTK: sumy imports all of NLTK for stemmers that this program does not use, 0.6 s of every start."""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEMMERS = ("nltk", "nltk.stem", "nltk.stem.snowball")
"""The module that sumy imports, and its parents."""


class _OnDemand(ModuleType):
    """Stands in for a module, and imports it when something of it is asked for."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def nltk_on_demand() -> Iterator[None]:
    """Keep NLTK from loading while sumy is imported; sumy's own stemmers load it when they are first called for."""
    if any(name in sys.modules for name in _STEMMERS):
        yield
        return
    stand_ins = {name: _OnDemand(name) for name in _STEMMERS}
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
