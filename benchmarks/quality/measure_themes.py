"""Sections on labelled articles and sentences: bbc topics, and the sample's three sections.

A sentence counts as found where the program may print it in the section: it is relevant, and its article reaches the
section. Labels name a sentence by its document and offsets (`seeds/…`: in the file's own text, or a mail's). `sections`
are those in which an analyst wants the sentence, `open` those in which it may stand or not: these count neither way. On
the development half terms and constants are tried, what is held out is only measured. What belongs in each section, and
where the halves are from, stands in benchmarks/sets/README.md.
"""

from __future__ import annotations

import email.policy
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from benchmarks.quality import ROOT, SHARED, Measure
from briefing.cli.session import load_file
from briefing.config import Limits, SectionSettings
from briefing.extract import extract
from briefing.models import Article, Document, Paragraph, Text
from briefing.text import analyse
from briefing.themes.centroids import by_likeness
from briefing.themes.drafts import draft
from briefing.themes.matching import Matcher
from briefing.themes.scoring import Verdict, judge, rarity, scan, stems_in
from briefing.themes.terms import Themes, compile_sections
from briefing.themes.wording import by_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

SETS = ROOT / "benchmarks" / "sets"
PRECISION, RECALL, RIGHT, RIGHT_BY_OTHERS = 0.92, 0.85, 0.93, 0.90
KINDS = {".md": "text/markdown", ".txt": "text/plain", ".html": "text/html", ".eml": "message/rfc822"}
EVAL = (
    "en_isis_official",
    "es_fr_syria",
    "en_syria_2011_2018",
    "fr_orangesum_dev",
    "en_bbc_topics_dev",
    "en_cnndm_dev",
)
HALVES = ("development", "held out")
NAMED = "seeds, official texts, Spanish and French pages"
SOURCES = ("seeds/", "re3d/", "cltls/")
"""What the documents' ids of these three begin with: the labels without the news of other years."""
FEWEST = 20
"""Wanted sentences below which a figure tells nothing."""


Day: TypeAlias = "list[tuple[str, str, Text, list[dict[str, Any]]]]"
"""Documents of one day: id, text as labelled, text as read, labels."""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with its label and what the program says of it."""

    document: str
    sentence: str
    stems: tuple[str, ...]
    language: str
    half: str
    wanted: frozenset[str]
    open: frozenset[str]
    found: frozenset[str]


def measures() -> Iterator[Measure]:
    """Yield the share of bbc articles in their section, then precision and recall of the sample's sections."""
    if (SHARED / "en_bbc_topics_dev.jsonl").exists():
        ours, plain = SETS / "bbc_topics.yaml", SHARED / "desk" / "bbc-plain.yaml"
        yield Measure(name="themes: bbc topics, right section on top", value=bbc_topics(ours), target=RIGHT)
        yield Measure(
            name="themes: bbc topics, another person's terms", value=bbc_topics(plain), target=RIGHT_BY_OTHERS
        )
    cases = sample_cases()
    parts = {half: [case for case in cases if case.half == half] for half in HALVES}
    if SHARED.is_dir():
        parts[NAMED] = [case for case in cases if case.document.startswith(SOURCES)]
    for part, own in parts.items():
        for section in sample_themes().ids:
            if sum(section in case.wanted for case in own) < FEWEST:
                continue
            precision, recall = precision_recall(own, section)
            yield Measure(name=f"themes: {section}, precision ({part})", value=precision, target=PRECISION)
            yield Measure(name=f"themes: {section}, recall ({part})", value=recall, target=RECALL)


def bbc_topics(sections: Path) -> float:
    """Return the share of articles whose section with the highest score, where it is reached, is their label."""
    rows = _rows("en_bbc_topics_dev")
    themes = compiled(sections)
    day = judged([analyse(_article(row))[0] for row in rows], themes)
    right: int = sum(top_section(verdicts) == row["label"] for row, verdicts in zip(rows, day, strict=True))
    return right / len(rows)


def top_section(verdicts: Iterable[Verdict]) -> str | None:
    """Return the section with the highest score among those reached, or None."""
    best = max((v for v in verdicts if v.reached), key=lambda verdict: verdict.score, default=None)
    return best.section if best else None


def sample_cases(halves: Iterable[str] = HALVES) -> list[Case]:
    """Return every labelled sentence that can be read here, with the sections that the program finds it relevant to."""
    themes = sample_themes()
    return [case for half in halves for day in labelled_days(half) for case in cases_of(day, themes)]


def labelled_days(half: str) -> tuple[Day, Day]:
    """Return the documents of a half with their labels: those of `seeds/`, and those of `../shared/eval`."""
    labels: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (SETS / "sample_sections.jsonl").read_text("utf-8").splitlines():
        label = json.loads(line)
        if label["half"] == half:
            labels[label["id"]].append(label)
    seeds, shared = (
        [(name, raw, text, labels[name]) for name, (raw, text) in day.items()]
        for day in (_seeds(labels), _shared(labels))
    )
    return seeds, shared


