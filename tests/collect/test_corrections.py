"""What an outlet changes after a delivered edition has quoted it stands in the next one, both wordings side by side."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.collect.passes import item, rss
from tests.collect.test_collect_cli import NOW, SCHEDULE, Desk, desk  # noqa: F401 - a fixture
from tests.command import call

FIRST = "Twelve people were killed on Tuesday when the dam above the town of Hajin broke, the governor said."
OTHER = "Rescue teams from three towns searched the banks of the river for survivors until the evening of that day."
LAST = "The council of the river towns will meet on Friday to decide how the water of the dam is to be shared by them."
DAY = timedelta(days=1)


def published(desk: Desk, *sentences: str) -> None:  # noqa: F811 - the fixture above
    body = " ".join(f"&lt;p&gt;{sentence}&lt;/p&gt;" for sentence in sentences)
    desk.serve("river", rss(item("Dam breaks above Hajin", body, date=NOW - timedelta(hours=3))))


def edition(desk: Desk, day: int) -> dict[str, object]:  # noqa: F811
    done = desk.call("run", now=NOW + timedelta(minutes=11) + day * DAY)
    assert " sent" in done.stderr, done.stderr
    name = (NOW + day * DAY).date().isoformat()
    assert call("verify", desk.folder / "output" / name, cwd=desk.folder).returncode == 0
    return json.loads((desk.folder / "output" / name / "brief.json").read_text("utf-8"))  # type: ignore[no-any-return]


def test_a_number_that_moved_is_told_in_both_wordings(desk: Desk) -> None:  # noqa: F811
    more = "page: {blocks: [front, sections]}\n"
    desk.write("river", more=SCHEDULE + more)
    published(desk, FIRST, OTHER, LAST)
    first = edition(desk, 0)
    assert "corrections" not in first
    published(desk, FIRST.replace("Twelve", "Fourteen"), OTHER, LAST)
    second = edition(desk, 1)
    rows = second["corrections"]
    assert [(row["edition"], row["quoted"], row["now"]) for row in rows] == [  # type: ignore[attr-defined]
        ("2019-03-21", FIRST, FIRST.replace("Twelve", "Fourteen"))
    ]
    text = (desk.folder / "output" / "2019-03-22" / "brief.md").read_text("utf-8")
    assert "## Corrected at the source" in text
    assert f"- quoted in 2019-03-21: {FIRST}" in text
    assert "- now, seen 22 Mar, 05:31: Fourteen people" in text


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        ((FIRST, OTHER, LAST), []),
        ((FIRST.replace(", the governor", " , the  Governor"), OTHER, LAST), []),
        ((FIRST, OTHER, LAST, "A fourth town joined them on Thursday, its mayor said."), []),
        ((OTHER, LAST), [(FIRST, None)]),
        ((FIRST.replace("Twelve", "Nine"), OTHER, LAST), [(FIRST, FIRST.replace("Twelve", "Nine"))]),
    ],
    ids=["the same", "blanks and capitals", "more of it", "gone", "another number"],
)
def test_what_counts_as_a_correction(sentences: tuple[str, ...], told: list[object]) -> None:
    from datetime import datetime

    from briefing.compose.corrections import corrections
    from briefing.models import Article, Delivered, Paragraph, Quoted
    from briefing.per_document import rank_text
    from briefing.text import analyse

    url = "http://river.example/dam"
    article = Article(
        id="a",
        origin="river/dam",
        title="Dam breaks",
        paragraphs=tuple(Paragraph(text=one) for one in sentences),
        url=url,
        language="en",
        sha256="",
        changed_at=datetime.fromisoformat("2019-03-22T05:31:00+00:00"),
    )
    text, _ = analyse(article, max_sentences=99, max_sentence_chars=999)
    quoted = Quoted(edition="2019-03-21", url=url, text=FIRST, language="en")
    found = corrections(Delivered(quoted=(quoted,)), [rank_text(text, "lead")])
    assert [(one.quoted, one.now) for one in found] == told


def test_a_page_that_takes_the_place_of_a_teaser_corrects_nothing(tmp_path: Path) -> None:
    from briefing.config import FeedSource
    from briefing.sources import Span, read_store
    from briefing.store import open_store
    from tests.collect.passes import NIGHT
    from tests.collect.test_store import state

    whole = {"media_type": "text/html", "fingerprint": "f", "seen_at": NIGHT + DAY}
    span = Span(start=NIGHT - DAY, cut_off=NIGHT + 2 * DAY, until=NIGHT + 2 * DAY)
    with open_store(tmp_path / "store") as store:
        store.commit([state("a", b"{}"), state("b", b"{}")], now=NIGHT)
        store.commit([state("a", b"<p>", **whole), state("b", b"[]", seen_at=NIGHT + DAY)], now=NIGHT + DAY)
        found = read_store(store, [FeedSource(feed="http://river.example/rss", name="River")], span)
    changed = [one.sighting.changed_at for one in found.documents if one.sighting]
    assert changed == [None, NIGHT + DAY]
