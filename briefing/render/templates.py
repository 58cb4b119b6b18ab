"""Template folders: finding their files, filling in their templates."""

from __future__ import annotations

import marshal
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import RenderError
from briefing.parallel import kept_value
from briefing.render.formats import FORMATS, isolated, shipped_templates
from briefing.render.words import direction, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import CodeType

    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket
    from markupsafe import Markup


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


def fill(name: str, folders: Sequence[Path], values: Mapping[str, Any]) -> str:
    """Return a template (`brief.html.j2`) with its values; RenderError names file, line and what is wrong."""
    try:
        return environment(folders, name.split(".")[-2]).get_template(name).render(values)
    except mistakes() as error:
        raise RenderError(described_mistake(error, folders)) from error


def text_edition(ending: str, view: Mapping[str, Any], folders: Sequence[Path]) -> str:
    """Return the brief in a format that is text."""
    return text_of(f"brief.{ending}.j2", view, folders)


def text_of(name: str, view: Mapping[str, Any], folders: Sequence[Path]) -> str:
    """Return a template of text with its values, and one blank line between blocks."""
    return re.sub(r"\n{3,}", "\n\n", fill(name, folders, view).strip("\n")) + "\n"


AS_IT_STANDS = "would let markup through as it stands, also an article's: values are always escaped; take it out"


def environment(folders: Sequence[Path], ending: str) -> Environment:
    """Return where the templates of files of this ending run: in an immutable sandbox, every name known.

    Every value is escaped: in a text format by its own rule, else as HTML. What would hand markup through unescaped is
    refused when a template is read: TemplateSyntaxError names file and line.
    """
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes, pass_context
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Escaping(ImmutableSandboxedEnvironment):
        """Knows neither the filter `safe` nor blocks that set escaping."""

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            template = super()._parse(source, name, filename)
            for node in template.find_all((nodes.Filter, nodes.ScopedEvalContextModifier)):
                used = node.name if isinstance(node, nodes.Filter) else "autoescape"
                if used in {"safe", "autoescape"}:
                    raise TemplateSyntaxError(f"`{used}` {AS_IT_STANDS}", node.lineno, name, filename)
            return template

        def compile(self, source: Any, name: Any = None, filename: Any = None, *rest: Any) -> Any:  # noqa: ANN401 - Jinja's overloads
            """Return a template's code, as an earlier start has compiled it, where it was of the same."""
            make = super().compile
            code = kept_value(
                f"{ending}-{str(name).replace('/', '-')}",
                lambda: marshal.dumps(make(source, name, filename, *rest)),
                *(filename, source),
            )
            return marshal.loads(code)  # noqa: S302 - this user's alone, and whole

    text = FORMATS.get(ending)
    made = Escaping(
        loader=FileSystemLoader(folders),
        autoescape=text is None or text.escape is not None,  # select_autoescape() does not know the suffix .j2
        finalize=_finalize(text.escape) if text and text.escape else None,
        undefined=StrictUndefined,
        bytecode_cache=_compiled(ending),
        optimized=False,  # folding constants costs more than it saves in a template that is printed once
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # a filter may also be named in a string: `map("safe")`
    del made.filters["safe"]
    if text is None:
        made.filters |= {"soft": soft, "in_language": pass_context(in_language), "direction": of_text}
        made.filters["apart"] = pass_context(apart)
    else:
        made.filters |= dict(text.filters)
        made.filters["apart"] = pass_context(
            lambda context, text: text if of_text(text) == context["dir"] else isolated(text)
        )
    return made


def _finalize(escape: Callable[[str], str]) -> Callable[[object], Markup]:
    """Return what Jinja calls on each value that it prints, so that none is printed as HTML would have it."""
    from markupsafe import Markup

    return lambda value: value if isinstance(value, Markup) else Markup(escape(str(value)))  # noqa: S704 - escaped


@cache
def _compiled(ending: str) -> BytecodeCache:  # noqa: ARG001 - what is compiled for one is not for the other
    """Keep what each template was last compiled to, for as long as it reads the same."""
    from jinja2 import BytecodeCache

    class Kept(BytecodeCache):
        """In memory, by the template's file."""

        def __init__(self) -> None:
            self._codes: dict[str, tuple[str, CodeType | None]] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            """Give a bucket its code, if it was compiled from this very source."""
            checksum, code = self._codes.get(bucket.key, ("", None))
            if checksum == bucket.checksum:
                bucket.code = code

        def dump_bytecode(self, bucket: Bucket) -> None:
            """Keep what was compiled."""
            self._codes[bucket.key] = bucket.checksum, bucket.code

    return Kept()


def mistakes() -> tuple[type[Exception], ...]:
    """Return what a template that has a mistake raises."""
    from jinja2 import TemplateError

    return TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError


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


def described_mistake(error: Exception, folders: Sequence[Path]) -> str:
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
