"""What a process of an executor runs: it does one job after the other, and may hang or die of one (an effect).

It is started with the number of an open socket, the import path and its memory limit. Over the socket come the
functions that load, and then batches of jobs. Each job is answered twice: with None when its time starts to run, and
with its result or what it raised.
"""

from __future__ import annotations

import pickle
import signal
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DONE, FAILED, AWAY = 0, 1, 2
"""What an answer holds: a result, what the job raised, or, of another machine, what is not there."""
_GRACE = 60
"""Seconds beyond twice its time after which a job ends its process, should nobody be left to kill it."""


def serve(descriptor: int, memory_bytes: int) -> None:
    """Do jobs until the other side is gone."""
    _limit_memory(memory_bytes)
    connection: Connection[Any, Any] = Connection(descriptor)
    load, prepare = connection.recv()
    load()
    try:
        while True:
            for seconds, payload in connection.recv():
                _do(connection, payload, prepare, seconds)
    except (EOFError, ConnectionError):
        return


def _do(connection: Connection[Any, Any], payload: bytes, prepare: Callable[..., object], seconds: float) -> None:
    try:
        fn, args, named = pickle.loads(payload)  # noqa: S301 - it comes from who started this process
        prepare(*args)
        connection.send(None)
        signal.alarm(int(2 * seconds) + _GRACE)  # ends the process even in C code
        answer = pickle.dumps((DONE, fn(*args, **named)), pickle.HIGHEST_PROTOCOL)
    except (MemoryError, ConnectionError):
        raise  # whatever is half done or half loaded ends with this process
    except Exception as error:
        answer = failure(error)
    signal.alarm(0)
    connection.send_bytes(answer)


def failure(error: Exception) -> bytes:
    """Return what was raised, in other words where it cannot be pickled."""
    try:
        answer = pickle.dumps((FAILED, error))
        pickle.loads(answer)  # noqa: S301 - our own
    except Exception:
        return pickle.dumps((FAILED, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


def _limit_memory(limit: int) -> None:
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return  # macOS knows the limit and refuses it
