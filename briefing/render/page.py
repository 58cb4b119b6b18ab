"""The HTML edition, and the document from which the PDF is set: one template, two style sheets."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from briefing.config import PAPER, READABLE, contrast, nearest, rgb
from briefing.models import Problem
from briefing.render.formats import shipped_templates
from briefing.render.references import LED, NAMED
from briefing.render.templates import DOCUMENT, fill, read_file, template_folders
from briefing.render.words import FALLBACK, label_tree

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from pathlib import Path

    from briefing.config import Page, Theme
    from briefing.edition import Brief

GENERATOR = "briefing"


def screen_page(view: Mapping[str, Any], *, folders: Sequence[Path], page: Page) -> str:
    """Return the HTML edition: one file, nothing to load, nothing that runs."""
    from markupsafe import Markup

    css = _sheet("style", folders) + light_css(page.theme) + dark_css(page.theme)
    digest = b64encode(sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    return _filled(view, folders=folders, page=page, paper={"medium": "screen", "css": Markup(css), "policy": policy})  # noqa: S704 - ours


def page_job(
    brief: Brief, view: Mapping[str, Any], *, data: bytes, folders: Sequence[Path], page: Page
) -> dict[str, Any]:
    """Return what the typesetter needs: the document, its style sheets, the evidence to attach (`data`: brief.json)."""
    sheets = [_sheet("page", folders), read_file(f"page-{page.size}.css", folders), light_css(page.theme)]
    return {
        "html": _filled(view, folders=folders, page=page, paper=_paper(page, logo_address(page.theme, folders))),
        "css": [resolved("\n".join(sheets))],
        "folders": [str(folder) for folder in folders],
        "attachments": _attachments(brief, data),
        "link_texts": _link_texts(view),
        "without_font": view["labels"]["without_font"],
        "built_at": brief.edition.built_at.timestamp(),
    }


def _sheet(name: str, folders: Sequence[Path]) -> str:
    """Return a style sheet, and behind it what a template adds to it in `<name>-more.css`."""
    more = f"{name}-more.css"
    added = read_file(more, folders) if any((folder / more).is_file() for folder in folders) else ""
    return read_file(f"{name}.css", folders) + added


def resolved(css: str) -> str:
    """Return a style sheet with the custom properties of `:root` filled in.

    WeasyPrint takes every declaration with a var() apart anew for every element, at a fifth of the whole time.
    """
    root = ";".join(re.findall(r":root\s*\{([^}]*)\}", css))
    known = dict(re.findall(r"(--[\w-]+)\s*:\s*([^;]+?)\s*(?:;|$)", root))
    return re.sub(r"var\((--[\w-]+)\)", lambda use: known.get(use[1], use[0]), css)


def _filled(view: Mapping[str, Any], *, folders: Sequence[Path], page: Page, paper: Mapping[str, Any]) -> str:
    """Return the document; where the source list leads back to what is not printed, without those ways."""
    html = fill(DOCUMENT, folders, {**_values(view, folders, page), **paper})
    wanted, there = (set(re.findall(rf'{name}([cln][\d-]+)"', html)) for name in ('href="#', r'\bid="'))
    if wanted <= there:
        return html
    return fill(DOCUMENT, folders, {**_values(_leading(view, there), folders, page), **paper})


def _leading(view: Mapping[str, Any], there: Container[str]) -> dict[str, Any]:
    """Return the values with those ways back from the sources that lead to these anchors."""

    def kept(source: Mapping[str, Any]) -> dict[str, Any]:
        once = {key: place if (place := source[key]) and place["id"] in there else None for key in (LED, NAMED)}
        return {**source, **once, "places": [place for place in source["places"] if place["id"] in there]}

    sources = {kind: [kept(source) for source in view["sources"][kind]] for kind in ("quoted", "unquoted")}
    return {**view, "sources": {**view["sources"], **sources}}


def _paper(page: Page, logo: str | None) -> dict[str, Any]:
    """Return what the printed page is set with; its logo is a file of the template, which alone may be loaded."""
    own = None if logo is None else f"template:///{page.theme.logo}"
    return {"medium": "paper", "css": "", "policy": "", "logo": own}


def _values(view: Mapping[str, Any], folders: Sequence[Path], page: Page) -> dict[str, Any]:
    # without its source list a brief's citations would lead nowhere
    blocks = [*page.blocks, *(["sources"] if "sources" not in page.blocks else [])]
    logo = logo_address(page.theme, folders)
    return {**view, "generator": GENERATOR, "size": page.size, "logo": logo, "blocks": blocks}


def _attachments(brief: Brief, data: bytes) -> list[dict[str, str]]:
    """Return brief.json as the document's source, and the texts quoted as its evidence (ISO 32000-2, 14.13.2)."""
    quoted = {one.article for one in (*brief.quotations, *brief.accounts)}
    evidence = [
        {
            "name": f"source-{article.number:04}-{article.id}.txt",
            "description": f"[{article.number}] {article.outlet or article.origin}"[:200],
            "relationship": "Supplement",
            "text": article.text,
        }
        for article in brief.articles
        if article.id in quoted
    ]
    source = {
        "name": "brief.json",
        "description": brief.edition.title,
        "relationship": "Source",
        "text": data.decode(),
    }
    return [source, *evidence]


