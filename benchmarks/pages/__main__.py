"""Hang the gallery, then say what can be measured of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf

from benchmarks.pages.accessibility import browser, findings
from benchmarks.pages.gallery import Specimen, ends, hang, mails
from benchmarks.pages.speed import measured
from benchmarks.pages.validity import judged, validator
from briefing.edition import read_brief
from briefing.verify import check_editions

ROOT = Path(__file__).parents[2]
GALLERY = ROOT / "output" / "gallery"


def main() -> None:
    """Print one line for each measure."""
    specimens = list(hang(GALLERY))
    print(f"gallery: {len(specimens)} editions in {GALLERY.relative_to(ROOT)}")
    _read_back(specimens)
    _validity(specimens)
    _accessibility([*(specimen.html for specimen in specimens), *mails(GALLERY)])
    _ends()
    _speed()


def _speed() -> None:
    speed = measured()
    print(
        f"speed: {speed.pages} pages in {speed.cold.wall:.2f} times the time of one bare document, and in "
        f"{speed.cold.cpu:.2f} times its CPU, each from a cold start (at most 1.5); "
        f"with the typesetter loaded, as in a build, {speed.ready:.2f} times; "
        f"bare {speed.bare.wall:.2f} s, {speed.bare.cpu:.2f} s of CPU"
    )


def _read_back(specimens: list[Specimen]) -> None:
    messages: list[str] = []
    for specimen in specimens:
        content = specimen.pdf.read_bytes()
        with pikepdf.open(BytesIO(content)) as pdf:
            brief = read_brief(pdf.attachments["brief.json"].get_file().read_bytes())
        messages += check_editions(brief, {specimen.pdf.name: content, specimen.html.name: specimen.html.read_bytes()})
    print(f"sentences read back: {messages or 'all'}")


def _validity(specimens: list[Specimen]) -> None:
    program = validator(ROOT)
    if isinstance(program, str):
        print(f"veraPDF: not run ({program})")
        return
    for flavour, (passed, failed) in judged(program, [specimen.pdf for specimen in specimens]).items():
        print(f"veraPDF {flavour}: {passed} of {len(specimens)} pass", *failed, sep="\n  ")


def _ends() -> None:
    found = list(ends(GALLERY))
    print(f"ends of pages: {len(found)} faults", *found, sep="\n  ")


def _accessibility(files: list[Path]) -> None:
    found = browser(ROOT)
    if isinstance(found, str):
        print(f"axe: not run ({found})")
        return
    results = findings(*found, files)
    wrong = [result for result in results if result["violations"] or result["overflow"] or result["requests"] != 1]
    print(f"axe: {len(results)} views, {len(wrong)} with violations, overflow or requests", *wrong, sep="\n  ")


if __name__ == "__main__":
    main()
