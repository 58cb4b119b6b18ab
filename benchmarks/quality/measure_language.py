"""Sentences and languages, measured.

Boundary F1: the sentences of a set are joined to one running text; a predicted end counts where a gold sentence ends.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from benchmarks.quality import ROOT, SHARED, Measure
from briefing.text import detect, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

OWN = ROOT / "benchmarks" / "sets" / "sentences.jsonl"
"""Sentences of our own in thirteen languages, a few to a line, each with what makes splitting hard."""

_UNSPACED = frozenset({"zh", "ja"})


def measures() -> Iterator[Measure]:
    """Yield the figures on our own set, and on the shared ones where they are present."""
    for language, documents in _by_language(OWN).items():
        yield Measure(name=f"sentences own {language} f1", value=boundary_f1(documents, language), target=0.99)
    if not SHARED.is_dir():
        return
    for language, documents in _by_language(SHARED / "ud_sentences_dev.jsonl").items():
        running = [[sentence for document in documents for sentence in document]]
        yield Measure(name=f"sentences ud {language} f1", value=boundary_f1(running, language), target=0.99)
    yield Measure(name="sentences golden rules", value=_golden_rules(), target=0.9)
    for language, share in _languages().items():
        yield Measure(name=f"language of texts {language}", value=share, target=0.99)


def boundary_f1(documents: Iterable[list[str]], language: str) -> float:
    """Return the F1 of sentence ends inside the documents, 0 to 1; offsets must be exact to count."""
    joint = "" if language in _UNSPACED else " "
    right = wanted = found = 0
    for sentences in documents:
        text = joint.join(sentences)
        ends = {end for end in _ends(sentences, len(joint)) if end < len(text)}
        predicted = {end for _, end in split(text, language) if end < len(text)}
        right += len(ends & predicted)
        wanted += len(ends)
        found += len(predicted)
    return 2 * right / (wanted + found)


def _ends(sentences: list[str], gap: int) -> Iterator[int]:
    place = 0
    for sentence in sentences:
        place += len(sentence)
        yield place
        place += gap


def _by_language(path: Path) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = defaultdict(list)
    for row in _rows(path):
        found[row["lang"]].append(row["sentences"])
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _golden_rules() -> float:
    right: list[bool] = []
    for row in _rows(SHARED / "pysbd_rules.jsonl"):
        text: str = row["text"]
        right.append([text[start:end] for start, end in split(text, row["lang"])] == row["sentences"])
    return sum(right) / len(right)


def _languages() -> dict[str, float]:
    """Return the share of texts whose labelled language is found, over every set that labels it."""
    right: dict[str, list[bool]] = defaultdict(list)
    for path in sorted(SHARED.glob("*.jsonl")):
        for row in _rows(path):
            if row.get("lang") not in {"fr", "en", "es", "ar"}:
                continue
            for document in row.get("docs", [row]):
                text = document.get("text") or " ".join(document["sentences"])
                right[row["lang"]].append(detect(text) == row["lang"])
    return {language: sum(hits) / len(hits) for language, hits in sorted(right.items())}
