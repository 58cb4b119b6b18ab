"""What makes setting quicker changes no byte of what is set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.config import Page
from briefing.edition import json_bytes
from briefing.render.page import page_job
from briefing.render.templates import template_folders
from briefing.render.view import view_of
from briefing.render.words import read_words
from tests.render.sample import sample_brief

PROGRAM = """
import json, sys
from briefing.render.pdf import document, layout
{change}
sys.stdout.buffer.write(document.set_in_type(json.loads(sys.stdin.buffer.read()))[0])
"""
QUICK = PROGRAM.format(change="")
PLAIN = PROGRAM.format(change="document.load_weasyprint = layout.number_early = lambda: None")

LINK = "a::after { content: ' ' target-counter(attr(href), page) } "
BOTH = "a::after { content: counter(page) ' ' target-counter(attr(href), page) } "
NAMED = "a::after { content: target-counter('#two', page) } "
NEXT = "<p style='break-before: page'>"
CASES = {
    "forwards": (LINK, f"<a href='#two'>x</a>{NEXT}<b id='two'>y</b>"),
    "backwards": (LINK, f"<b id='two'>y</b>{NEXT}{NEXT}<a href='#two'>x</a>"),
    "both on a page, the target first": (LINK, f"{NEXT}<b id='two'>y</b><a href='#two'>x</a>"),
    "both on a page, the target last": (LINK, f"{NEXT}<a href='#two'>x</a><b id='two'>y</b>"),
    "its own page too": (BOTH, f"<b id='two'>y</b>{NEXT}<a href='#two'>x</a>"),
    "by name": (NAMED, f"<a>x</a>{NEXT}<b id='two'>y</b>{NEXT}<a>x</a>"),
    "one target of many": (LINK, f"<a href='#two'>x</a>{NEXT}<b id='two'>y</b>{NEXT}" + "<a href='#two'>x</a> " * 40),
    "a number that moves its target": (
        LINK + "@page { size: 60mm 40mm } a { display: block } a::after { font-size: 90pt }",
        "<a href='#two'>x</a><p>z</p><b id='two'>y</b>",
    ),
}


def job_of(template: str, language: str) -> dict[str, Any]:
    folders, brief, page = template_folders(template, []), sample_brief(language), Page()
    words = read_words(language, folders, timezone=brief.edition.timezone)
    return page_job(brief, view_of(brief, words), data=json_bytes(brief), folders=folders, page=page)


@pytest.mark.long
@pytest.mark.parametrize(("template", "language"), [("standard", "en"), ("compact", "ar")])
def test_the_quick_way_gives_the_same_bytes(template: str, language: str) -> None:
    job = json.dumps(job_of(template, language)).encode()
    quick, plain = (
        subprocess.run([sys.executable, "-c", program], input=job, capture_output=True, check=True).stdout
        for program in (QUICK, PLAIN)
    )
    assert len(quick) > 20_000
    assert quick == plain


@pytest.mark.parametrize("name", CASES)
def test_page_numbers_filled_in_early_are_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import HTML, document

    from briefing.render.pdf.layout import EarlyTargets

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    css, body = CASES[name]
    page = HTML(string=f"<style>{css}</style>{body}")
    late = page.write_pdf()
    monkeypatch.setattr(document, "TargetCollector", EarlyTargets)
    assert page.write_pdf() == late


def test_pages_that_refer_backwards_are_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import HTML, document
    from weasyprint.layout import page as layout

    from briefing.render.pdf.layout import EarlyTargets

    made: list[int] = []
    make: Callable[..., Any] = layout.make_page

    def noted(*values: Any) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
        made.append(values[4])
        return make(*values)

    monkeypatch.setattr(layout, "make_page", noted)
    monkeypatch.setattr(document, "TargetCollector", EarlyTargets)
    HTML(string=f"<style>{LINK}</style><b id='two'>y</b>{NEXT}<a href='#two'>x</a>").render()
    assert made == [1, 2]


def test_loading_leaves_out_what_is_seldom_needed_until_it_is() -> None:
    program = (
        "import sys; from briefing.render.pdf.loading import load_weasyprint; load_weasyprint()\n"
        "print([name for name in ('fontTools.varLib', 'PIL._imaging') if name in sys.modules])\n"
        "from io import BytesIO; from PIL import Image\n"
        "picture = BytesIO(); Image.new('RGB', (2, 2)).save(picture, 'PNG')\n"
        "from base64 import b64encode; from weasyprint import HTML\n"
        "source = 'data:image/png;base64,' + b64encode(picture.getvalue()).decode()\n"
        "print(b'/Image' in HTML(string=f'<img src={source}>').write_pdf(uncompressed_pdf=True))\n"
        "from weasyprint import images, css, pdf; print(images.ImageFile.LOAD_TRUNCATED_IMAGES)\n"
        "import fontTools.varLib.instancer as real; print(real.instantiateVariableFont.__module__)\n"
        "print(pdf.fonts.subset.Options().hinting)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:5] == ["[]", "True", "True", "fontTools.varLib.instancer", "True"]


def test_a_library_that_is_missing_is_told() -> None:
    program = (
        "import ctypes.util, cffi\n"
        "cffi.FFI.dlopen = lambda *_: (_ for _ in ()).throw(OSError('cannot load'))\n"
        "from briefing.render.pdf.loading import load_weasyprint; load_weasyprint()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "briefing.errors.RenderError: the PDF needs Pango" in done.stderr


@pytest.mark.long
def test_a_templates_own_fonts_leave_no_files(tmp_path: Path) -> None:
    command = ["fc-match", "-f", "%{file}", "Noto Sans"]
    font = Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    fonts, scratch = tmp_path / "own" / "fonts", tmp_path / "scratch"
    fonts.mkdir(parents=True)
    scratch.mkdir()
    (fonts / f"own{font.suffix}").write_bytes(font.read_bytes())
    job = job_of("standard", "en")
    job |= {"folders": [str(tmp_path / "own"), *job["folders"]]}
    done = subprocess.run(
        [sys.executable, "-c", QUICK],
        input=json.dumps(job).encode(),
        env=os.environ | {"TMPDIR": str(scratch)},
        capture_output=True,
        check=True,
    )
    assert len(done.stdout) > 20_000
    assert list(scratch.iterdir()) == []
