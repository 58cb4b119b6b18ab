"""The face of a package whose modules load late: a command loads no more than it needs."""

from __future__ import annotations

import ast
import sys
from functools import cache
from importlib import import_module
from pkgutil import get_data
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def late(package: str) -> Callable[[str], object]:
    """Return the `__getattr__` of a package: it loads a module when one of its names is asked for.

    The names are those that the face imports for type checkers, so that they are listed once.
    """

    def load(name: str) -> object:
        module = _places(package).get(name)
        if module is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(module), name)
        setattr(sys.modules[package], name, value)
        return value

    return load


@cache
def _places(package: str) -> Mapping[str, str]:
    """Return the module of each name that a face imports from its own package."""
    face = ast.parse(get_data(package, "__init__.py") or b"")
    imports = (node for node in ast.walk(face) if isinstance(node, ast.ImportFrom))
    return {
        alias.name: node.module
        for node in imports
        if node.module and node.module.startswith(f"{package}.")
        for alias in node.names
    }
