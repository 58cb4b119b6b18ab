"""What is shown at this moment, shared by the one who makes it and those who look at it (an effect)."""

from __future__ import annotations

from dataclasses import replace
from threading import Condition
from typing import TYPE_CHECKING

from briefing.preview.showing import Shown, state_values

if TYPE_CHECKING:
    from briefing.errors import Mistake
    from briefing.preview.showing import Day


class Screen:
    """Holds what is shown; whoever looks can wait for something new."""

    def __init__(self) -> None:
        self._news = Condition()
        self._shown = Shown(number=0)
        self._open = True

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        with self._news:
            return self._shown

    def show(self, day: Day, *, seconds: float) -> None:
        """Show a day that was made without a mistake."""
        self._change(replace(self.shown, day=day, mistakes=(), seconds=seconds))

    def complain(self, mistakes: tuple[Mistake, ...], *, seconds: float) -> None:
        """Show mistakes beside the last good day."""
        self._change(replace(self.shown, mistakes=mistakes, seconds=seconds))

    def wait(self, after: int, seconds: float) -> Shown | None:
        """Return what is shown once its number is not `after`, or when the time is up; None when all is over."""
        with self._news:
            self._news.wait_for(lambda: self._shown.number != after or not self._open, timeout=seconds)
            return self._shown if self._open else None

    def close(self) -> None:
        """Let nobody wait any longer."""
        with self._news:
            self._open = False
            self._news.notify_all()

    def _change(self, shown: Shown) -> None:
        """Take over what is new; what looks the same as before is no news."""
        with self._news:
            if self._shown.number and _looks(shown) == _looks(self._shown):
                return
            self._shown = replace(shown, number=self._shown.number + 1)
            self._news.notify_all()


def _looks(shown: Shown) -> object:
    return state_values(replace(shown, number=0, seconds=0.0)), shown.day.page if shown.day else None
