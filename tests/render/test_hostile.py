"""Text that tries to be something else: it is printed, nothing is fetched, nothing is opened."""

from __future__ import annotations

import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from briefing.config import Page
from briefing.edition import encodable, read_brief
from briefing.render import render
from briefing.render.pdf.document import replaced
from briefing.render.references import safe_link
from briefing.verify import check_editions
from tests.render.sample import brief_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from briefing.edition import Brief

VECTORS = [
    '<img src="{at}">',
    "<script>fetch('{at}')</script>",
    '"><img src=x onerror="fetch(\'{at}\')">',
    '<link rel="stylesheet" href="{at}">',
    '<link rel=attachment href="{file}">',
    '<a rel=attachment href="{file}">file</a>',
    "<style>@import url({at}); @font-face{{font-family:x;src:url({file})}} *{{background:url({at})}}</style>",
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{at}"/><use href="{file}#a"/></svg>',
    '<object data="{file}"></object><embed src="{at}"><iframe src="{at}"></iframe>',
    '<base href="{at}"><meta http-equiv="refresh" content="0;url={at}">',
    "</style></title></head><body><img src={at}>",
    "<!--[if IE]><img src={at}><![endif]--> <![CDATA[<img src={at}>]]>",
    "{{{{ 7*7 }}}} {{% include '/etc/passwd' %}} {{{{ ''.__class__.__mro__ }}}}",
    "&#60;img src={at}&#62; &lt;img src={at}&gt;",
    "url({at}) expression(fetch('{at}')) ; background: url({file})",
    "![x]({at}) [x](javascript:alert(1)) <{at}>",
]
ADDRESSES = [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "/relative/path",
    "../../etc/passwd",
    "//no-scheme.example/",
    "http://",
    "http://[::1",
    "http://127.0.0.1\\@good.example/",
    "http://good.example/\n<script>",
    " http://good.example/",
    "http://good.example/\ud800",
    "ftp://files.example/",
    "mailto:",
    "template:///page.css",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hit", hits
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_or_opened_and_all_is_printed(listener: tuple[str, list[str]], tmp_path: Path) -> None:
    at, hits = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret that no brief may hold")
    texts = [vector.format(at=at, file=secret.as_uri()) for vector in VECTORS]
    brief = _everywhere(brief_of(*texts), texts)
    edition = render(brief, formats=("pdf", "html", "md", "json", "txt"), page=Page(), templates=[])
    files = dict(edition.files)

    assert hits == []
    assert not [problem for problem in edition.problems if "template" in problem.reason]
    for content in files.values():
        assert b"the secret that no brief may hold" not in content
    assert check_editions(read_brief(files["brief.json"]), files) == ()
    html = files["brief.html"].decode().lower()
    for tag in ("<script", "<img", "<iframe", "<object", "<embed", "<base", "<image", 'http-equiv="refresh"', "<link"):
        assert tag not in html
    with pikepdf.open(BytesIO(files["brief.pdf"])) as pdf:
        assert set(pdf.attachments) == {
            "brief.json",
            *(f"source-{n:04}-{article.id}.txt" for n, article in enumerate(brief.articles, start=1)),
        }
        assert not any("/A" in link for page in pdf.pages for link in page.get("/Annots", []))


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_addresses_never_become_links(address: str) -> None:
    assert safe_link(address) is None


@pytest.mark.parametrize(
    ("address", "href", "host"),
    [
        ("https://www.example.org/a?b=c#d", "https://www.example.org/a?b=c#d", "example.org"),
        ("http://good.example@evil.example/", "http://good.example@evil.example/", "evil.example"),
        ("https://bücher.example/é", "https://b%C3%BCcher.example/%C3%A9", "xn--bcher-kva.example"),
        ("https://example.org/already%20there", "https://example.org/already%20there", "example.org"),
        ("mailto:desk@example.org", "mailto:desk@example.org", "example.org"),
    ],
)
def test_a_link_shows_the_host_that_it_opens(address: str, href: str, host: str) -> None:
    assert safe_link(address) == {"href": href, "host": host}


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        (f"www.good.co.uk.{'a' * 50}.{'b' * 50}.evil.example", "….evil.example"),
        (f"good.example.{'a.' * 60}evil.co.uk", f"….{'a.' * 24}evil.co.uk"),
        (f"good.example.{'c' * 63}.co.uk", f"….{'c' * 63}.co.uk"),  # longer than what fits, and whole all the same
        (f"{'c' * 63}.example", f"{'c' * 63}.example"),
        (f"{'a' * 47}.evil.example", f"{'a' * 47}.evil.example"),  # 60: just fits
        (f"{'a' * 48}.evil.example", "….evil.example"),
        ("www.example", "www.example"),
        ("EVIL.example.", "evil.example"),
        ("good.example:443@evil.example:8443", "evil.example"),
        ("good.example。evil.example", "good.example.evil.example"),  # a full stop of another script is one
        ("gооd.example", "xn--gd-fmca.example"),
        ("ｇｏｏｄ.example", "good.example"),
    ],
)
def test_of_a_long_host_the_end_is_shown_that_says_whose_it_is(host: str, shown: str) -> None:
    link = safe_link(f"https://{host}/good.example")
    assert link is not None
    assert link["host"] == shown


