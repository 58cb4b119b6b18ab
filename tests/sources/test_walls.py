"""Forty pages that servers send in place of an article: none is printed, wherever it comes from."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.config import Limits
from briefing.extract import extract, is_wall
from briefing.models import Document
from briefing.sources.entries import Answer
from briefing.sources.gate import Announced, Refused, judge
from tests.collect.passes import item, rss
from tests.collect.web import Reply, Web
from tests.command import call
from tests.sources.test_recipes import NOW, web  # noqa: F401 - a fixture

WALLS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("walls.yaml").read_text("utf-8"))
INVENTED = {"en-labyrinth", "en-markov-with-title", "de-kauderwelsch", "ja-poison"}
"""Texts for robots: by themselves nothing tells them from an article."""
ITS_OWN = {"en-paywall-teaser"}
"""The beginning of the article, and the notice that the rest is sold apart from it."""
LIMITS = Limits()


def read(content: str, media_type: str) -> list[str]:
    """Return the texts of the articles that are made of a document."""
    document = Document(origin="night/x", media_type=media_type, content=content.encode())
    return [article.text for article in extract(document, LIMITS).articles]


@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: wall["name"])
def test_no_wall_passes_the_gate(wall: dict[str, Any]) -> None:
    title, summary = wall["entry"]
    announced = Announced(url=f"https://{wall['name']}.example/1", title=title, text=summary)
    headers = {"content-type": "text/html", **wall.get("headers", {})}
    content = wall["html"].encode()
    answer = Answer(
        asked=announced.url, url=announced.url, status=wall.get("status", 200), headers=headers, content=content
    )
    found = extract(Document(origin="x", media_type="text/html", content=content), LIMITS)
    verdict = judge(announced, answer, found)
    assert isinstance(verdict, Refused)
    assert verdict.reason


@pytest.mark.parametrize(
    "wall", [wall for wall in WALLS if wall["name"] not in INVENTED], ids=lambda wall: wall["name"]
)
def test_no_wall_in_a_folder_or_a_feed_is_an_article(wall: dict[str, Any]) -> None:
    texts = read(wall["html"], "text/html")
    if wall["name"] in ITS_OWN:
        assert texts == [texts[0]]
        assert "subscri" not in texts[0].lower()
        return
    assert texts == []
    body = "".join(wall["html"].partition("<body>")[1:])
    item = f"<item><title>{escape(wall['entry'][0])}</title><description>{escape(body)}</description></item>"
    assert read(f'<rss version="2.0"><channel><title>F</title>{item}</channel></rss>', "application/rss+xml") == []
    assert read(json.dumps({"title": wall["entry"][0], "text": body}), "application/jsonl") == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 people rescued", "Ships brought 404 people to the island on Sunday."),
        (
            "Access denied to inspectors",
            "Inspectors say that access to the plant was denied for a third time on Monday.",
        ),
        (
            "Outage hits banks",
            "A fault at Cloudflare made bank sites temporarily unavailable on Tuesday, the firm said.",
        ),
        (
            "Court rules on cookies",
            "Sites may not track visitors without consent to cookies, the court ruled on Friday.",
        ),
        ("Paper drops its paywall", "From May all articles can be read without a subscription, the publisher said."),
        (
            "Airline says sorry",
            "The airline said sorry for the inconvenience after 40 flights were cancelled on Monday.",
        ),
        ("Line closed for works", "The line will be closed for scheduled maintenance until March, the operator said."),
        ("Le site est fermé", "L'usine est fermée pour maintenance depuis lundi, selon la direction."),
        ("Wartung der Brücke", "Wegen Wartungsarbeiten ist die Brücke bis Freitag gesperrt, teilte die Stadt mit."),
        ("Вход в порт закрыт", "Вход судов в порт закрыт до понедельника из-за шторма, сообщила администрация."),
        ("صيانة الجسر", "أغلقت البلدية الجسر يوم الأحد لإجراء أعمال صيانة تستمر أسبوعين، بحسب بيان."),
        (
            "Bot traffic",
            "Automated requests made up half of all traffic last year, the security company said on Tuesday.",
        ),
        (
            "Browser flaw",
            "A flaw in the browser lets attackers read your passwords, researchers said; users should update at once.",
        ),
        (
            "Privacy law",
            (
                "Under the law you can object to the use of your data, and firms must ask for your "
                "consent, the minister said."
            ),
        ),
        (
            "Streaming price",
            "The service will cost 12 euros a month from May; subscribers can cancel at any time, the company said.",
        ),
        (
            "Site down",
            "The tax office's website was temporarily unavailable on Monday because of scheduled maintenance.",
        ),
        ("App", "The city asks residents to download the app from the App Store or Google Play to report potholes."),
        (
            "Paywall",
            (
                "The paper said that its articles would be free for registered readers and that a "
                "subscription costs 5 dollars per month."
            ),
        ),
        (
            "Cookies",
            (
                "Der Gerichtshof entschied, dass Webseiten für Cookies eine Einwilligung brauchen und "
                "Nutzer sie jederzeit widerrufen können."
            ),
        ),
        ("Zugang", "Der Zugang zum Internet war in weiten Teilen des Landes gesperrt, teilten Beobachter mit."),
        ("Abo", "Das Deutschland-Ticket kostet künftig 58 Euro monatlich und ist weiter monatlich kündbar."),
        (
            "CNIL",
            (
                "La CNIL a infligé une amende au groupe pour avoir déposé des cookies sans le consentement "
                "des internautes."
            ),
        ),
        ("Abonnement", "L'abonnement aux transports coûtera 90 euros par mois, sans engagement, a annoncé la région."),
        ("Inicio", "El ministro dijo que los usuarios deberán iniciar sesión con su DNI para acceder al portal."),
        (
            "Mantenimiento",
            "El puente está en mantenimiento y los vecinos piden disculpas por las molestias al alcalde.",
        ),
        ("Доступ", "Роскомнадзор ограничил доступ к сайту издания, сообщила пресс-служба ведомства в четверг."),
        ("VPN", "Операторы связи начали блокировать VPN, сообщили пользователи в нескольких регионах."),
        ("حظر", "قالت الوزارة إنها حظرت الوصول إلى الموقع بعد نشر أخبار كاذبة."),
        ("اشتراك", "أعلنت الشركة أن الاشتراك الشهري سيبلغ عشرة دولارات ابتداء من أيار."),
        ("メンテ", "システムのメンテナンスのため、窓口業務を11日は休止すると市が発表した。"),
        ("会員", "有料会員が100万人を超えたと、配信会社が10日に発表した。"),
        ("验证码", "警方提醒，不要把验证码告诉陌生人，近期诈骗案件增多。"),
        ("Giriş", "Bakanlık, e-devlete giriş için yeni şifre alınması gerektiğini duyurdu."),
        ("Pause", "Bus services will be back soon, the operator said, apologising for the inconvenience."),
        ("Refugees", "Refugees must sign in every week at the camp to continue to receive food, the agency said."),
        ("Court", "Access to the court was denied to reporters on Monday, their union said."),
    ],
    ids=lambda text: text[:20],
)
def test_news_of_such_things_is_no_wall(title: str, text: str) -> None:
    assert not is_wall(title, [text])


def test_where_pages_are_walls_the_feeds_own_words_are_printed_and_gaps_say_why(tmp_path: Path, web: Web) -> None:  # noqa: F811 - the fixture
    names = ("en-consent", "en-paywall-teaser", "en-labyrinth")
    walls = {name: wall for wall in WALLS if (name := wall["name"]) in names}
    items = []
    for name, wall in walls.items():
        url, (title, summary) = f"http://www.tamm-post.example/{name}", wall["entry"]
        items.append(item(title, summary, url=url, date=datetime(2019, 3, 21, 4, tzinfo=UTC)))
        web.replies[url] = Reply(wall["html"].encode(), headers={"Content-Type": "text/html"})
    web.replies["http://www.tamm-post.example/rss"] = rss(*items)
    source = 'sources: [{feed: "http://www.tamm-post.example/rss"}]'
    sections = "sections: [{id: a, title: A, terms: {en: [ferry]}}]"
    (tmp_path / "config.yaml").write_text(f"version: 1\n{source}\n{sections}\n")
    assert call("collect", "--now", NOW, cwd=tmp_path).returncode == 0
    assert call("build", "--now", NOW, "--format", "json", cwd=tmp_path).returncode == 0
    brief = json.loads((tmp_path / "output/2019-03-21/brief.json").read_text())
    assert sorted(one["text"] for one in brief["articles"]) == sorted(wall["entry"][1] for wall in walls.values())
    assert sorted(one["reason"].partition(": ")[2][:30] for one in brief["left_out"]) == [
        "the page is not free to read",
        "the page is not the article th",
        "what a server or a guard shows",
    ]


def test_a_long_text_is_no_wall_whatever_it_says() -> None:
    line = "Please enable JavaScript and cookies to continue reading this article. "
    assert is_wall("Just a moment...", [line])
    assert is_wall("Just a moment...", [line * 70])
    assert not is_wall("Just a moment...", [line * 71])
