"""Telling people of trouble, each trouble once, through the channels of `on_failure:`."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.delivery.troubles import trouble_without_ledger
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from briefing.delivery.channels.channel import Channel
    from briefing.delivery.ledger import Ledger
    from briefing.delivery.troubles import Trouble

_TOLD = ".told-"


def raise_alarms(channels: Iterable[Channel], troubles: Iterable[Trouble], ledger: Ledger, now: datetime) -> None:
    """Tell people of each trouble once; who cannot be told now is told in the next round."""
    for trouble, channel in product(troubles, channels):
        key = f"{trouble.key}@{channel.kind}:{','.join(channel.recipients)}"
        if trouble.alarming and not ledger.noted(key) and told(channel, trouble):
            ledger.note(key, now)


def told(channel: Channel, trouble: Trouble) -> bool:
    """Send a notice through one channel; False where it is not taken, of which there is nobody left to tell."""
    try:
        channel.tell(trouble.subject, trouble.text)
    except DeliveryError:
        return False
    return True


def raise_alarm_without_ledger(
    channels: Iterable[Channel], reason: str, *, title: str, output: Path, now: datetime
) -> None:
    """Tell people that the ledger or the output folder cannot be used: once a day where an empty file can be left."""
    trouble = trouble_without_ledger(title, reason, output)
    digest = sha256(f"{now:%Y-%m-%d} {reason}".encode()).hexdigest()[:16]
    marks = [place / f"{start}{digest}" for place, start in _places(output)]
    if any(_exists(mark) for mark in marks):
        return
    if any([told(channel, trouble) for channel in tuple(channels)]):  # noqa: C419 - all are told, not only the first
        any(_left(mark) for mark in marks)


def forget_marks(output: Path) -> None:
    """Remove what `raise_alarm_without_ledger` left, once things work again."""
    for place, start in _places(output):
        with suppress(OSError):
            for mark in place.glob(f"{start}*"):
                mark.unlink()


def _places(output: Path) -> list[tuple[Path, str]]:
    """Return where marks are left, and what their names begin with: the output folder may be what cannot be used."""
    desk = sha256(str(output.resolve()).encode()).hexdigest()[:16]
    return [(output, _TOLD), (Path(tempfile.gettempdir()), f"briefing{_TOLD}{desk}-")]


def _exists(mark: Path) -> bool:
    try:
        return mark.exists()
    except OSError:
        return False


def _left(mark: Path) -> bool:
    try:
        mark.touch()
    except OSError:
        return False
    return True
