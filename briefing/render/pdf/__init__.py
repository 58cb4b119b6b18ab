"""All that knows how WeasyPrint works inside, whose version is pinned for it, and the process that runs it.

A text that no layout engine can set in bounded time or memory so costs the PDF alone, and WeasyPrint loads while the
caller does other things.
"""

# mypy: implicit-reexport

from __future__ import annotations

from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from briefing.errors import RenderError
from briefing.parallel import ProcessExecutor, Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from concurrent.futures import Executor, Future


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What setting one document may cost."""

    seconds: float = 180.0
    """A twenty-page brief takes two seconds, two thousand stories under a minute."""
    memory_bytes: int = 4 << 30
    """Address space, of which a twenty-page brief uses a tenth."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets documents in type by an executor."""

    executor: Executor
    limits: Limits

    def begin(self, job: dict[str, Any]) -> Callable[[], tuple[bytes, list[str]]]:
        """Begin to set a job; what is returned waits for its PDF, while the caller may do other things.

        It returns what went wrong on the way, too, and raises RenderError where the limits do not allow it.
        """
        from briefing.render.pdf.document import set_in_type

        return partial(self._result, self.executor.submit(set_in_type, job))

    def _result(self, setting: Future[tuple[bytes, list[str]]]) -> tuple[bytes, list[str]]:
        try:
            return setting.result()
        except TimeoutError as error:
            raise RenderError(f"brief.pdf: not set in type within {self.limits.seconds:g} seconds") from error
        except (BrokenExecutor, RenderError) as error:
            raise RenderError(f"brief.pdf: not set in type: {error}") from error
        except Exception as error:
            raise RenderError(f"brief.pdf: not set in type: {type(error).__name__}: {error}") from error


def missing_library() -> str | None:
    """Return what the PDF lacks on this machine, and the command that brings it; None where it can be set."""
    from briefing.render.pdf.loading import has_libraries, load_weasyprint

    try:
        if not has_libraries():
            load_weasyprint()
    except RenderError as error:
        return str(error)
    return None


def _load() -> None:
    """Load early what can be loaded; what cannot is told where a document is set."""
    from briefing.render.pdf.document import load

    with suppress(RenderError, ImportError):
        load()


@contextmanager
def typesetter_for(formats: Collection[str], limits: Limits = LIMITS) -> Iterator[Typesetter | None]:
    """Start a typesetter where a PDF is asked for, so that it loads while the brief is made; end it in any case."""
    if "pdf" not in formats:
        yield None
        return
    terms = Terms(seconds=lambda *_: limits.seconds, memory_bytes=limits.memory_bytes, load=_load)
    with ProcessExecutor(terms, most=1) as executor:
        executor.start()
        yield Typesetter(executor, limits)
