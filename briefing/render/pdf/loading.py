"""WeasyPrint without what it loads and this program seldom needs: half of the time of every start.

It loads fontTools to subset fonts where HarfBuzz cannot, and Pillow for pictures, which few briefs hold; both still
load when they are asked for something. It looks its libraries up by names of other systems first, and each failure
starts the linker and a compiler.
"""

from __future__ import annotations

import ctypes.util
import importlib
import importlib.util
import re
import sys
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from shutil import which
from types import ModuleType
from typing import TYPE_CHECKING, Any

from briefing.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LATER = (
    "fontTools.subset",
    "fontTools.ttLib.woff2",
    "PIL.Image",
    "PIL.ImageFile",
    "PIL.ImageOps",
    "PIL.EpsImagePlugin",
)
"""Modules that WeasyPrint imports as such: each loads when an attribute of it is read."""
_CALLED_LATER = {"fontTools.varLib.instancer": "instantiateVariableFont", "PIL.ImageCms": "ImageCmsProfile"}
"""Modules out of which WeasyPrint imports one name, and only ever calls it."""


NEEDS = "the PDF needs Pango, a library of the system that Python packages do not bring"
COMMANDS = {
    "apt-get": "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core",
    "dnf": "sudo dnf install -y pango google-noto-serif-fonts google-noto-sans-fonts",
    "apk": "sudo apk add pango font-noto",
    "pacman": "sudo pacman -S --needed pango noto-fonts",
    "brew": "brew install pango",
}
"""Package managers, and what installs Pango (and the fonts of the pages) with them."""
ELSEWHERE = "see https://doc.courtbouillon.org/weasyprint/stable/first_steps.html; on Windows, WSL is the shortest way"


_LIBRARIES = ("gobject-2.0.so.0", "pango-1.0.so.0", "harfbuzz.so.0", "fontconfig.so.1", "pangoft2-1.0.so.0")


def has_libraries() -> bool:
    """Tell whether the linker finds, by their Linux names, what WeasyPrint asks for; that takes no time."""
    try:
        return all(ctypes.CDLL(f"lib{name}") for name in _LIBRARIES)
    except OSError:
        return False


def load_weasyprint() -> None:
    """Import WeasyPrint quickly; RenderError where a library of the system is missing, with the command that brings it.

    ImportError where WeasyPrint itself is missing.
    """
    try:
        with _later(), _direct_lookup(), redirect_stdout(StringIO()):  # it prints advice of its own there
            importlib.import_module("weasyprint")
        _name_types_quickly()
    except OSError as error:
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]  # half loaded: the next try would fail in another way
        raise RenderError(f"{NEEDS}; {_command()}") from error


def _command() -> str:
    manager = next(filter(which, COMMANDS), None)
    return f"run: {COMMANDS[manager]}" if manager else ELSEWHERE


@contextmanager
def _later() -> Iterator[None]:
    """Keep the modules from loading while WeasyPrint is imported; one that is loaded already stays as it is."""
    for name in _LATER:
        if name not in sys.modules:
            _load_when_read(name)
    stand_ins = {name: _calling(name, called) for name, called in _CALLED_LATER.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _load_when_read(name: str) -> None:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    parent, _, child = name.rpartition(".")
    setattr(sys.modules[parent], child, module)


def _calling(name: str, called: str) -> ModuleType:
    """Return a module with one function, which imports the real module when it is called."""
    module = ModuleType(name)

    def call(*values: object, **named: object) -> object:
        return getattr(importlib.import_module(name), called)(*values, **named)

    setattr(module, called, call)
    return module


@contextmanager
def _direct_lookup() -> Iterator[None]:
    """Let libraries be searched for only once the dynamic linker has not found them under their Linux name."""
    find: Callable[[str], str | None] = ctypes.util.find_library

    def find_last(name: str) -> str | None:
        stem, versioned, _ = name.partition(".so.")
        return find(stem.removeprefix("lib")) if versioned else None

    if sys.platform == "linux":
        setattr(ctypes.util, "find_library", find_last)  # noqa: B010 - a function is no variable to mypy
    try:
        yield
    finally:
        setattr(ctypes.util, "find_library", find)  # noqa: B010 - the same


def _name_types_quickly() -> None:
    """Let cffi read the name of a type beside the types that it names, not beside all that are declared."""
    from cffi.cparser import Parser  # type: ignore[import-untyped]  # ships no types

    plain = Parser.parse_type_and_quals

    def parse(self: Any, name: str) -> Any:  # noqa: ANN401 - the same
        """Return the type of a name such as `PangoRectangle *`."""
        declared, named = self._declarations, set(re.findall(r"\w+", name))
        self._declarations = {key: kind for key, kind in declared.items() if key.rpartition(" ")[2] in named}
        try:
            return plain(self, name)
        finally:
            self._declarations = declared

    Parser.parse_type_and_quals = parse
