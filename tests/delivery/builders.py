"""What can happen to a build in a process of its own; the process loads this module and little else."""

from __future__ import annotations

import os
import signal
import threading

from briefing.delivery.building import BuildError, Built
from briefing.errors import BriefingError


def well(order: str) -> Built:
    return Built(files=(("brief.html", order.encode()),), articles=1)


def hanging(_order: str) -> Built:
    threading.Event().wait()
    raise AssertionError


def broken(_order: str) -> Built:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def refused(order: str) -> Built:
    if order == "all":
        raise BriefingError("no article")
    raise BuildError("no PDF", partial=Built(files=(("brief.html", b"<p>"),), articles=1))
