"""What people and programs are told: messages on stderr, JSON on stdout, and an exit code."""

from __future__ import annotations

import os
import re
import sys
import time
import unicodedata
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import click

from briefing.errors import BriefingError, ConfigError, DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from click._termui_impl import ProgressBar

    from briefing.delivery import Channel, Journal, Payload
    from briefing.errors import Mistake
    from briefing.pipeline import Item

DONE, FAILED, CONFIG, PROBLEMS, UNDELIVERED = range(5)
"""The exit codes of the command line."""

INTERRUPTED = 130
"""What shells expect after Ctrl-C: 128 + SIGINT."""


_SHOWN = 100
"""Mistakes that are told on a terminal; more than that is a file of another kind."""
_WINDOW = 100
"""Characters of a line that are shown."""
_PLACE = re.compile(r"(?m)^\S[^\n]*?:\d+:\d+:")
_CARETS = re.compile(r"(?m)^(\s+\|\s*)(\^+)$")


def say(message: str) -> None:
    """Print words for people on stderr."""
    click.echo(message, err=True)


def say_mistakes(mistakes: Iterable[Mistake]) -> None:
    """Tell mistakes on stderr, each with its line; on a terminal the place in bold and the underlining in red."""
    text = as_text(mistakes)
    if wants_colours():
        text = _PLACE.sub(lambda found: click.style(found[0], bold=True), text)
        text = _CARETS.sub(lambda found: found[1] + click.style(found[2], fg="red", bold=True), text)
    say(text)


def as_text(mistakes: Iterable[Mistake]) -> str:
    """Return the mistakes for a terminal: each with its line, the place underlined."""
    told = list(mistakes)
    lines = [line for mistake in told[:_SHOWN] for line in (str(mistake), *_underlined(mistake))]
    return "\n".join(lines + ([f"and {len(told) - _SHOWN:,} more"] if len(told) > _SHOWN else []))


def _underlined(mistake: Mistake) -> list[str]:
    """Return the part of a mistake's line around it and, below, carets; nothing where there is no line to show."""
    line = "".join(
        char if char.isprintable() or char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in mistake.source
    )
    start = mistake.column - 1
    if not line.strip():
        return []
    if len(line) > _WINDOW:
        first = max(0, min(start - _WINDOW // 2, len(line) - _WINDOW))
        before, after = "…" if first else "", "…" if first + _WINDOW < len(line) else ""
        line, start = before + line[first : first + _WINDOW] + after, start - first + len(before)
    blank = "".join(char if char == "\t" else " " * _cells(char) for char in line[:start])
    carets = "^" * max(1, sum(map(_cells, line[start : start + mistake.width].rstrip())))
    return [f"  {mistake.line} | {line}", f"  {' ' * len(str(mistake.line))} | {blank}{carets}"]


def _cells(char: str) -> int:
    """Return how many columns of a terminal a character takes (UAX 11: wide ones two; combining marks none)."""
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wants_colours() -> bool:
    """Return whether stderr shows colours: a terminal that can, and nobody said no (no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def outcome_of(command: Callable[[], object]) -> int:
    """Run `command`; return its exit code, with every error raised on purpose told in words."""
    try:
        result = command()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Abort:
        say("interrupted")
        return INTERRUPTED
    except ConfigError as error:
        say_mistakes(error.mistakes)
        return CONFIG
    except BriefingError as error:
        say(str(error))
        return code_of(error)
    return result if isinstance(result, int) else DONE


def code_of(error: BriefingError) -> int:
    """Return the exit code that an error ends in."""
    return UNDELIVERED if isinstance(error, DeliveryError) else FAILED


def open_on_screen(what: str) -> None:
    """Open a file or an address in the program that is there for it, where there is a screen to open it on."""
    if sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))):
        click.launch(what)


# ── progress ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_TICK = 0.2
"""Seconds between two looks at a bar that fills by the clock."""
_MOST = 95
"""Percent that such a bar shows before its stage has ended, however long that takes."""


def shown_progress(items: Iterable[Item], *, stage: str, total: int, seconds: float | None = None) -> Iterable[Item]:
    """Draw a progress bar for one stage on the terminal; with `seconds` it fills by the clock, up to `_MOST`."""
    with _bar(stage, 100 if seconds else total) as bar:
        if not seconds:
            for item in items:
                bar.update(1)
                yield item
            return
        ended = Event()
        clock = Thread(target=_fill, args=(bar, seconds, ended), daemon=True)
        clock.start()
        try:
            yield from items
        finally:
            ended.set()
            clock.join()
        bar.update(100 - bar.pos)


def _bar(stage: str, total: int) -> ProgressBar[int]:
    """Return the bar of a stage; it is drawn on a terminal only."""
    return click.progressbar(length=total, label=f"{stage:8}", file=sys.stderr)


def _fill(bar: ProgressBar[int], seconds: float, ended: Event) -> None:
    begun = time.monotonic()
    while not ended.wait(_TICK):
        bar.update(max(0, min(_MOST, int(100 * (time.monotonic() - begun) / seconds)) - bar.pos))


def named_stages(items: Iterable[Item], *, stage: str, total: int, seconds: float | None = None) -> Iterable[Item]:
    """Say one plain line for a stage of many items."""
    if seconds is None:
        say(f"{stage}: {total}")
    return items


def counted(channel: Channel) -> Channel:
    """Return a channel that draws a bar of its recipients on a terminal while it serves them."""

    def hand_over(payload: Payload, recipients: Sequence[str], journal: Journal) -> None:
        """Serve them, and count those of whom the journal says what became of them."""
        with _bar("send", len(recipients)) as bar:
            channel.hand_over(payload, recipients, _Counted(journal, bar.update))

    return replace(channel, hand_over=hand_over) if sys.stderr.isatty() else channel


@dataclass(frozen=True, slots=True)
class _Counted:
    """A journal that counts the recipients who are through."""

    journal: Journal
    count: Callable[[int], None]

    def sending(self, recipients: Sequence[str]) -> None:
        """Pass it on."""
        self.journal.sending(recipients)

    def handing(self, recipients: Sequence[str]) -> None:
        """Pass it on."""
        self.journal.handing(recipients)

    def sent(self, recipients: Sequence[str], detail: str) -> None:
        """Pass it on and count."""
        self.journal.sent(recipients, detail)
        self.count(len(recipients))

    def later(self, recipients: Sequence[str], reason: str) -> None:
        """Pass it on and count."""
        self.journal.later(recipients, reason)
        self.count(len(recipients))

    def refused(self, recipients: Sequence[str], reason: str) -> None:
        """Pass it on and count."""
        self.journal.refused(recipients, reason)
        self.count(len(recipients))

    def unknown(self, recipients: Sequence[str], reason: str) -> None:
        """Pass it on and count."""
        self.journal.unknown(recipients, reason)
        self.count(len(recipients))


# ── programs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def print_json(values: Mapping[str, Any]) -> None:
    """Print one JSON object in the text's own letters; lone surrogates, which no encoding takes, as escapes."""
    import json

    text = json.dumps(values, ensure_ascii=False, indent=1)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(values, indent=1)
    click.echo(text)
