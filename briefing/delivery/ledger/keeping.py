"""An edition that somebody has, or may have, is never replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.delivery.ledger.opening import FILE, open_ledger
from briefing.edition.files import checksum, read_files
from briefing.errors import DeliveryError, RenderError

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.edition.files import Files


def check_unsent(edition: str, files: Files, output: Path) -> None:
    """Refuse to replace an edition that somebody has, or may have: RenderError. The same bytes are no replacement."""
    folder = output / edition
    if not folder.exists() or not (output / FILE).exists() or checksum(read_files(folder)) == checksum(files):
        return
    try:
        with open_ledger(output) as ledger:
            sent = ledger.was_handed_out(edition)
    except DeliveryError as error:
        raise RenderError(f"{error}; so {folder} stays as it is: build into another folder with -o") from error
    if sent:
        raise RenderError(f"{folder} has been delivered and stays as it is; build into another folder with -o")
