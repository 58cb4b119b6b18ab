"""The gate, dates, addresses and titles, each as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from briefing.extract import clean, clean_line
from briefing.extract.assembling import language_code, web_address
from briefing.extract.boilerplate import reason_to_remove
from briefing.extract.cleaning import SOFT_BREAK, TOKEN_LENGTH, decode
from briefing.extract.dates import (
    UnlikelyDateError,
    author_named,
    author_told,
    date_told,
    parse_moment,
    reason_above_text,
)
from briefing.extract.fields import languages_apart
from briefing.models import Removal


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("  two   blanks\tand a tab ", "two blanks and a tab"),
        ("cafe\u0301", "café"),
        ("ca\u00adnal\u200b bridge\ufeff", "canal bridge"),
        ("\u202eabc\u202c \u2067x\u2069\u200f", "abc x"),
        ("nul\0 bell\a escape\x1b[1m", "nul bell escape[1m"),
        ("lone \ud83d surrogate", "lone surrogate"),
        ("private \ue000 use", "private use"),
        ("« non »", "« non »"),
        ("«\u00a0non\u00a0»\u202f!", "«\u00a0non\u00a0»\u202f!"),
        ("10\u00a0000\u00a0men", "10\u00a0000 men"),
        ("10\u2009000", "10\u202f000"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ab\u200ccd", "abcd"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("e" + "\u0301" * 40, "é" + "\u0301" * 4),
        ("FranÃ§ais, lâ€™Ã©tÃ©", "Français, l’été"),
        ("Français, l’été “déjà”", "Français, l’été “déjà”"),
        ("РџСЂРёРІРµС‚", "Привет"),
        ("ÄÖÜ „Straße“ – ½ €", "ÄÖÜ „Straße“ – ½ €"),
        ("字" * 200, "字" * 200),
        ("", ""),
    ],
)
def test_clean_line(dirty: str, cleaned: str) -> None:
    assert clean_line(dirty) == cleaned
    assert clean_line(cleaned) == cleaned


def test_clean_keeps_lines() -> None:
    assert clean("one\r\ntwo\u2028three\n\n  four ") == "one\ntwo\nthree\n\nfour"


@pytest.mark.parametrize(
    "token", ["x" * 61, "x" * 100_000, "https://example.org/" + "a-b/" * 50, "e\u0301" * 90, "\U0001d400" * 90]
)
def test_long_tokens_can_be_broken_and_are_whole_without_the_breaks(token: str) -> None:
    cleaned = clean_line(f"See {token} there")
    assert max(len(part) for word in cleaned.split() for part in word.split(SOFT_BREAK)) <= TOKEN_LENGTH
    assert (
        cleaned.replace(SOFT_BREAK, "")
        == clean_line("See") + " " + clean_line(token).replace(SOFT_BREAK, "") + " there"
    )


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2021-05-04T07:30:00+02:00", datetime(2021, 5, 4, 5, 30, tzinfo=UTC)),
        ("2021-05-04T07:30:00.123Z", datetime(2021, 5, 4, 7, 30, tzinfo=UTC)),
        ("2021-05-04 07:30 +0200", datetime(2021, 5, 4, 5, 30, tzinfo=UTC)),
        ("20210504T073000Z", datetime(2021, 5, 4, 7, 30, tzinfo=UTC)),
        ("Tue, 04 May 2021 07:30:00 +0200", datetime(2021, 5, 4, 5, 30, tzinfo=UTC)),
        ("Tue, 4 May 2021 07:30 GMT", datetime(2021, 5, 4, 7, 30, tzinfo=UTC)),
        ("1620106200", datetime(2021, 5, 4, 5, 30, tzinfo=UTC)),
        ("1620106200000", datetime(2021, 5, 4, 5, 30, tzinfo=UTC)),
        ("2021-05-04T07:30:00", date(2021, 5, 4)),
        ("2021-05-04T24:00:00Z", datetime(2021, 5, 5, tzinfo=UTC)),
        ("2021-05-04", date(2021, 5, 4)),
        ("2021/5/4", date(2021, 5, 4)),
        ("Tue, 04 May 2021 07:30:00 -0000", date(2021, 5, 4)),
        ("4 mai 2021", date(2021, 5, 4)),
        ("May 4, 2021", date(2021, 5, 4)),
        ("4 May 2021 10:30 am", date(2021, 5, 4)),
        ("4 mai 2021 à 10h30 CEST", datetime(2021, 5, 4, 8, 30, tzinfo=UTC)),
        ("4 May 2021 10:30 IST", date(2021, 5, 4)),
        ("4 May 2021 10:30 EDT", datetime(2021, 5, 4, 14, 30, tzinfo=UTC)),
        (date(2021, 5, 4), date(2021, 5, 4)),
        (datetime(2021, 5, 4, 7, 30), date(2021, 5, 4)),  # noqa: DTZ001 - a time without zone is the case
        ("2021-13-45", None),
        ("yesterday", None),
        ("12", None),
        ("May 4", None),
        ("", None),
        ("x" * 5_000, None),
        (None, None),
    ],
)
def test_moments(told: str | date | None, moment: date | None) -> None:
    parsed = parse_moment(told)
    assert parsed == moment
    assert type(parsed) is type(moment)


@pytest.mark.parametrize(
    "told", ["0001-01-01", "1970-01-01T00:00:00Z", "2900-01-01", "Thu, 01 Jan 1970 00:00:00 +0000"]
)
def test_unlikely_dates(told: str) -> None:
    with pytest.raises(UnlikelyDateError):
        parse_moment(told)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("The new bridge at dawn, May 3, 2021. – Ilse Anders / AFP", "photo caption"),
        ("Vehicles on the bridge (AFP Photo/Ilse Anders)", "photo caption"),
        ("Vehicles wait at the bridge [Ilse Anders/Reuters]", "photo caption"),
        ("Photo: Ilse Anders", "photo caption"),
        ("Foto: Ilse Anders/dpa", "photo caption"),
        ("© Getty Images", "copyright"),
        ("AFP", "credit line"),
        ("Avec AFP", "credit line"),
        ("(Reporting by Ilse Anders; editing by Tom de Brae)", "credit line"),
        ("► Read also: Ferry to end in June", "read also"),
        ("Lesen Sie auch: Die Fähre endet im Juni", "read also"),
        ("Lea también: El ferry termina en junio", "read also"),
        ("Читайте также: Паром отменят", "read also"),
        ("Related articles", "read also"),
        ("Subscribe to our daily newsletter", "newsletter"),
        ("Inscrivez-vous à notre lettre", "newsletter"),
        ("This article is for subscribers only", "subscription notice"),
        ("Il vous reste 57% de cet article à lire.", "subscription notice"),
        ("We use cookies to improve your visit.", "cookie notice"),
        ("Follow us on Twitter", "call to action"),
        ("CLICK HERE TO GET THE APP", "call to action"),
        ("Contact the desk: desk@canal.example", "contact line"),
        ("https://canal.example/story", "contact line"),
        ("Share | Tweet | WhatsApp | Email", "share bar"),
        ("ADVERTISEMENT", "advertisement"),
        ("Leave a comment", "comments"),
        ("All rights reserved.", "copyright"),
        ("* * *", "no words"),
        ("The ministry shared a photo of the bridge, taken by AFP.", None),
        ("He reads the paper; she reads the bridge's log.", None),
        ("Subscribers to the ferry's monthly ticket will be paid back, the council said.", None),
        ("The council also published the engineer's e-mail, engineer@canal.example, on its page.", None),
        ("Share prices of the builder fell by a third on Tuesday.", None),
        ("Comments by the mayor did not help.", None),
        ("Reuters and AFP both reported the opening.", None),
        ("Read also told the court that he had never seen the bridge.", None),
        ("Lee también confirmó que viajará a la ciudad el martes.", None),
        ("Sur le même sujet, le ministre a refusé de répondre mardi.", None),
        ("Video-sharing platforms were asked to take the film down.", None),
        ("Written by hand, the letter asks for a new bridge.", None),
        ("Produced by a firm in the valley, the steel arrived late.", None),
        ("Reporting from the valley has become harder, journalists say.", None),
        ("Reporting by local papers was banned in 1911, the mayor said.", None),
        ("He urged people to subscribe to the group's newsletter, police said.", None),
        ("Thousands follow him on Twitter, where he posts about bridges.", None),
        ("Do you have a question, the judge asked, and nobody had.", None),
        ("By using harsh terms, the mayor lost the vote.", None),
        ("Image by image, the film shows how the bridge fell.", None),
        ("We're on the third floor, said a clerk who works for an affiliate of the builder.", None),
        ("All rights reserved for the villages were given up in 1911, the mayor said.", None),
    ],
)
def test_furniture_and_what_only_looks_like_it(line: str, reason: str | None) -> None:
    assert reason_to_remove(line) == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("By Ilse Anders", "byline"),
        ("Par Ilse Anders et Tom de Brae", "byline"),
        ("By Ilse Anders, Canal Gazette", "byline"),
        ("Published: 4 May 2021 at 07:30 GMT", "date line"),
        ("Stand: 04.05.2021, 07:30 Uhr", "date line"),
        ("Tuesday, May 4, 2021", "date line"),
        ("By the canal the people waited", None),
        ("By Tuesday the bridge was open", None),
        ("On May 4, 2021 the bridge was opened, eleven weeks late.", None),
    ],
)
def test_lines_above_the_text(line: str, reason: str | None) -> None:
    assert reason_above_text(line) == reason


def test_a_byline_names_the_author_and_a_date_line_the_date() -> None:
    removed = (
        Removal(text="By Ilse Anders and Tom de Brae", reason="byline"),
        Removal(text="Updated: 6 May 2021", reason="date line"),
        Removal(text="Published: 4 May 2021", reason="date line"),
    )
    assert author_told(removed) == "Ilse Anders and Tom de Brae"
    assert date_told(removed) == "4 May 2021"


@pytest.mark.parametrize(
    ("author", "named"),
    [
        ("By Ilse Anders", "Ilse Anders"),
        ("BY Ilse Anders and Tom de Brae", "Ilse Anders and Tom de Brae"),
        ("Par Ilse Anders, Canal Gazette", "Ilse Anders, Canal Gazette"),
        ("Par Lund", "Par Lund"),
        ("Ilse Anders", "Ilse Anders"),
        ("Byrne Anders", "Byrne Anders"),
        (None, None),
    ],
)
def test_an_author_is_named_without_the_words_of_a_byline(author: str | None, named: str | None) -> None:
    assert author_named(author) == named


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://canal.example/a", True),
        ("HTTP://canal.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("//canal.example/a", False),
        ("/a", False),
        ("https://", False),
        ("https://canal.example/a b", False),
        ("https://[", False),
        ("https://canal.example/\u202e", False),
        (None, False),
    ],
)
def test_addresses(address: str | None, *, kept: bool) -> None:
    assert web_address(address) == (address if kept else None)


@pytest.mark.parametrize(
    ("tag", "code"), [("fr-FR", "fr"), ("EN", "en"), ("pt_BR", "pt"), ("français", None), (None, None)]
)
def test_languages(tag: str | None, code: str | None) -> None:
    assert language_code(tag) == code


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    text = "L’ingénieur a déclaré mardi : « Le pont est rouvert. »"
    assert decode(text.encode(encoding)) == text


def test_a_declared_charset_counts_where_the_bytes_are_not_utf8() -> None:
    assert decode("Łódź wita".encode("iso-8859-2"), declared="iso-8859-2") == "Łódź wita"
    assert decode("Łódź wita".encode(), declared="iso-8859-2") == "Łódź wita"


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("The bridge over the canal is open", "Le pont sur le canal est ouvert", True),
        ("The bridge over the canal is open", "Мост через канал открыт", True),
        ("The bridge over the canal is open", "The repairs of the bridge have cost a million", False),
        ("Bridge open", "Pont ouvert", False),
    ],
)
def test_languages_apart(one: str, other: str, *, apart: bool) -> None:
    assert languages_apart(one, other) is apart
