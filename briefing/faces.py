"""The face of a package whose modules load late: a command loads no more than it needs."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def late(package: str, names: Mapping[str, str]) -> Callable[[str], object]:
    """Return a package's `__getattr__`; `names` are those that each module has, and loads when one is asked for."""
    places = {name: module for module, listed in names.items() for name in listed.split()}

    def load(name: str) -> object:
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{places[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
