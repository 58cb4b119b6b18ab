"""`briefing verify`: the proof that an edition quotes what its articles say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.outcome import DONE, FAILED, say
from briefing.cli.session import config_option
from briefing.errors import BriefingError, ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

MANY = 5
"""How many missing documents are named."""


@click.command()
@click.argument("edition", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[SOURCE]...")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def verify(*, edition: Path, sources: tuple[Path, ...], config_path: Path, as_json: bool) -> int:
    """Check every quotation against its article, and the article against its hash.

    EDITION: a folder of an edition, or its brief.json. SOURCE: where the articles' documents lie; without it, the
    sources of the config, if there is one. Documents that are no longer there are told and do not fail: the edition
    holds the articles' texts.
    """
    from briefing.verify import check_editions, check_originals, check_quotations

    folder, data = _edition(edition)
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("brief.*")) if path.name != "brief.json"}
    try:
        originals = check_originals(data, _documents(sources, config_path))
        wrong = (*check_quotations(data), *check_editions(data, files), *originals.wrong)
    except (KeyError, TypeError, AttributeError) as error:
        raise BriefingError(f"{folder / 'brief.json'} is not built as a brief.json of version 1: {error!r}") from error
    if as_json:
        click.echo(json.dumps({"wrong": wrong, "same": originals.same, "absent": originals.absent}, ensure_ascii=False))
        return FAILED if wrong else DONE
    for message in wrong:
        say(message)
    absent = ", ".join(originals.absent[:MANY]) + (" …" if len(originals.absent) > MANY else "")
    if absent:
        say(f"not at hand, so checked against the edition's own copy (name their folder to compare them): {absent}")
    click.echo(_told(data, originals.same, tuple(files), len(wrong)))
    return FAILED if wrong else DONE


def _told(data: Mapping[str, Any], same: int, names: tuple[str, ...], wrong: int) -> str:
    from briefing.verify.quotations import accounts, quotations

    count, figures = (sum(1 for _ in found(data)) for found in (quotations, accounts))
    told = f"{count} quotations, {figures} figures" if figures else f"{count} quotations"
    found = f"{wrong} things wrong" if wrong else "all as it should be"
    return (
        f"{data['edition']['id']}: {told}, {len(data['articles'])} articles ({same} compared with their"
        f" documents), {len(names) + 1} files: {found}"
    )


def _edition(path: Path) -> tuple[Path, dict[str, Any]]:
    file = path / "brief.json" if path.is_dir() else path
    try:
        data = json.loads(file.read_bytes())
    except OSError as error:
        raise BriefingError(f"{file} cannot be read: {error.strerror}; give the folder of an edition") from error
    except ValueError as error:
        raise BriefingError(f"{file} is no brief.json: {error}") from error
    if not isinstance(data, dict) or data.get("version") != 1:
        raise BriefingError(f"{file} is no brief.json of version 1")
    return file.parent, data


def _documents(sources: tuple[Path, ...], config_path: Path) -> dict[str, bytes]:
    """Return the documents of the sources by origin; none where there are no sources to look in."""
    from briefing.cli.making import find
    from briefing.cli.session import open_session
    from briefing.sources import read_paths

    if sources:
        found = read_paths(sources, most_bytes=1 << 40)
    else:
        try:
            session = open_session(config_path)
        except ConfigError:
            return {}
        found = find(session, ())
    return {document.origin: document.content for document in found.documents}
