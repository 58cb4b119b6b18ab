"""The pictures of docs/, drawn of the sample and of what docs/ten-minutes.md makes: `make pictures`."""

from __future__ import annotations

import subprocess
import sys
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from tests.browser import Browser, browser
from tests.command import ROOT, call

DOCS = ROOT / "docs"
EDGE, PHONE = 200, 500
PREVIEW = "document.getElementById('brief').contentDocument.body.innerText && document.querySelector('details')"


def draw(desk: Path, mail: EmailMessage, now: str) -> None:
    """Draw all of them; the desk is that of docs/ten-minutes.md after its last command."""
    sheet(next(desk.glob("output/2*/brief.pdf")), "first-page.png", dots=70)
    call("build", "-q", "--date", "2019-03-21", "--format", "pdf", "-o", desk / "sample")
    sheet(next(desk.glob("sample/2*/brief.pdf")), "page.png", dots=121)
    html = mail.get_body(("html",))
    assert html is not None
    (desk / "mail.html").write_text(html.get_content(), "utf-8")
    command = [sys.executable, "-c", "from briefing.cli import main; main()", "preview", "--no-open", "--port", "0"]
    with (
        browser(desk / "profile") as page,
        subprocess.Popen([*command, "--now", now], stdout=subprocess.PIPE, text=True, cwd=desk) as preview,
    ):
        window(page, (desk / "mail.html").as_uri(), "mail.png", width=390, height=760, shows="document.body.innerText")
        assert preview.stdout
        window(page, preview.stdout.readline().strip(), "preview.png", width=1040, height=600, shows=PREVIEW)
        preview.terminate()


def sheet(pdf: Path, name: str, *, dots: int) -> None:
    """Draw the first page of a PDF with so many dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        keep(document[0].render(scale=dots / 72).to_pil(), name)


def window(page: Browser, url: str, name: str, *, width: int, height: int, shows: str) -> None:
    """Draw what a window of so many pixels holds of a page once a condition holds there."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < PHONE}  # without a scroll bar
    page.call("Emulation.setDeviceMetricsOverride", **size)
    page.open(url)
    page.wait(shows)
    keep(ImageOps.expand(Image.open(BytesIO(page.picture())).convert("RGB"), 1, (EDGE, EDGE, EDGE)), name)


def keep(picture: Image.Image, name: str) -> None:
    """Save a picture in few colours."""
    picture.convert("RGB").quantize(64, Image.Quantize.MAXCOVERAGE, kmeans=2).save(DOCS / name, optimize=True)
