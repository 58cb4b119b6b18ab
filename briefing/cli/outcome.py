"""What a command ends in: a message for people on stderr, and an exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from briefing.errors import BriefingError, ConfigError, DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable

DONE, FAILED, CONFIG, PROBLEMS, UNDELIVERED = range(5)
"""The exit codes of the command line."""

INTERRUPTED = 130
"""What shells expect after Ctrl-C: 128 + SIGINT."""


def say(message: str) -> None:
    """Print words for people on stderr."""
    click.echo(message, err=True)


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
        from briefing.config.mistakes import render

        say(render(error.mistakes))
        return CONFIG
    except BriefingError as error:
        say(str(error))
        return code_of(error)
    return result if isinstance(result, int) else DONE


def code_of(error: BriefingError) -> int:
    """Return the exit code that an error ends in."""
    return UNDELIVERED if isinstance(error, DeliveryError) else FAILED
