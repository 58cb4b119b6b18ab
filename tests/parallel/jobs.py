"""Jobs that a process finds by module and name."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

SLOW = 0.7
"""Seconds: two of them are more than a short job may take."""


class OddError(Exception):
    """Cannot be made again from its words."""

    def __init__(self, one: int, two: int) -> None:
        super().__init__(f"{one} and {two}")


class Unreadable:
    """Can be pickled, and not be made again."""

    def __reduce__(self) -> tuple[object, ...]:
        return refuse, ()


def refuse() -> None:
    raise ValueError("unreadable")


def double(number: int) -> int:
    return 2 * number


def hang() -> None:
    threading.Event().wait()


def leave(code: int) -> None:
    os._exit(code)


def abort() -> None:
    os.abort()


def be_slow(*_: object) -> None:
    time.sleep(SLOW)


def be_missing() -> None:
    raise ImportError("there is no such library")


def fail_oddly() -> None:
    raise OddError(1, 2)


def return_what_nobody_reads() -> Unreadable:
    return Unreadable()


def return_function() -> Callable[[], int]:
    return lambda: 0
