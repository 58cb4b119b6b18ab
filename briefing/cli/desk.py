"""`briefing init`, `schema`, `completion` and `man`: a new desk, and what goes with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing import __version__
from briefing.cli.output import FAILED, json_option, print_json, say
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
@json_option
def init(*, folder: Path, example: str, template: str | None, as_json: bool) -> int | None:
    """Create a desk in DIR: config.yaml, templates, sample articles and an output folder.

    Existing files are never overwritten.
    """
    from briefing.render import STANDARD

    whole = template is None
    laid = folder / ("config.yaml" if whole else f"templates/{template}")
    files = {**(lay(example) if whole else {}), **template_files(template or STANDARD)}
    if not files:
        say(f"there is no template {template!r}; there are: {', '.join(template_names())}")
        return FAILED
    if whole and laid.exists():
        say(f"{laid} already exists; nothing was created")
        return FAILED
    try:
        kept = write_new(folder, files)
        if whole:
            (folder / "output").mkdir(exist_ok=True)
    except OSError as error:
        say(f"{error.filename}: cannot be written: {error.strerror}")
        return FAILED
    for path in kept:
        say(f"{path} already exists and was kept")
    if whole:
        here = "" if folder == Path() else f"cd {folder} && "
        say(f"The desk is ready. Next: {here}briefing build, or briefing preview to see the brief as you edit")
    if as_json:
        new = [str(folder / name) for name in files if folder / name not in kept]
        print_json({"laid": str(laid), "files": new, "kept": [str(path) for path in kept]})
    else:
        click.echo(laid)
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


# ── what a shell needs, and the manual page ───────────────────────────────────────────────────────────────────────────


SHELLS = ("bash", "zsh", "fish")
PROGRAM = "briefing"
VARIABLE = "_BRIEFING_COMPLETE"
"""What the script sets when it asks for completions; click looks for it under the program's name."""

SPLITS_ALL, SPLITS_ONCE = 'string split ","', 'string split -m 1 ","'
"""In click's script for fish: a list of formats holds commas of its own behind the one that ends the kind."""


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(*, shell: str) -> None:
    """Print the completion script for a shell.

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


# ── the manual page, from the help that `--help` prints (man(7)) ─────────────────────────────────────────────────────


_SPECIAL = {"\\": r"\e", "-": r"\-", "~": r"\[ti]", "^": r"\[ha]", "`": r"\[ga]", '"': r"\[dq]", "'": r"\[aq]"}
_SAME_LINES = "\b"
"""What click's help puts before a paragraph whose lines stay as they are."""

STATUSES = (
    ("0", "Done."),
    ("1", "Failed; the message says why."),
    ("2", "The configuration or the command line has mistakes; nothing has run."),
    ("3", "Done, but with --strict something was left out."),
    ("4", "The brief was built but not delivered to everybody; trying again is safe."),
)
FILES = (
    ("config.yaml", "Everything about the brief. `briefing init` creates one, `briefing schema` describes it."),
    ("templates/", "How the page looks; missing files are taken from the program."),
    ("output/DAY/", "The editions: brief.pdf, brief.html, brief.md and brief.json; brief.txt on request."),
    ("output/briefing.sqlite3", "The ledger: which edition was delivered to whom."),
)
ENVIRONMENT = (
    ("NO_COLOR", "Set to anything, it turns colours off."),
    ("${NAME}", "Secrets that config.yaml names are taken from the environment, and from nowhere else."),
)


@click.command()
def man() -> None:
    """Print the manual page: `briefing man | man -l -`."""
    click.echo(manual_page(), nl=False)


def manual_page() -> str:
    """Return the manual page of all commands as roff source, in ASCII."""
    from briefing.cli import COMMANDS, group

    context = click.Context(group, info_name="briefing")
    lines = [f'.TH BRIEFING 1 "" "briefing {__version__}" "User Commands"', ".SH NAME"]
    lines += [rf"briefing \- {_text((group.help or '').rstrip('.'))}", ".SH SYNOPSIS", ".B briefing"]
    lines += [r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]", ".SH COMMANDS"]
    for name in COMMANDS:
        command = group.get_command(context, name)
        if command is not None:
            lines += _command(command, click.Context(command, info_name=name, parent=context))
    for title, items in (("EXIT STATUS", STATUSES), ("FILES", FILES), ("ENVIRONMENT", ENVIRONMENT)):
        lines.append(f".SH {title}")
        for name, meaning in items:
            lines += _item(name, meaning)
    return "\n".join(lines) + "\n"


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    name = _text(str(context.info_name))
    yield f".SS {name}"
    yield rf"\fBbriefing {name}\fR {_text(' '.join(command.collect_usage_pieces(context)))}"
    for paragraph in (command.help or "").split("\n\n"):
        verbatim = paragraph.lstrip().startswith(_SAME_LINES)
        lines = paragraph.replace(_SAME_LINES, "").strip().splitlines() if verbatim else [paragraph]
        # \& keeps a line from being taken for a request
        yield from (".PP", *([".nf"] if verbatim else []), *(rf"\&{_text(line)}" for line in lines))
        yield from [".fi"] if verbatim else []
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is not None and isinstance(param, click.Option) and param.name != "help":
            yield from _item(*record)


def _item(name: str, meaning: str) -> tuple[str, ...]:
    return ".TP", rf"\fB{_text(name)}\fR", rf"\&{_text(meaning)}"


def _text(text: str) -> str:
    """Return a text on one line with all that roff would read its own way escaped, in ASCII."""
    line = " ".join(text.split())
    return "".join(_SPECIAL.get(char, char if char.isascii() else rf"\[u{ord(char):04X}]") for char in line)
