"""The command line: the only place that prints, exits, reads the clock or the environment.

Paths and data go to stdout, words for people to stderr. Exit: 0 done, 1 failed, 2 config, 3 done with problems under
--strict, 4 made but not delivered. Each command lives in the module that `COMMANDS` names and is imported when it is
called, so that `--help` loads nothing slow.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "init": ("desk", "Create a desk in DIR: config.yaml, templates, sample articles and an output folder."),
    "preview": ("preview", "Show the brief in a browser, and rebuild it whenever a file changes; Ctrl-C ends it."),
    "build": ("build", "Build the brief now; deliver nothing."),
    "add": ("adding", "Find the feeds of a site from the address of a page; print YAML to paste."),
    "import": ("adding", "Print the feeds of an OPML file, which every feed reader writes, as YAML to paste."),
    "check": (
        "check",
        "Check the config, its examples, its terms on the day's articles, fonts and delivery; list the next slots.",
    ),
    "verify": (
        "verify",
        "Check every quotation against its article, the article against its hash, and the files against brief.json.",
    ),
    "explain": ("explain", "Show what was read of an article, where it went, and why."),
    "suggest": (
        "explain",
        "Suggest terms that would set a section apart, and list those of its terms that match nothing.",
    ),
    "summarise": ("summarise", "Summarise files or standard input."),
    "collect": (
        "collect",
        "Ask the sources that are due and keep what is new; exit 1 if every one that was asked failed.",
    ),
    "sources": (
        "collect",
        "Show how each source stands: when it answered, when it had news, why it fails; exit 1 if any does.",
    ),
    "store": ("collect", "Take something back that was collected."),
    "run": ("run", "Collect, build and deliver the slot that is due; running it twice delivers once."),
    "schedule": (
        "schedule",
        "Keep running: `collect` at its interval, `run` at every slot; SIGTERM ends it within ten seconds.",
    ),
    "install": ("schedule", "Write the service files that start the schedule, and print how to enable them."),
    "status": (
        "schedule",
        "Show the last and next editions and who has received what; exit 1 when the last success is too old.",
    ),
    "deliver": ("run", "Deliver an existing edition to those who have not received it."),
    "ledger": ("run", "Rebuild the ledger of deliveries when it is lost."),
    "schema": ("desk", "Print the JSON Schema of config.yaml, for editors."),
    "completion": ("desk", "Print the completion script for a shell."),
    "man": ("desk", "Print the manual page: `briefing man | man -l -`."),
}
"""Name → (module under briefing.cli, one line of help)."""


class LazyGroup(click.Group):
    """A click group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click calls it by position
        """Return the names in the order in which a desk meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return the command, or None where there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"briefing.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called; UsageError, with the one that was meant, where there is none."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from briefing.config import nearest

            near = nearest(args[0], [*COMMANDS])
            raise click.UsageError(f"no such command {args[0]!r}{f', did you mean {near!r}?' if near else ''}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """List the commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names from the table, importing none of the commands; options as click does."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [CompletionItem(name, help=text) for name, (_, text) in COMMANDS.items() if name.startswith(incomplete)]


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="briefing")
def group() -> None:
    """One brief out of a day's articles: every sentence quoted word for word, with its source.

    Exit codes: 0 done, 1 failed, 2 a mistake in the command or the config, 3 done with problems (--strict), 4 made but
    not delivered.
    """


def main() -> None:
    """Run the command line; errors raised on purpose become one message and an exit code."""
    # More threads make small matrices slower, and their sums depend on how many there are.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Looking for its plugins, pydantic reads the metadata of everything that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    gc.set_threshold(100_000, 20, 20)  # what is loaded at a start is not garbage, and is looked through again and again
    from briefing.cli.output import outcome_of
    from briefing.parallel import keep_in

    keep_in(_cache_folder())
    sys.exit(outcome_of(lambda: group(standalone_mode=False)))


def _cache_folder() -> Path | None:
    """Return where the user's caches lie (XDG Base Directory); None where there is no home."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "briefing"
    except RuntimeError:
        return None
