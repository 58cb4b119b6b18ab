"""Summaries against those that people wrote: ROUGE F1, (R1 + R2) / 2, beside Lead and sumy's plain methods.

Lead and the plain methods take sentences in their order or by their rating as long as they fit; all, and ours, may run
over the budget by OVERRUN. With 50 to 199 articles a difference at one budget has a standard error of 0.5 to 0.7, so
the difference to Lead is also taken over six budgets; it is printed with its standard error.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from benchmarks.quality import SHARED, Measure
from benchmarks.quality.rouge import f1, tokens
from benchmarks.quality.sumy_itself import FASTER, array_ratings, order_of, own_ratings, real_texts, text_of
from briefing.ranking import OVERRUN
from briefing.summarise import Source, summarise, summarise_together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.models import Text
    from briefing.summarise import Summary

PLAIN = (*FASTER, "lsa", "kl")
SETS = {"fr_orangesum_dev": 45, "en_cnndm_dev": 60, "ar_easc_dev": None}
"""Words of a summary; None where they are the references' mean length."""
TARGETS = {"fr_orangesum_dev": 1.6, "en_cnndm_dev": 0.9, "ar_easc_dev": 0.4}
"""What ours should have over Lead."""
EPSILON = 0.15
"""How far a mean may sink: what one sentence chosen otherwise in three articles of a hundred changes."""
WHY = "a few sentences chosen otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An article and what people wrote of it."""

    language: str
    title: str | None
    text: str
    references: tuple[str, ...]
    words: int


def measures() -> Iterator[Measure]:
    """Yield every figure on summaries; on real articles too, that the faster classes give sumy's numbers."""
    if not SHARED.is_dir():
        return
    for name, target in TARGETS.items():
        yield from _single(name, target)
    yield _clusters()
    yield _standfirsts()
    yield _faithful()


def _single(name: str, target: float) -> Iterator[Measure]:
    known = list(cases(name))
    texts = [text_of(case.text, title=case.title) for case in known]
    ours = fmean(score(case, _ours(case)) for case in known)
    best = max(fmean(_plain(method, known, texts)) for method in PLAIN)
    over = [fmean(_over_lead(case, text)) for case, text in zip(known, texts, strict=True)]
    print(f"  {name}: {_lead(known, texts)}, best plain {best:.2f}, ± {stdev(over) / math.sqrt(len(over)):.2f}")
    named = f"summaries: {name}"
    yield Measure(name=f"{named}, ROUGE", value=ours, target=LEAD[name] + target, epsilon=EPSILON, why=WHY)
    yield Measure(name=f"{named}, over Lead, six budgets", value=fmean(over), target=target, epsilon=EPSILON, why=WHY)
    yield Measure(name=f"{named}, over the best of sumy", value=ours - best, target=0.0, epsilon=EPSILON, why=WHY)


def _over_lead(case: Case, text: Text) -> Iterator[float]:
    """Yield what ours has over Lead at each budget."""
    for factor in BUDGETS:
        scaled = replace(case, words=round(case.words * factor))
        yield score(scaled, _ours(scaled)) - score(scaled, _filled(text, range(len(text.sentences)), scaled.words))


def _lead(known: Sequence[Case], texts: Sequence[Text]) -> str:
    """Tell how good Lead is when it may run over the budget by a tenth, and by as much as ours."""
    pairs = list(zip(known, texts, strict=True))
    found = (
        fmean(
            score(case, _filled(text, range(len(text.sentences)), case.words, overrun=overrun)) for case, text in pairs
        )
        for overrun in (0.1, OVERRUN)
    )
    return "Lead {:.2f} with a tenth over, {:.2f} with as much as ours".format(*found)


LEAD = {"fr_orangesum_dev": 19.65, "en_cnndm_dev": 27.18, "ar_easc_dev": 39.46}
"""Lead as first measured; with a tenth over the budget it comes out here at 19.5, 27.1 and 38.8."""
BUDGETS = (0.8, 0.9, 1.0, 1.1, 1.2, 1.35)
"""Parts of a set's budget: whether a sentence happens to fit is half of the noise."""


