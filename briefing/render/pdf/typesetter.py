"""The process that sets one document in type: a job on stdin, problems and the PDF on stdout.

Started as `python -m briefing.render.pdf.typesetter`. It is a process of its own so that a text which no layout engine
can set in bounded time or memory costs the PDF alone, and that WeasyPrint is loaded while the caller does other things.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.render.missing import problems_of, replaced
from briefing.render.pdf.lean_loading import load_weasyprint

if TYPE_CHECKING:
    from briefing.render.pdf.fetching import TemplateFetcher

_MISSING = re.compile(r"unsupported by fonts.*U\+([0-9A-F]{4,6})", re.DOTALL)


class _Listener(logging.Handler):
    """Keeps what WeasyPrint says went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: set[int] = set()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record: a missing character by its code point, anything else by its words."""
        message = record.getMessage()
        if found := _MISSING.search(message):
            self.missing.add(int(found[1], 16))
        elif message not in self.messages:
            self.messages.append(message)

    def problems(self) -> list[str]:
        """Return everything in words, characters by their Unicode names."""
        return problems_of(self.missing) + self.messages


def main() -> dict[str, Any]:
    """Load, before the job arrives and while the caller still prepares it, and answer it; return the job."""
    return answer(load())


def load() -> _Listener:
    """Load WeasyPrint as it is used here, and return who listens to it."""
    # a document makes few cycles and ends with its process: collecting them costs a sixth of the time
    gc.disable()
    listener = _Listener()
    logging.getLogger("weasyprint").addHandler(listener)
    load_weasyprint()
    from briefing.render.pdf.page_numbers import number_early
    from briefing.render.pdf.reading_order import draw_in_reading_order

    number_early()
    draw_in_reading_order()
    return listener


def answer(listener: _Listener) -> dict[str, Any]:
    """Read a job, limit this process's memory, set the document, write the answer; return the job."""
    job: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    _limit_memory(int(job["memory_bytes"]))
    # subset fonts carry the time of their making, which this dates (reproducible-builds.org/specs/source-date-epoch)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(job["built_at"]))
    pdf = set_in_type(job)
    if listener.missing:
        # ISO 19005-3 § 6.2.11.8 forbids the boxes that stand for characters without a font
        job["html"] = replaced(job["html"], listener.missing, job["without_font"])
        pdf = set_in_type(job)
    head = json.dumps({"problems": listener.problems()}).encode()
    sys.stdout.buffer.write(head + b"\n" + pdf)
    sys.stdout.flush()
    return job


def leaves_files(job: dict[str, Any]) -> bool:
    """Tell whether WeasyPrint kept files for this job, which it removes when the process ends in order."""
    from briefing.render.pdf.fonts import font_faces

    return "@font-face" in "".join([font_faces([Path(folder) for folder in job["folders"]]), *job["css"]])


def set_in_type(job: dict[str, Any]) -> bytes:
    """Return the PDF of a job: `html`, `css`, `folders`, `attachments`, `link_texts`, `built_at` (POSIX seconds).

    Where it has `most_pages`, more pages are a problem.
    """
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    from briefing.render.packing import compress_quickly, pack
    from briefing.render.pdf.conformance import VARIANT, finish
    from briefing.render.pdf.fetching import BASE_URL, TemplateFetcher
    from briefing.render.pdf.fonts import font_faces
    from briefing.render.pdf.glyph_texts import mend_texts
    from briefing.render.pdf.parsing import parsed
    from briefing.render.pdf.unused_styles import forget_notes

    forget_notes([job["html"], *job["css"]])
    compress_quickly()
    folders = [Path(folder) for folder in job["folders"]]
    fetcher, fonts = TemplateFetcher(folders), FontConfiguration()
    sheets = [
        CSS(string=css, base_url=BASE_URL, url_fetcher=fetcher, font_config=fonts)
        for css in [font_faces(folders), *job["css"]]
    ]

    def finisher(document: Any, pdf: Any) -> None:  # noqa: ANN401 - WeasyPrint ships no types
        most, pages = job.get("most_pages"), len(document.pages)
        if most is not None and pages > most:
            logging.getLogger("weasyprint").warning("it takes %d pages where %d are meant", pages, most)
        mend_texts(pdf, document.fonts.values())
        finish(pdf, job["link_texts"])
        pack(pdf)

    pdf: bytes = parsed(job["html"], fetcher, folders).write_pdf(
        stylesheets=sheets,
        font_config=fonts,
        pdf_variant=VARIANT,
        attachments=[_attachment(item, job["built_at"], fetcher) for item in job["attachments"]],
        finisher=finisher,
    )
    return pdf


def _attachment(item: dict[str, str], built_at: float, fetcher: TemplateFetcher) -> Any:  # noqa: ANN401 - WeasyPrint ships no types
    from weasyprint import Attachment

    moment = datetime.fromtimestamp(built_at, UTC)
    return Attachment(
        string=item["text"],
        url_fetcher=fetcher,  # else each makes one
        name=item["name"],
        description=item["description"],
        relationship=item["relationship"],
        created=moment,
        modified=moment,
    )


def _limit_memory(limit: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (ImportError, ValueError, OSError):
        # macOS refuses address-space limits; the time limit holds everywhere.
        return


def end(job: dict[str, Any]) -> None:
    """End this process: at once, where the job left nothing to clear."""
    if not leaves_files(job):
        # the system takes memory back at once, Python one object after the other: a fifteenth of the time
        os._exit(0)


if __name__ == "__main__":
    end(main())
