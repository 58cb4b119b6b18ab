"""`briefing verify`: the proof that an edition quotes what its articles say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.output import DONE, FAILED, say
from briefing.cli.parameters import NamedPath
from briefing.cli.session import config_option
from briefing.errors import BriefingError, ConfigError
from briefing.opening import read_regular

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefing.cli.session import Session
    from briefing.edition import Brief, EditionInfo
    from briefing.verify import Compared

MANY = 5
"""How many missing documents are named."""


@click.command()
@click.argument("edition", type=NamedPath(path_type=Path), required=False)
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[SOURCE]...")
@config_option
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def verify(*, edition: Path | None, sources: tuple[Path, ...], config_path: Path, as_json: bool) -> int:
    """Check every quotation against its article, the article against its hash, and the files against brief.json.

    The HTML, Markdown and text editions are rendered again from brief.json, with the config's page or the templates
    that come with the program, and must say the same. Documents are read a second time, by code of its own.

    EDITION: a folder of an edition, or its brief.json; by default the config's newest. SOURCE: where the articles'
    documents are; by default the sources of the config, if there is one, and the store. Missing documents are listed
    and are no failure: the edition holds the articles' texts.
    """
    from briefing.cli.inputs import documents_of, wrong_inputs
    from briefing.edition import LISTING, own_files
    from briefing.inputs import FILE as INPUTS
    from briefing.verify import check_editions, check_listing, check_originals, check_quotations

    folder, brief = _edition(edition or _newest(config_path))
    files = {path.name: read_regular(path) for path in own_files(folder) if path.name != "brief.json"}
    try:
        session = _session(config_path)
        documents = _documents(sources, session, brief.edition)
        kept = {} if sources else documents_of(folder / INPUTS)
        originals = check_originals(brief, {**kept, **documents})
        remade = _remade(brief, files, session)
        inputs = folder / INPUTS
        of_inputs = wrong_inputs(inputs, brief) if inputs.exists() else ()
        wrong = (
            *(*check_quotations(brief), *check_listing(brief, files.get(LISTING)), *remade.wrong),
            *(*check_editions(brief, files), *originals.wrong, *of_inputs),
        )
    except (KeyError, ValueError) as error:
        raise BriefingError(f"{folder / 'brief.json'} is not built as a brief.json of version 1: {error!r}") from error
    if as_json:
        told = {"wrong": wrong, "same": originals.same, "absent": originals.absent, "apart": remade.apart}
        told |= {"unread": originals.unread}
        click.echo(json.dumps(told, ensure_ascii=False))
        return FAILED if wrong else DONE
    for message in (*wrong, *remade.apart):
        say(message)
    for reason, origins in (
        (
            "not found, so checked against the edition's own copy only (name their folder to compare them)",
            originals.absent,
        ),
        ("could not be read a second time, so checked by its hash only", originals.unread),
    ):
        if origins:
            say(f"{reason}: {', '.join(origins[:MANY])}{' …' if len(origins) > MANY else ''}")
    click.echo(_summary(brief, originals.same, tuple(files), len(wrong)))
    return FAILED if wrong else DONE


def _newest(config_path: Path) -> Path:
    from briefing.cli.session import newest_edition, open_session

    session = open_session(config_path)
    return session.output / newest_edition(session)


def _session(config_path: Path) -> Session | None:
    from briefing.cli.session import open_session

    try:
        return open_session(config_path)
    except ConfigError:
        return None  # an edition is proved without its config, too


def _remade(brief: Brief, files: Mapping[str, bytes], session: Session | None) -> Compared:
    """Compare the files with those that the brief gives once more."""
    from briefing.cli.making import page_folders
    from briefing.render import made_again
    from briefing.verify import Compared, check_remade, check_rows

    html = files.get("brief.html", b"").decode(errors="replace")
    page, templates = (session.config.page, page_folders(session)) if session else (None, ())
    made = made_again(brief, html, page=page, templates=templates)
    compared = check_remade(files, made)
    return Compared(wrong=(*compared.wrong, *check_rows(files, made)), apart=compared.apart)


def _summary(brief: Brief, same: int, names: tuple[str, ...], wrong: int) -> str:
    count, figures = (sum(1 for _ in found) for found in (brief.quotations, brief.accounts))
    told = f"{count} quotations, {figures} figures" if figures else f"{count} quotations"
    found = f"{wrong} things wrong" if wrong else "all as it should be"
    return (
        f"{brief.edition.id}: {told}, {brief.count} articles ({same} compared with their"
        f" documents), {len(names) + 1} files: {found}"
    )


def _edition(path: Path) -> tuple[Path, Brief]:
    from briefing.edition import read_brief

    file = path / "brief.json" if path.is_dir() else path
    try:
        return file.parent, read_brief(read_regular(file))
    except OSError as error:
        raise BriefingError(f"{file} cannot be read: {error.strerror}; give the folder of an edition") from error
    except ValueError as error:
        raise BriefingError(f"{file} is no brief.json of version 1: {error}") from error


def _documents(sources: tuple[Path, ...], session: Session | None, head: EditionInfo) -> dict[str, bytes]:
    """Return the documents of the sources by origin; none where there are no sources to look in."""
    from briefing.cli.documents import find
    from briefing.config import Limits
    from briefing.sources import read_paths

    if not sources and session is None:
        return {}
    if session and not sources:
        found = find(session, (), head=head)
    else:
        limits = session.config.limits if session else Limits()
        found = read_paths(sources, most_bytes=1 << 40, most_records=limits.records)
    return {document.origin: document.content for document in found.documents}
