"""Template folders: finding their files, filling in `brief.html.j2`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.config import decode, read_yaml
from briefing.errors import ConfigError, RenderError
from briefing.render.characters import direction, pieces
from briefing.render.environment import environment, mistakes
from briefing.render.shipped import shipped_templates
from briefing.render.words import FALLBACK, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from briefing.config import Node
    from briefing.errors import Mistake

STANDARD = "standard"
"""The template that lends its files to those that do not bring their own."""

DOCUMENT = "brief.html.j2"
SAVE_AS = "save the file as UTF-8"
ENDLESS = "this goes round without an end: a template includes, extends or calls itself"


def template_folders(name: str, templates: Sequence[Path]) -> list[Path]:
    """Return where a template's files are looked for, in order; RenderError where there is no such template."""
    roots = list(dict.fromkeys([*templates, shipped_templates()]))
    own = [root / name for root in roots if (root / name).is_dir()]
    if not own:
        known = sorted({folder.parent.name for root in roots for folder in root.glob(f"*/{DOCUMENT}")})
        raise RenderError(f"page.template: there is no template {name!r}; there are: {', '.join(known)}")
    return list(dict.fromkeys([*own, shipped_templates() / STANDARD]))


def read_file(name: str, folders: Sequence[Path]) -> str:
    """Return the first file of this name; RenderError where none of the folders has it or it cannot be read."""
    path = next((folder / name for folder in folders if (folder / name).is_file()), None)
    if path is None:
        raise RenderError(f"{name}: none of {', '.join(map(str, folders))} has this file")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RenderError(f"{path}: cannot be read: {error}") from error


def read_words(language: str, folders: Sequence[Path], *, timezone: str) -> Words:
    """Return the labels of a language, those of nearer folders first; English where there is no file for it."""
    files = [folder / f"labels.{language}.yaml" for folder in reversed(folders)]
    chosen = language if any(path.is_file() for path in files) else FALLBACK
    labels: dict[str, Any] = {}
    for code in dict.fromkeys([FALLBACK, chosen]):
        for path in [folder / f"labels.{code}.yaml" for folder in reversed(folders)]:
            labels |= {key: node.plain() for key, node in label_tree(path).items()} if path.is_file() else {}
    return Words(language=chosen, labels=labels, timezone=timezone)


def fill(folders: Sequence[Path], values: Mapping[str, Any]) -> str:
    """Return `brief.html.j2` with its values; RenderError names file, line and what is wrong."""
    from jinja2 import pass_context

    made = environment(folders)
    made.filters |= {"soft": soft, "in_language": pass_context(in_language), "direction": of_text}
    made.filters["apart"] = pass_context(apart)
    try:
        return made.get_template(DOCUMENT).render(values)
    except mistakes() as error:
        raise RenderError(mistake_told(error, folders)) from error


def soft(text: object) -> str | Markup:
    """Let lines break inside a token that fits on none, without adding a character to it."""
    from markupsafe import Markup

    parts = pieces(str(text))
    return str(text) if len(parts) == 1 else Markup("<wbr>").join(parts)


def apart(context: Mapping[str, Any], text: object) -> str | Markup:
    """Return a name whose language is not known with its direction where that is not the document's.

    A browser else takes the digits that follow it for its own: "20 March" behind an Arabic name would part.
    """
    from markupsafe import Markup

    way = of_text(str(text))
    return soft(text) if way == context["dir"] else Markup('<span dir="{}">{}</span>').format(way, soft(text))


def in_language(context: Mapping[str, Any], told: Mapping[str, str]) -> Markup:
    """Return the attributes `lang` and `dir` of a text where they are not those of the whole document.

    WeasyPrint computes the styles of equal elements once; what names its language, and all in it, is equal to nothing.
    """
    from markupsafe import Markup

    differing = [name for name in ("lang", "dir") if told[name] != context[name]]
    return Markup("").join(Markup(' {}="{}"').format(name, told[name]) for name in differing)


def of_text(text: str) -> str:
    """Return `rtl` or `ltr`, by the first letter of a name whose language is not known."""
    return direction("und", text)


def label_tree(path: Path) -> dict[str, Node]:
    """Return the labels of a file with their places; RenderError names file, line and what is wrong."""
    return _label_tree(path, path.stat().st_mtime_ns)


@cache
def _label_tree(path: Path, changed: int) -> dict[str, Node]:  # noqa: ARG001 - a file that has changed is read anew
    try:
        tree = read_yaml(decode(path.read_bytes(), name=str(path)), name=str(path))
    except ConfigError as error:
        raise RenderError(_first(error.mistakes)) from error
    except OSError as error:
        raise RenderError(f"{path}: cannot be read: {error}") from error
    if tree.mistakes:
        raise RenderError(_first(tree.mistakes))
    if tree.node is None or not isinstance(tree.node.value, dict):
        raise RenderError(f"{path}: must map names to words")
    for where, leaf in tree.node.walk():
        if leaf.value is None:
            raise RenderError(f"{path}:{leaf.place.line}: the label `{where[0]}` has no words")
    return tree.node.value


def _first(mistakes: Sequence[Mistake]) -> str:
    return f"{mistakes[0].file}:{mistakes[0].line}: {mistakes[0].message}"


def mistake_told(error: Exception, folders: Sequence[Path]) -> str:
    """Return file, line and words of a template's mistake."""
    match error:
        case UnicodeDecodeError():
            alike = (path for folder in folders for path in folder.glob("*.j2") if path.read_bytes() == error.object)
            return f"{next(alike, DOCUMENT)}: not UTF-8 text (byte 0x{error.object[error.start]:02x}); {SAVE_AS}"
        case RecursionError():
            return f"{_mistake_place(error, folders)}: {ENDLESS}"
        case _:
            return f"{_mistake_place(error, folders)}: {error}"


def _mistake_place(error: Exception, folders: Sequence[Path]) -> str:
    """Return file and line as the error says, or of the last template in its traceback."""
    name, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if name is not None and line is not None:
        return f"{name}:{line}"
    place, trace = DOCUMENT, error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code.co_filename
        if any(Path(code).is_relative_to(folder) for folder in folders):
            place = f"{code}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
