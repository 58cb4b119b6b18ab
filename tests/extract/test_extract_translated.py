"""What a document says of being a translation."""

from __future__ import annotations

import pytest

from briefing.config import Limits
from briefing.extract import extract
from briefing.extract.fields import translation_of_tag
from briefing.models import Document, Translation

TEXT = "The ferry crews stopped work at ten on Monday evening, the port said.\n\nNobody slept in the terminal."


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("", None),
        ("translated: true", Translation()),
        ("translated: false", None),
        ("translated: machine", Translation(machine=True)),
        ("translated: fr", Translation(original="fr")),
        ("translated: true\ntranslated_from: fr-FR", Translation(original="fr")),
        ("translated_from: Old Norse", Translation()),
        ("machine_translated: true\noriginal_language: ar", Translation(original="ar", machine=True)),
        ("machine_translated: false", None),
        ("machine_translated: false\ntranslated_from: ar", Translation(original="ar")),
        ("language: en-t-de-t0-und", Translation(original="de", machine=True)),
        ("language: en-GB", None),
    ],
)
def test_fields_say_it(fields: str, told: Translation | None) -> None:
    content = f"---\ntitle: Ferry crews strike\n{fields}\n---\n\n{TEXT}\n".encode()
    document = Document(origin="in/a.md", media_type="text/markdown", content=content)
    (article,) = extract(document, Limits()).articles
    assert article.translation == told


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en", None),
        ("zh-Hant-TW", None),
        ("en-t-fr", Translation(original="fr")),
        ("en-t-fr-t0-und", Translation(original="fr", machine=True)),
        ("en-Latn-t-ru-m0-ungegn", Translation(original="ru")),
        ("en-x-mtfrom-ar", Translation(original="ar", machine=True)),
        ("", None),
        (None, None),
    ],
)
def test_language_tags_say_it(tag: str | None, told: Translation | None) -> None:
    assert translation_of_tag(tag) == told


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<html lang="en">', None),
        ('<html lang="en" class="notranslate">', None),
        ('<html lang="en-x-mtfrom-fr">', Translation(original="fr", machine=True)),
        ('<html lang="en" class="translated-ltr js">', Translation(machine=True)),
    ],
)
def test_pages_say_it(html: str, told: Translation | None) -> None:
    said = "It was said again and again on the quay, by everyone who was there."
    body = "".join(f"<p>{line} {said}</p>" for line in TEXT.split("\n\n"))
    page = f"<!doctype html>{html}<head><title>Ferry crews</title></head><body><article>{body}</article></body></html>"
    document = Document(origin="in/a.html", media_type="text/html", content=page.encode())
    (article,) = extract(document, Limits()).articles
    assert article.translation == told
