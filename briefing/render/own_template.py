"""What the page cannot do as it is asked to: a language without words, a logo that is not there, slips in a template.

Only what lies in a desk's own folders is looked into; the templates that come with the program have their tests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.config import nearest
from briefing.models import Problem
from briefing.render.shipped import shipped_templates
from briefing.render.templates import label_tree, template_folders
from briefing.render.theme import logo_address
from briefing.render.words import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefing.config import Page

STAGE = "render"
NAMED = 5
"""Labels that are named where a language lacks some."""

_SKIPPED = re.compile(r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^)]*\)""", re.DOTALL)
"""Where a brace is no brace of CSS."""


def page_problems(language: str, *, page: Page, templates: Sequence[Path]) -> tuple[Problem, ...]:
    """Return what a page cannot do in a language; `templates` are searched before the shipped ones.

    RenderError where there is no such template, or labels cannot be read.
    """
    folders = template_folders(page.template, templates)
    shipped = shipped_templates()
    own = [folder for folder in folders if not folder.resolve().is_relative_to(shipped.resolve())]
    found = [*_untranslated(language, folders), *_logo(page, folders)]
    for folder in own:
        found += [*_mistyped_labels(folder, folders), *_broken_styles(folder)]
    return tuple(Problem(origin=origin, stage=STAGE, reason=reason, lost=False) for origin, reason in found)


def _untranslated(language: str, folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield that the brief's own words are in English, all of them or some."""
    name = f"labels.{language}.yaml"
    files = [folder / name for folder in folders if (folder / name).is_file()]
    if not files and language != FALLBACK:
        yield (
            "brief.language",
            f"there is no {name} in the templates: the brief's own words are in {FALLBACK}",
        )
    given = {label for path in files for label in label_tree(path)}
    lacking = [key for key in _known(folders) if key not in given] if files else []
    if lacking:
        more = ", …" if len(lacking) > NAMED else ""
        told = f"{len(lacking)} labels are not given and stand in {FALLBACK}: {', '.join(lacking[:NAMED])}{more}"
        yield _shown(files[0]), told


def _logo(page: Page, folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    if page.theme.logo is not None and logo_address(page.theme, folders) is None:
        yield "page.theme", f"no picture {page.theme.logo} of up to a megabyte lies in {_shown(folders[0])}"


def _mistyped_labels(folder: Path, folders: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield labels that resemble one which the file does not give; others may be a template's own."""
    known = _known(folders)
    for path in sorted(folder.glob("labels.*.yaml")):
        given = label_tree(path)
        for label, node in given.items():
            meant = None if label in known else nearest(label, known)
            if meant is not None and meant not in given:
                yield f"{_shown(path)}:{node.key_place.line}", f"unknown label '{label}', did you mean '{meant}'?"


def _known(folders: Sequence[Path]) -> list[str]:
    """Return the labels of the program, in the order of their file; the last folder is the standard template's."""
    return [*label_tree(folders[-1] / f"labels.{FALLBACK}.yaml")]


def _broken_styles(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what is no CSS in the folder's style sheets."""
    shipped = shipped_templates()
    for path in sorted(folder.glob("*.css")):
        content, alike = path.read_bytes(), shipped / folder.name / path.name
        if not (alike.is_file() and alike.read_bytes() == content):
            for line, told in css_mistakes(content.decode("utf-8", "replace")):
                yield f"{_shown(path)}:{line}", told


def css_mistakes(text: str) -> Iterator[tuple[int, str]]:
    """Yield what is no CSS: (1-based line, what is wrong); of braces that do not match the first."""
    opened: list[int] = []
    bare = _SKIPPED.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for brace in re.finditer(r"[{}]", bare):
        line = bare.count("\n", 0, brace.start()) + 1
        if brace[0] == "{":
            opened.append(line)
        elif opened:
            opened.pop()
        else:
            yield line, "this } closes nothing: what follows it is not applied"
            return
    if opened:
        yield opened[-1], "this { is never closed: what follows it is not applied"
        return
    yield from _parse_errors(text)


def _parse_errors(text: str) -> Iterator[tuple[int, str]]:
    """Yield what the parser of WeasyPrint passes over."""
    import tinycss2  # type: ignore[import-untyped]  # ships no types

    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        inside = tinycss2.parse_blocks_contents(rule.content) if rule.type == "qualified-rule" else ()
        for node in (rule, *inside):
            if node.type == "error":
                yield node.source_line, "this is no rule of CSS and is not applied"


def _shown(path: Path) -> str:
    """Return a file's place as people call it, `templates/plain/style.css`, and not where on whose machine it lies."""
    return "/".join(path.parts[-3:]) if path.suffix else "/".join(path.parts[-2:])
