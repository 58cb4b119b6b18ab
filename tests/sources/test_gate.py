"""The gate, rule by rule: one row at each bound, and one just beyond."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.config import Limits
from briefing.extract import Extraction, extract
from briefing.models import Document
from briefing.sources.entries import Answer
from briefing.sources.gate import Announced, Refused, Seen, Taken, fingerprint, judge

URL = "https://www.tamm-post.example/news/7"
TITLE = "Ferry strike ends after nine days"
BODY = (
    (
        "The crews of the ferries on the Lower Tamm went back to work on Monday morning. Their strike, which had "
        "lasted for nine days, ends with a raise of four per cent and two more free Sundays in a year."
    ),
    (
        "Both sides had met through the night in the old customs house. The owners gave way on the Sundays first, a "
        "member of the union said, and on pay an hour later. The first boat left at seven with thirty lorries on board."
    ),
)
ANNOUNCED = Announced(url=URL, title=TITLE, text="Crews went back to work on Monday.")


def page(*paragraphs: str, title: str = TITLE, head: str = "") -> str:
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = f"<body><article><h1>{title}</h1>{shown}</article></body>"
    return f"<html lang='en'><head><title>{title}</title>{head}</head>{body}</html>"


def fetched(markup: str, *, url: str = URL, status: int = 200, media_type: str = "text/html", **headers: str) -> Answer:
    told = {"content-type": media_type} | {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(asked=URL, url=url, status=status, headers=told, content=markup.encode())


def read(answer: Answer) -> Extraction:
    return extract(Document(origin="x", media_type="text/html", content=answer.content), Limits())


def reason(answer: Answer, announced: Announced = ANNOUNCED, *seen: Seen) -> str | None:
    verdict = judge(announced, answer, read(answer), seen)
    return verdict.reason if isinstance(verdict, Refused) else None


def test_the_article_is_taken() -> None:
    answer = fetched(page(*BODY))
    verdict = judge(ANNOUNCED, answer, read(answer))
    assert isinstance(verdict, Taken)
    assert verdict.article.title == TITLE


CANONICAL = f'<link rel="canonical" href="{URL}?utm_source=rss#top">'
NOT_FREE = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree": false}</script>'
LONG = tuple(
    f"In part {number} of its report the union lists what was paid on each of the boats." for number in range(20)
)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (fetched(page(*BODY), status=404), "the server answered 404"),
        (fetched(page(*BODY), media_type="application/pdf"), "it is no page but application/pdf"),
        (fetched(page(*BODY), cf_mitigated="challenge"), "the server asks for a check of the browser"),
        (fetched(page(*BODY), url="https://m.tamm-post.example/7"), None),
        (fetched(page(*BODY), url="https://login.example/"), "the address leads to another site, login.example"),
        (fetched(page(*BODY, head=CANONICAL), url="https://cdn.example/7"), None),
        (fetched(page(BODY[0])), "the page has only 40 words"),
        (fetched(page(*BODY, head=NOT_FREE)), "the page is not free to read"),
        (fetched(page(*BODY, *LONG, head=NOT_FREE)), None),
        (fetched(page(*BODY, *LONG, "The union will …", head=NOT_FREE)), "the page is not free to read"),
        (fetched("<html><body></body></html>"), "no text in it"),
        (replace(fetched(page(*BODY)), reason="no answer within 20 s", status=0), "no answer within 20 s"),
    ],
)  # fmt: skip
def test_what_stands_against_an_answer(answer: Answer, expected: str | None) -> None:
    assert reason(answer) == expected


def test_a_page_with_no_more_than_the_feed_is_not_needed() -> None:
    whole = replace(ANNOUNCED, text=" ".join(BODY))
    assert reason(fetched(page(*BODY)), whole) == "the page has no more text than the feed"
    assert reason(fetched(page(*BODY, "The next talks are in May.")), whole) is None


OTHER = "the page is not the article that the feed announces"
SUMMARY = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu"


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Ferry crews Zorn", "", None),  # two of three content words
        ("Ferry crews Zorn Quill", "", OTHER),  # two of four
        ("Ferry crews customs Zorn Quill", "", OTHER),  # three of five
        ("Ferries", "", OTHER),  # one word is no witness
        ("", "", OTHER),
        (None, f"{SUMMARY} went back to", None),  # 3 of 13
        (None, "Zorn alpha beta gamma went back to work", None),
        (None, f"{SUMMARY} nu xi the old customs", None),  # 3 of 15
        (None, f"{SUMMARY} nu xi pi the old customs", OTHER),  # 3 of 16
    ],
)
def test_words_of_the_title_or_runs_of_the_summary_must_stand_in_the_page(
    title: str | None, summary: str, expected: str | None
) -> None:
    body = (*BODY, "alpha beta gamma, and zeta eta theta")
    assert reason(fetched(page(*body)), Announced(url=URL, title=title, text=summary)) == expected


def test_a_title_that_is_merely_repeated_is_no_witness() -> None:
    nonsense = tuple(f"Every spoon remembers a border, and the kettle of row {row} was asleep." for row in range(8))
    assert reason(fetched(page(TITLE, *nonsense, f"You searched for: {TITLE.lower()}"))) == OTHER


JAPANESE = (
    "白峰市議会は十日、水道料金を来春から引き上げる案を可決した。値上げ幅は十二％で、古い水道管の更新に充てる。",
    "関係者によると、実施は四月からになる見通しだ。市民からは不安の声も上がっており、市は説明会を開く予定だという。",
    "市内の水道管の三割は敷設から五十年を過ぎている。更新が終わるまでには二十年かかる見込みだ。",
)
THAI = (
    "เรือข้ามฟากหยุดวิ่งสามวันหลังพายุพัดผ่านชายฝั่งเมื่อคืนวันอาทิตย์",
    "ทางการกล่าวว่าเรือจะกลับมาให้บริการในวันพฤหัสบดี ผู้โดยสารหลายร้อยคนต้องรอที่ท่าเรือ",
)


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("白峰市の水道料金、来春から値上げへ", JAPANESE, None),
        ("青葉駅の改札口、新しく三つ増設", JAPANESE, OTHER),
        ("เรือข้ามฟากหยุดวิ่งสามวัน", THAI, None),
        ("โรงเรียนเปิดเทอมช้ากว่ากำหนด", THAI, OTHER),
    ],
    ids=["ja", "ja-other", "th", "th-other"],
)
def test_scripts_without_blanks(title: str, body: tuple[str, ...], expected: str | None) -> None:
    assert reason(fetched(page(*body, title="x")), Announced(url=URL, title=title)) == expected


def test_a_text_that_came_for_another_article_is_a_wall() -> None:
    answer = fetched(page(*BODY))
    assert reason(answer, ANNOUNCED, Seen(url=f"{URL}?utm_source=x", title="Another title")) is None
    assert reason(answer, ANNOUNCED, Seen(url="https://tamm-post.example/8", title=TITLE.upper())) is None
    other = Seen(url="https://tamm-post.example/8", title="Bakery burns")
    assert reason(answer, ANNOUNCED, other) == "the same text came for another article, https://tamm-post.example/8"


def test_a_fingerprint_knows_a_wall_again_that_shows_numbers_or_repeats_what_was_asked_for() -> None:
    def of(title: str, *paragraphs: str) -> str:
        return fingerprint(Announced(url=URL, title=title), read(fetched(page(*paragraphs, title="x"))).articles[0])

    first = of("Ferry strike ends", *BODY, "Request 4711 at 05:40", "Results for ferry strike ends")
    again = of("Bakery burns down", *BODY, "Request 4712 at 05:41", "Results for bakery burns down")
    assert first == again
    assert first != of("Bakery burns down", *BODY, "The bakery is open again.")
