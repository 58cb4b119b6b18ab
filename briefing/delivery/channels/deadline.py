"""A bound in time for what a server says: the timeout of a socket starts anew with every byte that drips in."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from http.client import HTTPException
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def cut_off(connected: socket.socket, seconds: float) -> Iterator[None]:
    """Cut a connection when its time is up; TimeoutError then, whatever half an answer was taken for."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        with suppress(OSError):  # it is closed already
            socket.socket.shutdown(connected, socket.SHUT_RDWR)  # that of a TLS socket would confuse its reader

    guard = threading.Timer(seconds, cut)
    guard.daemon = True
    guard.start()
    failure: Exception | None = None
    try:
        yield
    except (OSError, ValueError, HTTPException) as error:
        failure = error
        raise
    finally:
        guard.cancel()
        guard.join()
        if late.is_set():
            raise TimeoutError(f"no whole answer within {seconds:g} s") from failure
