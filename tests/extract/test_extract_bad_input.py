"""Documents made to break their reader: each costs at most itself, soon, and says so."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile

import pytest

from benchmarks.quality.written_documents import deleted, inserted, paragraph, word_file
from briefing.config import Limits
from briefing.extract import Extraction, extract
from briefing.extract.media_types import WORD
from briefing.models import Document

LIMITS = Limits()
SENTENCE = "The bridge over the lower canal reopened on Tuesday after eleven weeks of repairs, the engineer said."
PAGE = "<html><body><article><p>{0}</p><p>{0} Again.</p>{1}</article></body></html>"


def read(content: str | bytes, media_type: str = "text/html", limits: Limits = LIMITS) -> Extraction:
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return extract(Document(origin="desk/it", media_type=media_type, content=raw), limits)


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


FLOOD = "<p " + " ".join(f"a{number}" for number in range(300_000)) + ">Flooded.</p>"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'

LONG_TEXT = SENTENCE + "".join(f"\n{SENTENCE} It said so {number} times." for number in range(9_000))

REMARKED = {
    "300,000 attributes": (PAGE.format(SENTENCE, FLOOD), "text/html", "line 1: a tag has more than 500 attributes"),
    "deep nesting": (PAGE.format(SENTENCE, "<div>" * 100_000), "text/html", "nested too deep"),
    "entities in a page": (ENTITIES + PAGE.format(SENTENCE, "&b;"), "text/html", "line 1: it declares XML entities"),
    "entities in a feed": (
        f"{ENTITIES}<rss><channel><item><title>&b;</title><description>{SENTENCE}</description></item></channel></rss>",
        "application/xml",
        "line 1: it declares XML entities",
    ),
    "too large a page": (PAGE.format(SENTENCE, "<p>" + "word " * 500_000), "text/html", "limits.page_bytes"),
    "too long a text": (LONG_TEXT, "text/plain", "limits.text_chars"),
    "a mail of dashes": (
        f"Subject: x\nContent-Type: text/plain\n\n{SENTENCE}\n\n" + "-" * 250_000 + " wrote", "message/rfc822",
        "limits.text_chars"),
    "too long a mail": ("Subject: x\nContent-Type: text/html\n\n" + f"<p>{SENTENCE}</p>" * 30_000, "message/rfc822",
                        "limits.page_bytes"),
}  # fmt: skip


@pytest.mark.parametrize("name", REMARKED)
def test_what_can_be_read_of_it_is_read(name: str) -> None:
    content, media_type, told = REMARKED[name]
    started = time.perf_counter()
    extraction = read(content, media_type)
    assert time.perf_counter() - started < 10
    assert len(extraction.articles) == 1
    assert extraction.articles[0].paragraphs[0].text == SENTENCE
    assert len(extraction.articles[0].text) <= LIMITS.text_chars
    assert [problem.lost for problem in extraction.problems if told in problem.reason] == [False]


LOST: dict[str, tuple[str | bytes, str, str]] = {
    "empty": (b"", "text/plain", "an empty file"),
    "zeros": (b"\0" * 1_000, "text/plain", "an empty file"),
    "too large": (b"x" * 1_001, "text/plain", "limits.document_bytes"),
    "binary": (bytes(range(256)) * 3, "text/plain", "no text in any encoding"),
    "program": (b"\x7fELF" + bytes(50), "application/octet-stream", "a program"),
    "picture": (b"\xff\xd8\xff\xe0" + bytes(50), "text/html", "a JPEG picture"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50), "application/msword", "save it as .docx"),
    "unknown type": (b"\x01\x02\x03\x04", "application/x-unheard-of", "application/x-unheard-of are not read"),
    "broken zip": (b"PK\x03\x04" + bytes(50), "application/zip", "no zip archive that can be opened"),
    "empty zip": (zipped(), "application/zip", "an archive without articles"),
    "zip bomb": (zipped(bomb=b"0" * 900_000), "application/zip", "taken for a bomb"),
    "gzip bomb": (gzip.compress(b"0" * 900_000), "application/gzip", "taken for a bomb"),
    "gzip cut": (gzip.compress(SENTENCE.encode())[:-9], "application/gzip", "breaks off"),
    "gzip in zip": (zipped(inner=gzip.compress(b"x")), "application/zip", "an archive inside an archive"),
    "broken Word": (zipped(**{"word/document.xml": b"<w:document"}), WORD, "no Word document"),
    "spreadsheet": (
        zipped(**{"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"}),
        "application/zip",
        "a spreadsheet",
    ),
    "broken PDF": (b"%PDF-1.7\nnothing", "application/pdf", "no PDF that can be read"),
    "mail with no text": (b"Subject: x\n\n", "message/rfc822", "a mail with no text"),
    "JSON of nothing": (b"[]", "application/json", "no article in it"),
    "deep JSON": (b"[" * 900, "application/json", "no JSON"),
    "no end of a sentence": ("so " * 80_000, "text/plain", "no sentence ends within its first 200,000 characters"),
    "feed of a broken namespace": (
        f'<rss xmlns:dc="a\xa0b"><channel><item><dc:x/><description>{SENTENCE}</description></item></channel></rss>',
        "application/xml",
        "a namespace of the feed is no address",
    ),
    "page with no text": (b"<html><body></body></html>", "text/html", "no text in it"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_cannot_be_read_says_why(name: str) -> None:
    content, media_type, told = LOST[name]
    extraction = read(content, media_type, Limits(document_bytes=1_000 if name == "too large" else 500_000))
    assert extraction.articles == ()
    assert len(extraction.problems) == 1
    assert told in extraction.problems[0].reason
    assert extraction.problems[0].lost
    assert extraction.problems[0].origin.startswith("desk/it")


def test_a_bad_line_17_is_left_out_and_named() -> None:
    lines = [json.dumps({"id": number, "text": f"{SENTENCE} It is {number}."}) for number in range(1, 21)]
    whole = read("\n".join(lines), "application/jsonl")
    lines[16] = lines[16][:30]
    broken = read("\n".join(lines), "application/jsonl")
    assert [problem.origin for problem in broken.problems] == ["desk/it:17"]
    texts = [article.text for article in whole.articles]
    assert [article.text for article in broken.articles] == texts[:16] + texts[17:]


def test_two_members_of_one_name_are_two_articles() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", SENTENCE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.txt", f"{SENTENCE} Again.")
        archive.writestr("b\x1b[31m.txt", SENTENCE)
    articles = read(buffer.getvalue(), "application/zip").articles
    assert [article.origin for article in articles] == ["desk/it#a.txt", "desk/it#a.txt~", "desk/it#b[31m.txt"]
    assert len({article.id for article in articles}) == 3


RUSSIAN = "Мост через нижний канал открыли во вторник после одиннадцати недель ремонта, сказал инженер."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "koi8-r", "cp1251"])
def test_text_without_a_mark_is_decoded(encoding: str) -> None:
    (article,) = read(RUSSIAN.encode(encoding), "text/plain").articles
    assert article.text == RUSSIAN


@pytest.mark.parametrize(("between", "left"), [("\ud800", " "), ("\ud83d\ude00", " 😀 ")])
def test_surrogates_in_utf_8_are_joined_or_dropped(between: str, left: str) -> None:
    (article,) = read(f"The bridge {between} is open, the engineer said on Tuesday.", "text/plain").articles
    assert article.text == f"The bridge{left}is open, the engineer said on Tuesday."


FORMS = {
    "text/html": "<html><head><title>The bridge</title></head><body><article>{}</article></body></html>",
    "application/rss+xml": "<rss version='2.0'><channel><item><description>{}</description></item></channel></rss>",
    "text/markdown": "{}",
}


@pytest.mark.parametrize("media_type", FORMS)
@pytest.mark.parametrize(
    ("between", "left"),
    [("&#55357;&#56832;", " 😀 "), ("&#xD83D;&#xde00;", " 😀 "), ("&#xD835;&#xDC00;", " 𝐀 "), ("&#055357;", " ")],
)
def test_references_to_halves_of_a_character_are_joined_or_dropped(media_type: str, between: str, left: str) -> None:
    sentence = f"<p>The bridge {between} is open, the engineer of the town said on Tuesday.</p>"
    content = FORMS[media_type].format(sentence if media_type == "text/html" else sentence[3:-4])
    found = read(content, media_type)
    assert found.articles[0].text == f"The bridge{left}is open, the engineer of the town said on Tuesday."
    assert found.problems == ()


@pytest.mark.parametrize("address", ["https://[a.example/x", "https://a.example]/x", "//[x"])
def test_an_address_that_is_none_leaves_the_article_without_one(address: str) -> None:
    head = f'<head><link rel="canonical" href="{address}"><title>The bridge is open again</title></head>'
    [article] = read(PAGE.format(SENTENCE, "").replace("<body>", f"{head}<body>")).articles
    assert (article.title, article.url) == ("The bridge is open again", None)


def test_a_list_s_archive_and_a_site_s_name_may_be_no_address() -> None:
    head = "From: a@news.example\nList-Archive: <https://[x/a>\nArchived-At: <https://[y/b>\nSubject: The bridge\n"
    mail = f"{head}\n{SENTENCE}\n"
    assert read(mail, "message/rfc822").articles[0].url is None
    head = '<head><meta property="og:site_name" content="https://[x/a"><title>The bridge is open again</title></head>'
    assert read(PAGE.format(SENTENCE, "").replace("<body>", f"{head}<body>")).articles[0].outlet == "https://[x/a"


def test_a_picture_and_a_path_in_the_text_stay_text() -> None:
    hostile = "See <img src=file:///etc/passwd> and {{7*7}} and javascript:alert(1) there, he said.\n" + SENTENCE
    text = read(hostile, "text/plain").articles[0].text
    assert "<img src=file:///etc/passwd>" in text
    assert "{{7*7}}" in text


def test_lone_surrogates_do_not_pass() -> None:
    escaped = '{"text": "A lone \\ud83d surrogate stands in this sentence of the article."}'
    text = read(escaped, "application/jsonl").articles[0].text
    text.encode("utf-8")
    assert text.startswith("A lone surrogate stands")


@pytest.mark.parametrize("stray", ["\0", "\x07", "\x1b", "\x85", "\ufffe"])
def test_stray_controls_cost_nothing(stray: str) -> None:
    extraction = read(f"The {stray}bridge is open{stray} now, they said.{stray}\nIt is.", "text/plain")
    assert extraction.problems == ()
    assert extraction.articles[0].text.replace("\n\n", " ") == "The bridge is open now, they said. It is."


def test_a_cut_text_ends_with_a_sentence() -> None:
    extraction = read(f"{SENTENCE} " * 30, "text/plain", Limits(text_chars=1_000))
    assert extraction.articles[0].text.endswith("said.")
    assert len(extraction.articles[0].text) <= 1_000


@pytest.mark.parametrize("sign", ["<", ">", "(", "[", ":", ":;", "(a", '"(', "<a@b.example>", "a@b.example,"])
def test_a_sender_of_50_000_brackets_costs_itself(sign: str) -> None:
    mail = f"From: {sign * 50_000}\nSubject: Canal open\nContent-Type: text/plain; charset=utf-8\n\n{SENTENCE}\n"
    began = time.process_time()
    found = read(mail, "message/rfc822")
    assert time.process_time() - began < 2
    assert [article.title for article in found.articles] == ["Canal open"]


def test_a_mail_of_forty_forwards_is_the_innermost() -> None:
    body = SENTENCE
    for number in range(40):
        head = (
            f"From: Post {number} <p@post.example>\nDate: Mon, 3 May 2021 at 18:00\nSubject: Bridge\nTo: <a@b.example>"
        )
        body = f"---------- Forwarded message ---------\n{head}\n\nSee below.\n\n{body}"
    extraction = read(f"From: A <a@x.example>\nSubject: Fwd: Bridge\n\nfyi\n\n{body}", "message/rfc822")
    assert [(article.outlet, article.paragraphs[-1].text) for article in extraction.articles] == [("Post 0", SENTENCE)]


def test_a_word_file_of_ten_thousand_changes_is_read() -> None:
    changes = (change for number in range(5_000) for change in (inserted(f"word{number} "), deleted("gone ")))
    content = word_file(paragraph("Bridge note", style="Title") + paragraph(*changes, "and no more."))
    extraction = read(content, WORD)
    assert len(extraction.articles) == 1
    assert "gone" not in extraction.articles[0].text
    assert extraction.articles[0].text.startswith("word0 word1 ")


def test_a_page_of_notes_and_of_rules_that_hide_is_read_soon() -> None:
    marks = "".join(f"<sup><a href='#n{at}'>{at % 99}</a></sup>" for at in range(8_000))
    notes = "".join(f"<p id=n{at}>note</p>" for at in range(8_000))
    style = f"<style>{'.a{display:none}' * 20_000}{'@media{' * 20_000}</style>"
    started = time.perf_counter()
    extraction = read(f"<html><head>{style}</head><body><p>{SENTENCE}</p>{marks}{notes}</body></html>", "text/html")
    assert time.perf_counter() - started < 10
    assert extraction.articles[0].paragraphs[0].text == SENTENCE
