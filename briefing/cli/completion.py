"""`briefing completion`: what a shell needs to complete our commands and options."""

from __future__ import annotations

import click

SHELLS = ("bash", "zsh", "fish")
PROGRAM = "briefing"
VARIABLE = "_BRIEFING_COMPLETE"
"""What the script sets when it asks for completions; click looks for it under the program's name."""

SPLITS_ALL, SPLITS_ONCE = 'string split ","', 'string split -m 1 ","'
"""In click's script for fish: a list of formats holds commas of its own behind the one that ends the kind."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(*, shell: str) -> None:
    """Print what makes a shell complete commands and options.

    \b
    bash: echo 'eval "$(briefing completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(briefing completion zsh)"' >> ~/.zshrc
    fish: briefing completion fish > ~/.config/fish/completions/briefing.fish
    """  # noqa: D301 - click's sign for lines that stay as they are
    from click.shell_completion import get_completion_class

    from briefing.cli import group

    found = get_completion_class(shell)
    if found is None:  # SHELLS are click's own
        raise click.UsageError(f"click completes nothing in {shell}")
    click.echo(found(group, {}, PROGRAM, VARIABLE).source().replace(SPLITS_ALL, SPLITS_ONCE))
