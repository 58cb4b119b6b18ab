"""Where figures differ, on labelled days.

A day is a set of articles: one date, one cluster, one story, or the sample. Its labels name, by article and offsets,
the figures of one thing that differ between articles (`differ`), and those of which it cannot be said (`open`). A
difference that the program tells is right where all its figures are labelled as one; one that is open counts neither
way. Rules and constants were tried on the development days; the held ones were labelled afterwards and then looked at
once.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from benchmarks.quality import ROOT, SHARED, Measure
from briefing.cli.session import load_file
from briefing.config import Limits
from briefing.extract import extract
from briefing.figures import differences
from briefing.models import Article, Document, Paragraph, Ranked
from briefing.stories import group
from briefing.text import analyse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from briefing.models import Account, Difference

LABELS = ROOT / "benchmarks" / "sets" / "figures.jsonl"
KINDS = {".md": "text/markdown", ".txt": "text/plain", ".html": "text/html", ".eml": "message/rfc822"}
OWN = {"seeds": ROOT / "seeds", "desks": ROOT / "briefing" / "desks"}
"""Where articles of the project's own lie; the others are in ../shared/eval."""
PRECISION, RECALL = 0.9, 0.5


def measures() -> Iterator[Measure]:
    """Yield precision and recall on the development days and on those held out, as far as their articles are here."""
    days = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        day = json.loads(line)
        if day["source"] in OWN or SHARED.is_dir():
            days[day["half"]].append(day)
    for half, those in sorted(days.items()):
        precision, recall = precision_recall(those)
        # as stories are grouped, one difference more or less is told
        yield Measure(name=f"figures: precision ({half})", value=precision, target=PRECISION, epsilon=0.1)
        yield Measure(name=f"figures: recall ({half})", value=recall, target=RECALL, epsilon=0.04)


def precision_recall(days: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    """Return the share of told differences that are right, and the share of labelled ones that are told."""
    right = told = found = wanted = 0
    for day in days:
        verdicts = [_verdict(difference, day) for difference in _told(day)]
        right += sum(verdict is not None for verdict in verdicts if verdict != "open")
        told += sum(verdict != "open" for verdict in verdicts)
        found += len({verdict for verdict in verdicts if isinstance(verdict, int)})
        wanted += len(day["differ"])
    return right / max(1, told), found / max(1, wanted)


def _verdict(difference: Difference, day: Mapping[str, Any]) -> int | str | None:
    """Return which labelled difference is told; "open" where it cannot be said, None where it is wrong."""
    labelled = [_label(account, day["differ"]) for account in difference.accounts]
    if None not in labelled and len(set(labelled)) == 1:
        return labelled[0]
    unsure = [_label(account, day["open"]) for account in difference.accounts]
    known = all(label is not None or other is not None for label, other in zip(labelled, unsure, strict=True))
    return "open" if known else None


def _label(account: Account, groups: Sequence[Sequence[tuple[str, int, int]]]) -> int | None:
    names = {account.article.id, account.article.origin}
    for number, group_ in enumerate(groups):
        if any(name in names and account.figure.start <= start < account.figure.end for name, start, _ in group_):
            return number
    return None


def _told(day: Mapping[str, Any]) -> tuple[Difference, ...]:
    ranked = tuple(_ranked(article) for article in _articles(day))
    config = load_file(ROOT / "config.yaml", environ={})
    aliases = config.aliases if day["source"] == "seeds" else {}
    packs = () if day["source"] == "desks" else tuple(config.use)
    return differences(ranked, group(ranked, grades={}), aliases=aliases, language="en", packs=packs)[0]


def _ranked(article: Article) -> Ranked:
    text, _ = analyse(article, max_sentence_chars=100_000)
    return Ranked(text=text, scores=(0.0,) * len(text.sentences))


def _articles(day: Mapping[str, Any]) -> list[Article]:
    if day["source"] in OWN:
        return [_own(name, day["source"]) for name in day["articles"]]
    return [_shared(day["source"])[name] for name in day["articles"]]


def _own(name: str, source: str) -> Article:
    path = OWN[source].joinpath(*_below(name, source))
    document = Document(origin=name, media_type=KINDS[path.suffix], content=path.read_bytes())
    (article,) = extract(document, Limits()).articles
    return article


def _below(name: str, source: str) -> list[str]:
    """Return the path of a labelled article below its folder: `desks/newsroom/x.md` lies in `newsroom/seeds/x.md`."""
    parts = name.split("/")[1:]
    return [parts[0], "seeds", *parts[1:]] if source == "desks" else parts


@cache
def _shared(source: str) -> dict[str, Article]:
    found: dict[str, Article] = {}
    with (SHARED / f"{source}.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            for item in row.get("docs", [row]):
                found[item["id"]] = _article(item, row["lang"])
    return found


def _article(item: Mapping[str, Any], language: str) -> Article:
    dated = item.get("date")
    return Article(
        id=item["id"],
        origin=item["id"],
        title=item.get("title"),
        paragraphs=(Paragraph(text=item["text"].replace("\n", " ")),),
        outlet=item.get("source"),
        published=datetime.strptime(dated, "%m/%d/%Y").replace(tzinfo=UTC).date() if dated else None,
        language=language,
        sha256="",
    )
