"""An executor that remembers what its jobs returned."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


class MemoryExecutor(Executor):
    """Has each job done once by another executor; a job is known by its function and arguments, which hash.

    What the last two generations used is kept, so that memory holds no more than two versions of a day. A job that
    failed is done again: a time limit may not strike twice.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._last: dict[Hashable, Future[Any]] = {}
        self._now: dict[Hashable, Future[Any]] = {}

    def submit(
        self, fn: Callable[Parameters, Result], /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> Future[Result]:
        """Return the future of a job, done already where it is known."""
        key = (fn, args, *kwargs.items())
        future: Future[Result] | None = self._now.get(key) or self._last.get(key)
        if future is None or (future.done() and (future.cancelled() or future.exception())):
            future = self._executor.submit(fn, *args, **kwargs)
        self._now[key] = future
        return future

    def new_generation(self) -> None:
        """Forget what was not used since the last call."""
        self._last, self._now = self._now, {}
