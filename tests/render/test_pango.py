"""A machine without Pango: what is told, and that it is told where the brief is set and where it is checked."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import importlib, sys
real = importlib.import_module
def without(name, *rest):
    if name == "weasyprint":
        print("WeasyPrint could not import some external libraries.")
        raise OSError("cannot load library 'libpango-1.0-0'")
    return real(name, *rest)
importlib.import_module = without
import briefing.render.pdf.loading as loading
loading.has_libraries = lambda: False
loading.which = lambda name: name == "apt-get" or None
from briefing.render import missing_library
print(missing_library())
from briefing.render.pdf import Typesetter
from briefing.render.pdf.document import set_in_type
class Here:
    def submit(self, call, job):
        from concurrent.futures import Future
        future = Future()
        try:
            future.set_result(call(job))
        except Exception as error:
            future.set_exception(error)
        return future
try:
    Typesetter(Here(), None).begin({})()
except Exception as error:
    print(f"{type(error).__name__}: {error}")
"""


def test_the_package_and_the_command_are_named() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    checked, built = done.stdout.splitlines()
    assert checked.startswith("the PDF needs Pango, a library of the system")
    assert "run: sudo apt-get install -y libpango-1.0-0" in checked
    assert built == f"RenderError: brief.pdf: not set in type: {checked}"