def _link_texts(view: Mapping[str, Any]) -> dict[str, str]:
    """Return in words where each anchor of the page leads, for readers that are read the page aloud."""
    labels, sources = view["labels"], view["sources"]
    texts = {section["anchor"]: section["title"] for section in (*view["sections"], view["also_today"])}
    for source in (*sources["quoted"], *sources["unquoted"]):
        texts[source["anchor"]] = f"{labels['source'].format(number=source['number'])}: {source['outlet']}"
        for place in filter(None, (*source["places"], source[LED])):
            texts[place["id"]] = f"{labels['back']} {place['where']}"
        if source[NAMED]:
            texts[source[NAMED]["id"]] = f"{labels['named_in']} {source[NAMED]['where']}"
    texts["sources"], texts["gaps"] = labels["sources"], labels["gaps"]
    texts[view["figures"]["anchor"]] = view["figures"]["title"]
    return texts


# ── a desk's own template, colours and picture ────────────────────────────────────────────────────────────────────────
# Only what lies in a desk's own folders is looked into; the templates that come with the program have their tests.


DARK = "#14161a"
"""What the dark HTML edition is set on."""
SHADE = "#f1f2f4"
"""The darkest ground of light pages: that of the desk's own words."""
INK = "#000000"

LARGEST_LOGO = 1_000_000

MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "svg": "image/svg+xml"}
STAGE = "render"
MOST_NAMED = 5
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
        more = ", …" if len(lacking) > MOST_NAMED else ""
        told = f"{len(lacking)} labels are not given and stand in {FALLBACK}: {', '.join(lacking[:MOST_NAMED])}{more}"
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


def light_css(theme: Theme) -> str:
    """Return the rules that put a user's colour in place of the sections' own, darkened until it can be read."""
    return "" if theme.accent is None else f"\n{_rules(readable(theme.accent, on=SHADE))}\n"


def dark_css(theme: Theme) -> str:
    """Return the rules that do so on a dark screen, where the colour is lightened until it can be read."""
    if theme.accent is None:
        return ""
    return f"@media screen and (prefers-color-scheme: dark) {{ {_rules(readable(theme.accent, on=DARK))} }}\n"


def logo_address(theme: Theme, folders: Sequence[Path]) -> str | None:
    """Return the logo as a data: address; None where there is none, or none that can be read."""
    path = (
        next((folder / theme.logo for folder in folders if (folder / theme.logo).is_file()), None)
        if theme.logo
        else None
    )
    if path is None or path.stat().st_size > LARGEST_LOGO:
        return None
    kind = MEDIA_TYPES[path.suffix[1:]]
    return f"data:{kind};base64,{b64encode(path.read_bytes()).decode()}"


def readable(colour: str, *, on: str) -> str:
    """Return the colour with as much white or black as it takes to be read on a dark or a light ground (WCAG 2, AA)."""
    end = max(PAPER, INK, key=lambda extreme: contrast(extreme, on))
    for share in range(0, 101, 5):
        mixed = "#" + "".join(
            f"{round(part + (to - part) * share / 100):02x}" for part, to in zip(rgb(colour), rgb(end), strict=True)
        )
        if contrast(mixed, on) >= READABLE:
            return mixed
    return end


def _rules(colour: str) -> str:
    sections = ", ".join(f".k{n}" for n in range(1, 7))
    return f":root {{ --link: {colour} }} {sections} {{ --k: {colour} }}"
