"""Building in a process of its own, which is cut off when its time is up; the caller never loads what it needs."""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from briefing.errors import BriefingError, RenderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from briefing.edition import Files

Order = TypeVar("Order")

LOOK_SECONDS = 0.25
"""Between two looks whether the program is to end."""

FAREWELL_SECONDS = 60
"""After its time a process ends itself, should its parent have been killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What building a slot gives: its files, and how many articles they are made of."""

    files: Files
    articles: int
    beside: Files = ()
    """What is written beside the files and is not handed over."""
    hidden: tuple[str, ...] = ()
    """What a template of the desk's own does not show of the brief."""


class BuildError(RenderError):
    """The brief could not be made; `partial` holds what was made all the same (its HTML and JSON), or None."""

    def __init__(self, reason: str, *, partial: Built | None = None) -> None:
        self.partial = partial
        super().__init__(reason)


def build_apart(
    build: Callable[[Order], Built], order: Order, *, seconds: float, stopped: Callable[[], bool] = lambda: False
) -> Built:
    """Call `build(order)` in a process of its own; BuildError where it fails, breaks off, or takes too long.

    Raises KeyboardInterrupt, with the process ended, where `stopped` says that the program is to end.

    `build` must be a function of a module, and `order` must be picklable: the process starts from nothing (spawn),
    because forking a process that has threads is unsafe.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, build, order, ceil(seconds)), daemon=True)
    process.start()
    theirs.close()
    try:
        _wait(ours, seconds, stopped)
        answer: Built | BuildError = ours.recv()
    except EOFError:
        process.join()
        raise BuildError(f"making the brief broke off (exit code {process.exitcode})") from None
    finally:
        ours.close()
        _end(process)
        process.join()
        process.close()
    if isinstance(answer, BuildError):
        raise answer
    return answer


def _wait(answer: Connection, seconds: float, stopped: Callable[[], bool]) -> None:
    for _ in range(ceil(seconds / LOOK_SECONDS)):
        if stopped():
            raise KeyboardInterrupt
        if answer.poll(LOOK_SECONDS):
            return
    raise BuildError(f"making the brief took longer than {seconds / 60:g} minutes and was cut off")


def _work(answer: Connection, build: Callable[[Order], Built], order: Order, seconds: int) -> None:
    os.setsid()  # so that what it starts in turn is ended with it
    signal.alarm(seconds + FAREWELL_SECONDS)  # should nobody be left to end it
    try:
        result: Built | BuildError = build(order)
    except BuildError as error:
        result = error
    except BriefingError as error:
        result = BuildError(str(error))
    answer.send(result)
    answer.close()


def _end(process: BaseProcess) -> None:
    """End the process and what it started; before it leads a group of its own, it has started nothing."""
    if process.pid is None:
        return
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