def cases(name: str) -> Iterator[Case]:
    """Yield the articles of one of SETS."""
    words = SETS[name]
    for line in (SHARED / f"{name}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        references = tuple(record.get("summaries") or [record["summary"]])
        yield Case(
            language=record["lang"],
            title=record["title"] or None,
            text=record["text"],
            references=references,
            words=words or round(fmean(len(reference.split()) for reference in references)),
        )


def _ours(case: Case) -> str:
    return _joined(summarise(case.text, title=case.title, words=case.words))


def _joined(summary: Summary) -> str:
    return " ".join(sentence.text for sentence in summary.sentences)


def _plain(method: str, known: Sequence[Case], texts: Sequence[Text]) -> Iterator[float]:
    for case, text in zip(known, texts, strict=True):
        rate = array_ratings if method in FASTER else own_ratings
        yield score(case, _filled(text, order_of(rate(method, text)), case.words))


def _filled(text: Text, order: Sequence[int], words: int, *, overrun: float = OVERRUN) -> str:
    """Return the sentences taken in an order as long as they fit, in the order of the text."""
    distinct = list(dict.fromkeys(sentence.text for sentence in text.sentences))
    taken, length = [], 0
    for index in order:
        own = len(distinct[index].split()) if index < len(distinct) else math.inf
        if length < words and length + own <= words * (1 + overrun):
            taken.append(index)
            length += int(own)
    return " ".join(distinct[index] for index in sorted(taken)) or distinct[0]


def score(case: Case, summary: str) -> float:
    """Return the mean of ROUGE-1 and ROUGE-2 F1 over the references, 0 to 100."""
    own = tokens(summary, case.language)
    references = [tokens(reference, case.language) for reference in case.references]
    return fmean((f1(own, reference, 1) + f1(own, reference, 2)) / 2 for reference in references)


def _clusters() -> Measure:
    """Measure one summary of 100 words for each ten articles, by ROUGE-2."""
    scores = []
    for line in (SHARED / "fr_rpm2_dev.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        sources = [Source(title=doc["title"], text=doc["text"]) for doc in record["docs"]]
        own = tokens(_joined(summarise_together(sources, words=100)), "fr")
        scores.append(fmean(f1(own, tokens(reference, "fr"), 2) for reference in record["summaries"]))
    name = "summaries: fr_rpm2_dev, ten articles, ROUGE-2"
    return Measure(name=name, value=fmean(scores), target=13.5, epsilon=0.3, why="twenty clusters: one sentence is 0.1")


def _standfirsts() -> Measure:
    """Measure how often the first sentence of a standfirst is kept among three, in per cent."""
    kept = []
    for line in (SHARED / "fr_orangesum_dev.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        text = f"{record['summary'].strip()}\n\n{record['text']}"
        summary = summarise(text, title=record["title"], words=None, sentences=3)
        kept.append(any(sentence.start == 0 for sentence in summary.sentences))
    return Measure(
        name="summaries: standfirst's first sentence kept, %",
        value=100 * fmean(kept),
        target=93.0,
        epsilon=1.0,
        why=WHY,
    )


def _faithful() -> Measure:
    """Measure how many of a thousand articles have sumy's numbers and order by the faster classes, in per cent."""
    right = [all(_same(method, text) for method in FASTER) for text in real_texts(1_000)]
    return Measure(name="summaries: articles with sumy's own numbers, %", value=100 * fmean(right), target=100.0)


def _same(method: str, text: Text) -> bool:
    own, ours = own_ratings(method, text), array_ratings(method, text)
    close = all(abs(one - other) <= 1e-9 for one, other in zip(own, ours, strict=True))
    return close and order_of(own) == order_of(ours)
