"""`briefing verify` must notice whatever is done to an edition."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest

from briefing.edition import Brief, as_data, read_brief
from briefing.verify import check_editions, check_originals, check_quotations
from tests.render.sample import rendered, sample_brief

BROKEN = b"%PDF-1.7 and nothing behind it"


def changed(change: Callable[[Any], object]) -> Brief:
    """Return the sample as it reads after somebody has been at its brief.json."""
    data = as_data(sample_brief())
    change(data)
    return read_brief(json.dumps(data).encode())


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(rendered().files)


def test_an_edition_as_it_was_made_has_nothing_wrong(files: dict[str, bytes]) -> None:
    assert check_quotations(sample_brief()) == ()
    assert check_editions(sample_brief(), files) == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["articles"][0].update(text=d["articles"][0]["text"] + "."), "does not match text_sha256"),
        (lambda d: d["sections"][0]["stories"][0]["sentences"][0].update(start=1), "not what stands at 1 to"),
        (lambda d: d["sections"][0]["stories"][0]["sentences"][0].update(text="No!"), "not what stands at"),
        (lambda d: d["also_today"][0]["sentences"][0].update(end=3), "not what stands at 0 to 3"),
        (lambda d: d["key_points"][0].update(text="“We would"), "not what stands at"),
        (lambda d: d["key_points"][0].update(start=5, end=5, text=""), "not what stands at 5 to 5"),
        (lambda d: d["key_points"][0].update(article="nobody"), "quoted but not listed"),
        (lambda d: d["key_points"][0].update(section="nowhere"), "names section nowhere"),
        (lambda d: d["sections"][0]["stories"][0]["also"].append("nobody"), "article nobody is not listed"),
        (lambda d: d["sections"][1]["stories"].append(d["sections"][0]["stories"][1]), "printed twice"),
        (lambda d: d["figures"][0].update(low=1), "figures[0].low is 1, but its accounts give 900"),
    ],
)
def test_a_changed_brief_is_found_out(change: Callable[[Any], object], message: str) -> None:
    assert any(message in said for said in check_quotations(changed(change)))


@pytest.mark.parametrize("name", ["brief.html", "brief.md", "brief.txt"])
def test_a_changed_file_is_found_out(files: dict[str, bytes], name: str) -> None:
    messages = check_editions(sample_brief(), {name: files[name].replace(b"eleven gaps", b"twelve gaps")})
    assert len(messages) == 1
    assert messages[0].startswith(f"{name}: does not hold the sentence 'Surveyors found eleven gaps")


def test_a_pdf_of_another_brief_is_found_out(files: dict[str, bytes]) -> None:
    def change(data: Any) -> None:  # noqa: ANN401 - JSON
        data["sections"][0]["stories"][1]["sentences"][0]["text"] = "Surveyors found twelve gaps in the flood wall."
        data["sections"][1]["stories"][1]["sentences"][0]["text"] = "أعلنت سلطة الميناء فتح الطريق."

    messages = check_editions(changed(change), {"brief.pdf": files["brief.pdf"]})
    assert [message for message in messages if "twelve gaps" in message]
    assert [message for message in messages if "فتح الطريق" in message]
    assert [message for message in messages if "attached" in message]


def test_files_of_other_kinds_are_not_looked_at() -> None:
    assert check_editions(sample_brief(), {"brief.json": b"", "notes": b"", "latest.zip": b"PK"}) == ()


def test_a_document_of_which_no_second_reading_is_made_is_named() -> None:
    def relabelled(data: dict[str, Any]) -> None:
        for article in data["articles"]:
            article["sha256"] = sha256(BROKEN).hexdigest()

    brief = changed(relabelled)
    quoted = {quotation.article for quotation in brief.quotations}
    found = check_originals(brief, {article.origin: BROKEN for article in brief.articles})
    assert found.wrong == ()
    assert set(found.unread) == {article.origin for article in brief.articles if article.id in quoted}
