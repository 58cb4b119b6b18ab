"""Which way to summarise wins on all sets but one, and what it has over Lead on the one that was left out.

The ways are the methods by name, and the fusion with one weight dropped or doubled. Each counts by its mean over the
other sets of what it has over Lead: ROUGE F1, (R1 + R2) / 2, over six budgets of each article; on clusters of ten
articles ROUGE-2 at a hundred words. Lead is what stands first, filled as ours is, so that it may run over as much.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from functools import cache
from statistics import fmean
from typing import TYPE_CHECKING

from benchmarks.quality import SHARED, Measure
from benchmarks.quality.measure_summaries import BUDGETS, SETS, cases, score
from benchmarks.quality.rouge import f1, tokens
from benchmarks.quality.sumy_itself import text_of
from briefing.models import Ranked
from briefing.ranking import Budget, choose, rank
from briefing.ranking.fusion import WEIGHTS, fused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.quality.measure_summaries import Case
    from briefing.models import Text

CLUSTERS = "fr_rpm2_dev"
PLAIN = ("lex-rank", "text-rank", "luhn", "sum-basic", "reduction", "lsa")
OURS = "fusion"
FACTORS = (0.0, 2.0)

Ways = dict[str, "Sequence[float]"]
"""Way → what each sentence of a text is worth."""


def measures() -> Iterator[Measure]:
    """Yield, for each set, what the way that wins on the others has over Lead there, and print which it is."""
    if not SHARED.is_dir():
        print("summaries-left-out skipped: no ../shared")
        return
    over = {name: _over_lead(name) for name in SETS} | {CLUSTERS: _clusters_over_lead()}
    for left, here in over.items():
        others = [found for name, found in over.items() if name != left]
        means = {way: fmean(found[way] for found in others) for way in here}
        best = max(means, key=lambda way: means[way])
        place = 1 + sum(mean > means[OURS] for mean in means.values())
        print(
            f"  {left} left out: {best} wins with {means[best]:+.2f} on the others and has {here[best]:+.2f} here;"
            f" the fusion as it is: number {place} of {len(means)}, {means[OURS]:+.2f} and {here[OURS]:+.2f} here;"
            f" best here {max(here, key=lambda way: here[way])} {max(here.values()):+.2f}"
        )
        yield Measure(name=f"summaries: {left} left out, winner over Lead", value=here[best], target=0.0, epsilon=0.3)


def _over_lead(name: str) -> dict[str, float]:
    """Return what each way has over Lead on the articles of a set."""
    found: dict[str, list[float]] = {}
    for case in cases(name):
        text = text_of(case.text, title=case.title)
        for way, values in _ways(text).items():
            found.setdefault(way, []).append(fmean(_gains(case, text, values)))
    return {way: fmean(values) for way, values in found.items()}


def _gains(case: Case, text: Text, values: Sequence[float]) -> Iterator[float]:
    for factor in BUDGETS:
        scaled = replace(case, words=round(case.words * factor))
        lead = _score(scaled, _chosen([text], [_lead(text)], scaled.words))
        yield _score(scaled, _chosen([text], [values], scaled.words)) - lead


@cache
def _score(case: Case, summary: str) -> float:
    return score(case, summary)


def _ways(text: Text) -> Ways:
    fusion = rank(text, method=OURS)
    found: Ways = {OURS: fusion.scores, "lead": _lead(text)}
    found |= {method: rank(text, method=method).scores for method in PLAIN}
    for name in asdict(WEIGHTS):
        for factor in FACTORS:
            found[f"{OURS}, {name} × {factor:g}"] = _reweighed(fusion, {name.replace("_", "-"): factor})
    return found


def _reweighed(fusion: Ranked, factors: Mapping[str, float]) -> tuple[float, ...]:
    """Return the scores of the fusion with some weights multiplied; what may not be printed keeps 0."""
    weights = {name.replace("_", "-"): weight for name, weight in asdict(WEIGHTS).items()}
    parts = [(name, weights[name] * factors.get(name, 1.0), values) for name, values in fusion.parts]
    return tuple(new if old else 0.0 for new, old in zip(fused(parts), fusion.scores, strict=True))


def _lead(text: Text) -> tuple[float, ...]:
    return rank(text, method="lead").scores


def _chosen(texts: Sequence[Text], values: Sequence[Sequence[float]], words: int) -> str:
    ranked = [Ranked(text=text, scores=tuple(own)) for text, own in zip(texts, values, strict=True)]
    return " ".join(quote.sentence.text for quote in choose(ranked, values, budget=Budget(words=words)))


def _clusters_over_lead() -> dict[str, float]:
    found: dict[str, list[float]] = {}
    for line in (SHARED / f"{CLUSTERS}.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        texts = [text_of(doc["text"], title=doc["title"], number=n) for n, doc in enumerate(record["docs"])]
        references = [tokens(reference, "fr") for reference in record["summaries"]]
        ways = [_ways(text) for text in texts]
        scored = {
            way: fmean(f1(tokens(_chosen(texts, [own[way] for own in ways], 100), "fr"), ref, 2) for ref in references)
            for way in ways[0]
        }
        for way, value in scored.items():
            found.setdefault(way, []).append(value - scored["lead"])
    return {way: fmean(values) for way, values in found.items()}
