"""`briefing init` and `briefing schema`: a new desk, and what its config.yaml may say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.output import FAILED, say
from briefing.cli.parameters import NamedPath, TemplateName, template_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLES = ("standard", "humanitarian", "newsroom", "security")


@click.command()
def schema() -> None:
    """Print the JSON Schema of config.yaml, for editors."""
    from briefing.config import schema_text

    click.echo(schema_text(), nl=False)


@click.command()
@click.argument("folder", type=NamedPath(file_okay=False, path_type=Path), default=Path(), metavar="[DIR]")
@click.option(
    "--example", type=click.Choice(EXAMPLES), default="standard", show_default=True, help="The example to start from."
)
@click.option(
    "--template", type=TemplateName(), default=None, help="Only copy this template to DIR/templates, to change it."
)
def init(*, folder: Path, example: str, template: str | None) -> int | None:
    """Create a desk in DIR: config.yaml, templates, sample articles and an output folder.

    Existing files are never overwritten.
    """
    if template is not None:
        return lay_template(folder, template)
    from briefing.render import STANDARD

    if (folder / "config.yaml").exists():
        say(f"{folder / 'config.yaml'} already exists; nothing was created")
        return FAILED
    try:
        kept = write_new(folder, {**lay(example), **template_files(STANDARD)})
        (folder / "output").mkdir(exist_ok=True)
    except OSError as error:
        return _failed(error)
    _tell_kept(kept)
    here = "" if folder == Path() else f"cd {folder} && "
    say(f"The desk is ready. Next: {here}briefing build, or briefing preview to see the brief as you edit")
    click.echo(folder / "config.yaml")
    return None


def lay_template(folder: Path, name: str) -> int | None:
    """Copy a shipped template into the desk."""
    files = template_files(name)
    if not files:
        say(f"there is no template {name!r}; there are: {', '.join(template_names())}")
        return FAILED
    try:
        _tell_kept(write_new(folder, files))
    except OSError as error:
        return _failed(error)
    click.echo(folder / "templates" / name)
    return None


def template_files(name: str) -> dict[str, bytes]:
    """Return a shipped template's files by their paths in a desk; none where there is no such template."""
    from briefing.render import shipped_templates

    root = shipped_templates()
    if name not in template_names():
        return {}
    files = sorted(path for path in (root / name).rglob("*") if path.is_file())
    return {f"templates/{path.relative_to(root).as_posix()}": path.read_bytes() for path in files}


def write_new(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files that are not there yet; return those that are and were kept. Raises OSError."""
    kept = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            kept.append(path)
    return kept


def _tell_kept(kept: list[Path]) -> None:
    for path in kept:
        say(f"{path} already exists and was kept")


def _failed(error: OSError) -> int:
    say(f"{error.filename}: cannot be written: {error.strerror}")
    return FAILED


# ── what is laid ─────────────────────────────────────────────────────────────────────────────────────────────────────


STANDARD = "standard"
SCHEMA = "config.schema.json"
_IN_THE_CHECKOUT = b"$schema=docs/config.schema.json"


def lay(example: str) -> Mapping[str, bytes]:
    """Return the files of a new desk by their paths in it: config.yaml, its schema, seeds to build a first brief."""
    from briefing.config import schema_text

    root = _root(example)
    files = {
        "config.yaml": (root / "config.yaml").read_bytes().replace(_IN_THE_CHECKOUT, b"$schema=" + SCHEMA.encode())
    }
    files[SCHEMA] = schema_text().encode()
    return files | {f"seeds/{path.name}": path.read_bytes() for path in _seeds(root)}


def _root(example: str) -> Path:
    """Return where an example lies; the standard one is the sample, in the package or beside it in a checkout."""
    package = Path(__file__).parents[1]
    if example != STANDARD:
        return package / "desks" / example
    packed = package / "sample"
    return packed if packed.is_dir() else package.parent


def _seeds(root: Path) -> Iterator[Path]:
    return (path for path in sorted((root / "seeds").iterdir()) if path.is_file())
