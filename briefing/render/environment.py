"""Where templates run: in an immutable sandbox, every name known, every value escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Environment

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
    made = Escaping(loader=FileSystemLoader(folders), autoescape=escaped, **values)
    # a filter may also be named in a string: `map("safe")`
    del made.filters["safe"]
    return made


def mistakes() -> tuple[type[Exception], ...]:
    """Return what a template that has a mistake raises."""
    from jinja2 import TemplateError

    return TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError
