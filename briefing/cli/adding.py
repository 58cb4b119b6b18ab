"""`briefing add` and `briefing import`: sources as YAML to paste into config.yaml; neither changes a file."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.output import FAILED, say
from briefing.cli.parameters import NamedPath


@click.command()
@click.argument("url", metavar="URL")
@click.option("--allow-private", is_flag=True, help="Ask addresses of your own network too.")
def add(*, url: str, allow_private: bool) -> int | None:
    """Find the feeds of a site from the address of a page; print YAML to paste."""
    from briefing import __version__
    from briefing.sources import as_yaml, ask_once, find, listed

    whole = url if "://" in url else f"https://{url}"
    found, reason = find(whole, ask_once(f"briefing/{__version__}", allow_private=allow_private))
    if reason:
        say(f"{whole}: {reason}")
        return FAILED
    click.echo(as_yaml(listed(one, allow_private=allow_private) for one in found), nl=False)
    return None


@click.command("import")
@click.argument("file", type=NamedPath(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
def import_(*, file: Path) -> int | None:
    """Print the feeds of an OPML file, which every feed reader writes, as YAML to paste."""
    from briefing.opening import read_regular
    from briefing.sources import OPML_BYTES, as_yaml, feeds_of

    try:
        feeds = feeds_of(read_regular(file, most_bytes=OPML_BYTES))
    except (OSError, ValueError) as error:
        say(f"{file}: {getattr(error, 'strerror', None) or error}")
        return FAILED
    if not feeds:
        say(f"{file}: there is no feed in it")
        return FAILED
    click.echo(as_yaml(feeds), nl=False)
    return None
