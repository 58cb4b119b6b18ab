"""`briefing add` and `briefing import`: sources as YAML to paste into config.yaml; neither changes a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.output import FAILED, json_option, print_json, say
from briefing.cli.parameters import NamedPath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.sources import Listed


@click.command()
@click.argument("url", metavar="URL")
@click.option("--allow-private", is_flag=True, help="Ask addresses of your own network too.")
@json_option
def add(*, url: str, allow_private: bool, as_json: bool) -> int | None:
    """Find the feeds of a site from the address of a page; print YAML to paste."""
    from briefing import __version__
    from briefing.sources import ask_once, find, listed

    whole = url if "://" in url else f"https://{url}"
    found, reason = find(whole, ask_once(f"briefing/{__version__}", allow_private=allow_private))
    if reason:
        say(f"{whole}: {reason}")
        return FAILED
    _print([listed(one, allow_private=allow_private) for one in found], as_json=as_json)
    return None


@click.command("import")
@click.argument("file", type=NamedPath(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@json_option
def import_(*, file: Path, as_json: bool) -> int | None:
    """Print the feeds of an OPML file, which every feed reader writes, as YAML to paste."""
    from briefing.opening import read_regular
    from briefing.sources import OPML_BYTES, feeds_of

    try:
        feeds = feeds_of(read_regular(file, most_bytes=OPML_BYTES))
    except (OSError, ValueError) as error:
        say(f"{file}: {getattr(error, 'strerror', None) or error}")
        return FAILED
    if not feeds:
        say(f"{file}: there is no feed in it")
        return FAILED
    _print(feeds, as_json=as_json)
    return None


def _print(sources: Sequence[Listed], *, as_json: bool) -> None:
    """Print sources as YAML, or as the data that this YAML holds with what was refused."""
    from briefing.config import read_yaml
    from briefing.sources import as_yaml

    text = as_yaml(sources)
    if not as_json:
        click.echo(text, nl=False)
        return
    node = read_yaml(text, name="sources").node
    taken = node.plain()["sources"] if node else None
    refused = [{"url": one.url, "reason": one.refused} for one in sources if one.refused]
    print_json({"sources": taken or [], "refused": refused})
