"""Where templates run: in an immutable sandbox, every name known, every value escaped."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import CodeType

    from jinja2 import BytecodeCache, Environment
    from jinja2.bccache import Bucket

AS_IT_STANDS = "would let markup through as it stands, also an article's: values are always escaped; take it out"


def environment(folders: Sequence[Path], *, escaped: bool = True) -> Environment:
    """Return the environment of the templates in these folders; text that is no markup is not `escaped`.

    What hands markup through unescaped is refused when a template is read: TemplateSyntaxError names file and line.
    """
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateSyntaxError, nodes
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

    values: dict[str, Any] = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    # by name, because select_autoescape() does not know the suffix .j2
    made = Escaping(
        loader=FileSystemLoader(folders), autoescape=escaped, bytecode_cache=_compiled(escaped=escaped), **values
    )
    # a filter may also be named in a string: `map("safe")`
    del made.filters["safe"]
    return made


@cache
def _compiled(*, escaped: bool) -> BytecodeCache:  # noqa: ARG001 - what is compiled for one is not for the other
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