def cases_of(day: Day, themes: Themes) -> Iterator[Case]:
    """Yield the labelled sentences of a day as the sections judge them."""
    for (name, raw, text, labels), found in zip(day, judged([text for _, _, text, _ in day], themes), strict=True):
        yield from _cases(name, raw, text, found, labels)


def precision_recall(cases: Sequence[Case], section: str) -> tuple[float, float]:
    """Return precision and recall of a section; sentences that may stand there or not count neither way."""
    counted = [case for case in cases if section not in case.open]
    counts = Counter((section in case.wanted, section in case.found) for case in counted)
    right, found, wanted = counts[True, True], counts[False, True], counts[True, False]
    return right / max(1, right + found), right / max(1, right + wanted)


def judged(texts: Sequence[Text], themes: Themes) -> list[tuple[Verdict, ...]]:
    """Return the verdicts on every text of a day."""
    matcher = Matcher(themes)
    drafts = [draft(text, scan(text, matcher), themes) for text in texts]
    rare = rarity(drafts)
    by_terms = [judge(text, item, themes, rare) for text, item in zip(texts, drafts, strict=True)]
    return by_likeness(by_fields(by_terms, texts, themes), texts, themes)


def compiled(path: Path) -> Themes:
    """Return the sections of a file, compiled."""
    settings = yaml.safe_load(path.read_text("utf-8"))
    sections = [SectionSettings(**section) for section in settings["sections"]]
    return compile_sections(sections, settings.get("aliases", {}))


def sample_themes() -> Themes:
    """Return the sections of the sample's config.yaml, compiled."""
    config = load_file(ROOT / "config.yaml", environ={})
    return compile_sections(config.sections, config.aliases)


def _cases(
    name: str, raw: str, text: Text, verdicts: Iterable[Verdict], labels: Iterable[dict[str, Any]]
) -> Iterator[Case]:
    relevant = {verdict.section: frozenset(verdict.relevant) for verdict in verdicts if verdict.reached}
    by_sentence: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for label in labels:
        place = _sentence_of(raw[label["start"] : label["end"]], text)
        if place is not None:
            by_sentence[place].append(label)
    for place, group in by_sentence.items():
        wanted = frozenset(section for label in group for section in label["sections"])
        stems, language = stems_in(text, text.sentences[place])
        yield Case(
            document=name,
            sentence=text.sentences[place].text,
            stems=tuple(stems),
            language=language,
            half=group[0]["half"],
            wanted=wanted,
            open=frozenset(section for label in group for section in label["open"]) - wanted,
            found=frozenset(section for section, places in relevant.items() if place in places),
        )


def _sentence_of(labelled: str, text: Text) -> int | None:
    """Return the sentence that holds the labelled words, or most of which they hold, wherever its borders are drawn."""
    wanted = _letters(labelled)
    sizes = []
    for place, sentence in enumerate(text.sentences):
        letters = _letters(sentence.text)
        if letters and (wanted in letters or (letters in wanted and 2 * len(letters) > len(wanted))):
            sizes.append((abs(len(letters) - len(wanted)), place))
    return min(sizes)[1] if sizes else None


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / f"{name}.jsonl").read_text("utf-8").splitlines()]


def _article(row: dict[str, Any]) -> Article:
    lines = (" ".join(line.split()) for line in row["text"].split("\n"))
    paragraphs = tuple(Paragraph(text=line) for line in lines if line)
    return Article(id=row["id"], origin=row["id"], title=row["title"] or None, paragraphs=paragraphs, sha256="")


def _shared(wanted: Iterable[str]) -> dict[str, tuple[str, Text]]:
    if not SHARED.is_dir():
        return {}
    rows = {row["id"]: row for name in EVAL for row in _rows(name)}
    return {name: (rows[name]["text"], analyse(_article(rows[name]))[0]) for name in wanted if name in rows}


def _seeds(wanted: Iterable[str]) -> dict[str, tuple[str, Text]]:
    day = {}
    for name in wanted:
        path = ROOT / name
        if name.startswith("seeds/") and path.exists():
            content = path.read_bytes()
            document = Document(origin=name, media_type=KINDS[path.suffix], content=content)
            day[name] = (_shown(content, path.suffix), analyse(extract(document, Limits()).articles[0])[0])
    return day


def _shown(content: bytes, suffix: str) -> str:
    """Return the text in which the labels of a file count: its own, or the plain body of a mail."""
    if suffix != ".eml":
        return content.decode()
    body = email.message_from_bytes(content, policy=email.policy.default).get_body(("plain",))
    return str(body.get_content()) if body else ""
