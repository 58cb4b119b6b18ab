from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.delivery.channels.message import UNDISCLOSED, Letter, attachment_name, encoded, letter, sender_of
from briefing.edition import one_line
from briefing.render.mail import Frame, Mail, mail_of
from tests.delivery.desk import TEMPLATES, payload
from tests.delivery.naughty import NAUGHTY

if TYPE_CHECKING:
    from briefing.delivery.channels import Payload

HEADERS = [
    "From", "Reply-To", "List-Id", "List-Unsubscribe", "Auto-Submitted", "Subject", "Date", "To", "Message-ID",
    "MIME-Version", "Content-Type",
]  # fmt: skip

INJECTIONS = (
    "Bridge\r\nBcc: everyone@example.org",
    "Bridge\nReply-To: evil@example.org\n\nHello",
    "=?utf-8?q?x=0AReply-To:_evil?=",
    "=?utf-8?q?x=0D=0A=0D=0A--boundary?=",
    "=?utf-8?b?eA0KUmVwbHktVG86IGV2aWw=?= tail",
    "Bridge\u2028X-Evil: 1",
    "Bridge\x85X-Evil: 1",
    "Bridge\x0b\x0cX-Evil: 1",
    "Bridge\0X-Evil: 1",
    "\ud800lone surrogate",
    "a" * 5000,
    " leading and trailing \t",
    "To: a@example.org",
    '"quoted" <b@example.org>',
    "=?" * 50,
    "é" * 500,
    "🛶" * 300,
)


def made(
    title: str = "Daily brief", *, late: int = 0, headline: str = "A bridge is open", attached: bool = True
) -> Letter:
    edition = payload(title=title, late=late, headline=headline)
    mail = mail_for(edition, link="https://desk.example/brief.pdf")
    sender = sender_of(
        "Desk, east <brief@example.org>",
        reply_to="desk@example.org",
        list_id=None,
        unsubscribe="mailto:stop@example.org",
    )
    return letter(edition, mail, sender=sender, attached=attached)


def mail_for(edition: Payload, *, link: str | None = None) -> Mail:
    return mail_of(edition.brief, Frame(late=(edition.late, edition.due), link=link), templates=TEMPLATES)


def test_a_message_says_who_what_and_when() -> None:
    message = message_from_bytes(made().bytes_to("a@example.org"), policy=policy.default)
    assert message.keys() == HEADERS
    assert not message.defects
    assert message["Subject"] == (
        "[TLP:GREEN] Daily brief: The bridge at the quay is open again. · Thursday 21 March 2019"
    )
    assert message["From"] == '"Desk, east" <brief@example.org>'
    assert message["To"] == "a@example.org"
    assert message["Date"] == "Thu, 21 Mar 2019 05:30:00 +0000"
    assert message["Reply-To"] == "desk@example.org"
    assert message["List-Id"] == "<brief.example.org>"
    assert message["List-Unsubscribe"] == "<mailto:stop@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "Daily brief 2019-03-21.pdf"
    assert pdf.get_content() == b"%PDF-1.7\n.\n"


def test_the_marking_comes_before_all_else_that_is_seen() -> None:
    message = message_from_bytes(made().bytes_to("a@example.org"), policy=policy.default)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines()[0] == "TLP:GREEN"
    body = html.get_content().partition("<body")[2]
    seen = re.sub(r"<div class=\"pre\".*?</div>", "", body.partition(">")[2])
    assert re.sub(r"<[^>]*>", " ", re.sub(r"<!--.*?-->", "", seen)).split()[0] == "TLP:GREEN"


def test_the_html_body_carries_its_styles_inline_and_fetches_nothing() -> None:
    message = message_from_bytes(made().bytes_to("a@example.org"), policy=policy.default)
    html = message.get_body(("html",))
    assert html is not None
    text = html.get_content()
    assert re.search(r"<h1 style=\"[^\"]*font: ?bold 15px", text)
    assert "https://quay.example/a" in text
    assert not re.search(r"(?i)<(img|link|script|iframe|object)|\bsrc=|url\(", text)


def test_the_same_edition_gives_the_same_bytes_and_message_id() -> None:
    first, second = made(), made()
    assert first.bytes_to("a@example.org") == second.bytes_to("a@example.org")
    assert first.message_id("a@example.org") == second.message_id("a@example.org")
    assert first.message_id("a@example.org") != first.message_id("b@example.org")
    assert made("Other").message_id("a@example.org") != first.message_id("a@example.org")
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", first.message_id(UNDISCLOSED))


def test_a_late_brief_says_how_late() -> None:
    message = message_from_bytes(made(late=130).bytes_to("a@example.org"), policy=policy.default)
    plain = message.get_body(("plain",))
    assert plain is not None
    assert "This brief is 2 h 10 min late: it was due Thu 21 Mar, 06:30 (Paris)." in plain.get_content()
    assert payload(late=4).late == timedelta()


def test_the_editors_note_stands_apart_from_what_is_quoted() -> None:
    links = [{"start": 4, "end": 12, "href": "https://roads.example/plan"}, {"start": 13, "end": 16, "href": "data:x"}]
    edition = payload(note=[{"text": "See the plan now\u2028<b>", "links": links}, {"text": "Second.", "links": []}])
    _, html, plain = mail_for(edition)
    assert "| Editor’s note\n|\n| See the plan (https://roads.example/plan) now <b>\n|\n| Second.\n" in plain
    assert ">the plan</a> now\u2028&lt;b&gt;</p>" in html
    assert "data:" not in html
    assert plain.index("Second.") < plain.index("It is.")
    assert "Editor" not in mail_for(payload()).text


@pytest.mark.parametrize("title", INJECTIONS)
def test_no_title_can_add_a_header_or_a_part(title: str) -> None:
    content = made(title, headline=title).bytes_to("a@example.org")
    message = message_from_bytes(content, policy=policy.default)
    assert message.keys() == HEADERS
    assert not message.defects
    assert [part.get_content_type() for part in message.walk()].count("application/pdf") == 1
    assert sum(1 for _ in message.walk()) == 5
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_five_hundred_naughty_titles_leave_the_headers_as_they_are() -> None:
    assert len(NAUGHTY) == len(set(NAUGHTY)) >= 500
    for title in NAUGHTY:
        head = made_head(title)
        message = message_from_bytes(head + b"\r\n", policy=policy.default)
        assert message.keys() == ["Subject"], title
        assert message_from_bytes(head, policy=policy.compat32).keys() == ["Subject"], title


def made_head(title: str) -> bytes:
    return f"Subject: {encoded(one_line(title))}\r\n".encode("ascii")


@given(st.text(max_size=120))
@settings(max_examples=300)
def test_a_header_reads_back_as_the_text_on_one_line(text: str) -> None:
    message = message_from_bytes(made_head(text) + b"\r\n", policy=policy.default)
    assert message.keys() == ["Subject"]
    assert all(len(line) <= 76 for line in made_head(text).decode().split("\r\n"))
    from email.header import decode_header, make_header

    raw = message_from_bytes(made_head(text) + b"\r\n", policy=policy.compat32)["Subject"]
    assert str(make_header(decode_header(raw))) == one_line(text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Eastern Syria: daily brief", "Eastern Syria daily brief 2019-03-21.pdf"),
        ("Bulletin d’été / été", "Bulletin d ete ete 2019-03-21.pdf"),
        ("../../etc/passwd", "etc passwd 2019-03-21.pdf"),
        ("", "2019-03-21.pdf"),
    ],
)
def test_the_attachment_has_a_sensible_name(title: str, name: str) -> None:
    assert attachment_name(payload(title=title).brief.edition) == name
