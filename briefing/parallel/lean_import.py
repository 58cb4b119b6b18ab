"""trafilatura without what it loads to fetch pages and to guess their dates: its start takes half the time.

Pages reach it parsed, and their metadata are read elsewhere, so that it calls nothing of all that; what is called
after all is loaded then.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import suppress
from types import ModuleType

_UNUSED = (
    "babel",
    "charset_normalizer",
    "courlan.network",
    "htmldate",
    "tld",
    "trafilatura.downloads",
    "urllib3",
    "urllib3.response",
)
"""What it imports and never calls where it is handed a page to find the text in."""


class _OnCall(ModuleType):
    """Stands in for a module; of whatever is asked of it, it gives a class of which nothing is an instance.

    To call that class is to load the module and to call what it stands for.
    """

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)

        def called(_: type, *values: object, **named: object) -> object:
            module = importlib.import_module(self.__name__)
            if module is self:
                raise ImportError(f"{self.__name__} is called while it is kept from loading")
            return getattr(module, name)(*values, **named)

        return type(name, (), {"__new__": called})


def load(library: str) -> None:
    """Import a library; trafilatura without those modules, but for one that is loaded already."""
    if library == "trafilatura":
        with suppress(ImportError, AttributeError, TypeError):  # of a later version, that needs one of them at once
            _load_trafilatura()
            return
    importlib.import_module(library)


def _load_trafilatura() -> None:
    stand_ins = {name: _OnCall(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        importlib.import_module("trafilatura")
    finally:
        for name in stand_ins:
            del sys.modules[name]
