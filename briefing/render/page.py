"""The HTML edition, and the document from which the PDF is set: one template, two style sheets."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from briefing.render.citations import LED, NAMED
from briefing.render.own_template import dark_css, light_css, logo_address
from briefing.render.templates import DOCUMENT, fill, read_file

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

    from briefing.config import Page
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
    """Return brief.json as the document's source, and every article's text as its evidence (ISO 32000-2, 14.13.2)."""
    evidence = [
        {
            "name": f"source-{article.number:04}-{article.id}.txt",
            "description": f"[{article.number}] {article.outlet or article.origin}"[:200],
            "relationship": "Supplement",
            "text": article.text,
        }
        for article in brief.articles
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
