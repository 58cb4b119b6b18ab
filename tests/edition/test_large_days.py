"""Of a large day, a brief holds what it quotes or names, counts the rest, and lists every article beside it."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

import pytest

from briefing.cli.making import earlier_than
from briefing.compose import past_edition
from briefing.delivery.records import read_of
from briefing.edition import LISTING, Brief, json_bytes, listed_in, listing_of, read_brief, write_edition
from briefing.models import Document, Sighting
from briefing.render import render, shipped_templates
from briefing.sources import Found
from briefing.verify import check_editions, check_listing, check_quotations
from tests.command import call
from tests.test_pipeline import about_anything, brief_of

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.config import Config
    from briefing.edition import Edition

REPRINTS, OTHERS = 40, 90
WORDS = [
    "harbour",
    "ferry",
    "orchard",
    "school",
    "bridge",
    "council",
    "library",
    "pasture",
    "market",
    "tannery",
    "quarry",
    "orchestra",
]
WIRE = (
    "The dam at Hajin held through the night, engineers said. Water stood two metres below the crest on Tuesday. "
    "Families from eleven villages were brought to the school in Deir. The ministry sends pumps from the coast. "
)


def day() -> Found:
    """Return a wire's report with its reprints, and articles that have nothing to do with each other."""
    chance = random.Random(7)  # noqa: S311 - the same articles each time
    texts = [f"Dam holds\n\n{WIRE}" for _ in range(REPRINTS)]
    for number in range(OTHERS):
        told = [f"{' '.join(chance.sample(WORDS, 6)).capitalize()} x{number}y{part}." for part in range(4)]
        texts.append(f"Notice {number} of the {WORDS[number % 12]}\n\n{' '.join(told)}")
    return found_in(texts, outlets=50)


def found_in(texts: list[str], *, outlets: int) -> Found:
    """Return texts as documents of one morning, of so many outlets in turn."""
    seen = datetime(2019, 3, 20, 8, tzinfo=UTC)
    return Found(
        documents=tuple(
            Document(
                origin=f"in/{number:03}.txt",
                media_type="text/plain",
                content=text.encode(),
                sighting=Sighting(first_seen=seen, outlet=f"Outlet {number % outlets}", published=seen),
            )
            for number, text in enumerate(texts)
        )
    )


def settings(listed: int) -> Config:
    config = about_anything()
    return config.model_copy(update={"brief": config.brief.model_copy(update={"listed_articles": listed})})


@cache
def whole() -> Brief:
    return brief_of(day(), settings(REPRINTS + OTHERS))


@cache
def large() -> Brief:
    return brief_of(day(), settings(REPRINTS + OTHERS - 1))


def edition(*formats: str) -> Edition:
    config = about_anything()
    return render(large(), formats=formats, page=config.page, templates=(shipped_templates(),))


def test_a_day_up_to_the_number_is_held_whole_and_one_more_is_not() -> None:
    assert whole().day is None
    assert whole().listing == b""
    assert b'"day"' not in json_bytes(whole())
    assert b'"untold' not in json_bytes(whole())
    assert len(whole().articles) == REPRINTS + OTHERS
    assert large().day is not None


def test_a_large_day_says_what_the_whole_one_says_where_it_prints() -> None:
    assert large().key_points == whole().key_points
    assert [story.sentences for story in large().also_today] == [story.sentences for story in whole().also_today]
    assert past_edition(large()) == past_edition(whole())
    assert large().count == whole().count == REPRINTS + OTHERS
    assert len(large().articles) < 100
    assert len(large().also_today_more) == 60
    assert large().rest.whole.untold == len(whole().also_today_more) - 60  # type: ignore[union-attr]


def test_every_article_is_on_the_list_and_every_one_not_in_the_brief_is_counted() -> None:
    rows = list(listed_in(large().listing))
    assert {row["id"] for row in rows} == {article.id for article in whole().articles}
    assert [row["origin"] for row in rows] == sorted(row["origin"] for row in rows)
    numbers = {article.id: article.number for article in large().articles}
    assert {row["id"]: row["number"] for row in rows if row["status"] == "listed"} == numbers
    assert Counter(row["status"] for row in rows)["story"] == REPRINTS - 25
    unlisted = Counter(row["outlet"] for row in rows if row["number"] is None)
    assert {one.outlet: one.articles for one in large().day.unlisted} == unlisted  # type: ignore[union-attr]
    known = {article.id: (article.sha256, article.text_sha256, article.identity) for article in whole().articles}
    assert {row["id"]: (row["sha256"], row["text_sha256"], row["identity"]) for row in rows} == known


def test_accounts_beyond_those_named_are_counted_with_their_story() -> None:
    (story,) = (story for part in large().parts for story in part.stories if len(story.also) > 5)
    assert len(story.also) == 24
    assert (story.untold, story.untold_copies) == (0, REPRINTS - 25)
    pages = dict(edition("html", "md", "txt").files)
    assert f"and {REPRINTS - 1 - 6} others" in pages["brief.txt"].decode().replace("\n", " ")
    assert re.search(r"Outlet \d+ \\?\(\d", pages["brief.md"].decode())
    assert LISTING in pages["brief.html"].decode()


def test_the_list_has_the_same_bytes_whatever_the_order_of_the_documents() -> None:
    shuffled = replace(day(), documents=day().documents[::-1])
    again = brief_of(shuffled, settings(10))
    assert again.listing == brief_of(day(), settings(10)).listing
    assert again.listing[4:8] == b"\0\0\0\0"  # no time in it (RFC 1952)