@pytest.mark.parametrize("host", ["good.example%2f.evil.example", "good.example%00.evil.example", "a..b.example", ""])
def test_what_is_no_host_never_becomes_a_link(host: str) -> None:
    assert safe_link(f"https://{host}/") is None


def test_no_text_costs_the_pdf() -> None:
    texts = [
        "x" * 100_000,
        "e" + "\u0301" * 10_000,
        "nul \x00, bell \x07, escape \x1b[31m, delete \x7f",
        "override \u202egnp.exe\u202c and \u2066isolate\u2069 \u200f\u200e",
        "lone \ud800 and \udfff surrogates",
        "\u0300\u0300 begins with marks, \ufeff\u200d\u200c holds joiners, \ufffe is no character",
        "אבג 123 def ابج 456",
        "𝔘𝔫𝔦 🏳️‍🌈 👩🏽‍🚀 ﷽",
        " ",
    ]
    edition = render(_everywhere(brief_of(*texts), texts), formats=("pdf",), page=Page(), templates=[])
    assert dict(edition.files)["brief.pdf"].startswith(b"%PDF-1.7")


def test_a_character_without_a_font_is_named() -> None:
    lacking = "".join(map(chr, range(0xE000, 0xE020)))
    edition = render(brief_of(f"a {lacking} b.", "c d."), formats=("pdf", "json"), page=Page(), templates=[])
    reasons = [problem.reason for problem in edition.problems]
    assert reasons[:1] == ["no font has U+E000 unnamed"]
    assert reasons[20:] == ["no font has 12 other characters"]
    files = dict(edition.files)
    made = read_brief(files["brief.json"])
    assert made.articles[0].text == f"a {lacking} b."
    assert check_editions(made, files) == ()
    (section,) = made.sections
    first, *others = section.stories
    forged = replace(first, sentences=(replace(first.sentences[0], text=f"a {lacking} x."),))
    changed = replace(made, sections=(replace(section, stories=(forged, *others)),))
    assert any("does not hold" in message for message in check_editions(changed, files))


@pytest.mark.parametrize("blocks", [["front", "sections", "gaps"], ["sections"]])
def test_the_page_says_which_characters_it_lacks(blocks: list[str]) -> None:
    title = "Bridge \ue000 & \ue001 < road"
    brief = brief_of("a \ue000 b.", title=title)
    brief = replace(brief, edition=replace(brief.edition, title="Day \ue002"))
    made = dict(
        render(brief, formats=("pdf", "html"), page=Page.model_validate({"blocks": blocks}), templates=[]).files
    )
    with pikepdf.open(BytesIO(made["brief.pdf"])) as pdf, pdf.open_outline() as outline:
        assert str(pdf.docinfo["/Title"]).startswith("Day \ue002, ")
        assert str(pdf.docinfo["/Author"]) == "Day \ue002"
        assert outline.root[0].children[0].title == title
    document = pypdfium2.PdfDocument(made["brief.pdf"])
    text = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    lacking = "U+E000 unnamed, U+E001 unnamed, U+E002 unnamed"
    assert text.count(f"printed as \ufffd: {lacking}. The HTML edition") == 1
    assert "Characters without a font" not in made["brief.html"].decode()


def test_many_characters_without_a_font_are_counted_by_kind() -> None:
    codes = [*map(ord, "가나다一丁七丈"), 0xE000]
    html = "<head><title>一</title></head><body><main><h2 id='x'>一</h2></main></body>"
    told = replaced(html, codes, "not here: {names}.")
    assert told.startswith("<head><title>一</title>")
    assert "not here: CJK (4), HANGUL (3), unnamed (1)." in told
    assert "<h2 id='x' data-label=\"一\">\ufffd</h2>" in told


def _everywhere(brief: Brief, texts: list[str]) -> Brief:
    """Put the texts into titles, authors, outlets, addresses, origins, section titles and reasons too."""
    texts = [encodable(text) for text in texts]
    articles = tuple(
        replace(article, title=text, author=text, outlet=text, url=text, origin=text)
        for article, text in zip(brief.articles, texts, strict=True)
    )
    section = brief.sections[0]
    stories = tuple(replace(story, headline=text) for story, text in zip(section.stories, texts, strict=True))
    sections = tuple(replace(section, id=f"s{n}", title=text, stories=()) for n, text in enumerate(texts))
    return replace(
        brief,
        edition=replace(brief.edition, title=texts[0], handling=texts[1]),
        sections=(replace(section, title=texts[2], stories=stories), *sections),
        articles=articles,
    )