def test_a_large_edition_is_verified_and_a_changed_list_found_out() -> None:
    files = dict(edition("html", "md", "txt", "json").files)
    brief = read_brief(files["brief.json"])
    assert check_quotations(brief) == ()
    assert check_editions(brief, files) == ()
    assert check_listing(brief, files[LISTING]) == ()
    assert "is not there" in check_listing(brief, None)[0]
    assert "cannot be read" in check_listing(brief, files[LISTING][:-20])[0]
    assert "cannot be read" in check_listing(brief, b"no gzip")[0]
    rows = list(listed_in(files[LISTING]))
    changed, digest = listing_of([{**row, "outlet": "Another"} for row in rows[1:]])
    assert "their sha256 is another" in check_listing(brief, changed)[0]
    assert brief.day is not None
    forged = replace(brief, day=replace(brief.day, sha256=digest))
    messages = " ".join(check_listing(forged, changed))
    assert f"lists {len(rows) - 1} articles" in messages
    assert "other numbers of articles by outlet" in messages
    assert "does not have article" in messages
    assert check_listing(whole(), None) == ()


@pytest.mark.parametrize("cut", [0, 25])
def test_a_later_edition_knows_every_article_of_a_large_one(tmp_path: Path, cut: int) -> None:
    made = edition("json")
    folder = write_edition(made, tmp_path)
    listing = folder / LISTING
    if cut:
        listing.write_bytes(listing.read_bytes()[:-cut])
        assert earlier_than(tmp_path, "2019-03-22") is None  # and says that it cannot be read
        return
    earlier = earlier_than(tmp_path, "2019-03-22")
    assert earlier is not None
    assert earlier.texts == {article.text_sha256 for article in whole().articles}
    marks = {mark for article in whole().articles for mark in (article.id, article.identity)}
    assert read_of(made.files).marks >= marks


def test_the_command_hands_the_list_over_and_takes_it_away_again(tmp_path: Path) -> None:
    for document in day().documents[REPRINTS - 3 : REPRINTS + 5]:
        path = tmp_path / document.origin
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(document.content)
    config = tmp_path / "config.yaml"
    rest = "version: 1\nsources: [{folder: in}]\nsections: [{id: all, title: All, rest: true}]\n"
    config.write_text(f"{rest}brief: {{listed_articles: 2}}\n")
    build = ("build", "-q", "-c", config, "--date", "2019-03-21", "--format", "json,html")
    folder = tmp_path / "output" / "2019-03-21"
    made = call(*build)
    assert made.stdout.splitlines()[-1].endswith(LISTING)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert call("verify", "-c", config, folder).returncode == 0
    assert call("build", "--inputs", folder / "inputs.jsonl").returncode == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    (folder / LISTING).unlink()
    assert "is not there" in call("verify", "-c", config, folder).stderr
    assert json.loads(call("build", "-c", config, "--date", "2019-03-21", "--format", "json", "-o", "-", "-q").stdout)
    config.write_text(rest)
    call(*build)
    assert LISTING not in {path.name for path in folder.iterdir()}


TOWNS = [
    f"{first}{second}" for first in ("Ard", "Bel", "Cor", "Dun", "Est", "Fal") for second in ("ova", "mir", "holt")
]


def fire(town: str, dead: int, who: str) -> str:
    return (
        f"Fire in {town} kills {dead}\n\nA fire at the market of {town} killed {dead} people on Tuesday, {who} of"
        f" {town} said. Firemen of {town} fought the flames at the market until the evening, {who} said."
    )


def fires() -> Found:
    """Return two accounts of a fire in each of many towns, which count the dead differently."""
    counts = ((11, "the mayor"), (14, "a doctor"))
    return found_in([fire(town, *count) for town in TOWNS for count in counts], outlets=7)


def test_of_many_figures_that_differ_those_of_the_sections_go_first_and_the_rest_is_counted() -> None:
    *_, last = every = brief_of(fires(), settings(len(TOWNS) * 2)).figures
    assert len(every) == len(TOWNS)
    large = settings(10)
    section, *others = large.sections
    town = next(name for name in last.names if name in TOWNS)
    about_it = section.model_copy(update={"terms": {"en": (town.lower(),)}})
    found = brief_of(fires(), large.model_copy(update={"sections": (about_it, *others)}))
    assert len(found.figures) == 12
    assert town in found.figures[0].names
    told = [one.reason for one in found.left_out if one.origin == "figures"]
    assert told == [f"{len(TOWNS) - 12} more that differ have no room in the brief of a large day"]


def test_of_many_accounts_of_a_figure_the_lowest_and_the_highest_are_printed() -> None:
    people = [
        "the mayor",
        "a doctor",
        "a nurse",
        "the police",
        "a priest",
        "a baker",
        "a fireman",
        "a witness",
        "a judge",
    ]
    accounts = found_in([fire("Ardova", 21 + 3 * number, who) for number, who in enumerate(people)], outlets=50)
    (whole_one,) = brief_of(accounts, settings(50)).figures
    (found,) = brief_of(accounts, settings(5)).figures
    numbers = [account.low for account in whole_one.accounts]
    assert len(numbers) == len(people)
    assert [account.low for account in found.accounts] == [*numbers[:3], *numbers[-3:]]
    assert (found.untold, found.low, found.high) == (3, min(numbers), max(numbers))
