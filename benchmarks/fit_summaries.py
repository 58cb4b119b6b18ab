"""`python -m benchmarks.fit_summaries [PART…]`: what each weight of briefing/summarise/fusion.py does.

Each weight is left out, halved, raised by half and doubled, the others as they are; printed is the mean change of
ROUGE over six budgets on each set, with its standard error. Two things tell whether a gain would be found on other
articles too. Under "unseen", each tenth of a set is counted with the weight that did best on the other nine tenths of
all sets, against the part left out; under "elsewhere", each set with the weight that did best on the others alone.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from benchmarks.quality.measure_summaries import BUDGETS, SETS, cases, score
from benchmarks.quality.sumy_itself import text_of
from briefing.ranking import Budget, choose, rank
from briefing.ranking.fusion import WEIGHTS, fused, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.quality.measure_summaries import Case
    from briefing.models import Ranked
    from briefing.ranking.fusion import Part

FACTORS = (0.0, 0.5, 1.0, 1.5, 2.0)
FOLDS = 10

Scores = dict[str, list[float]]
"""For each set, the mean score over the budgets of every article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An article, read once for all weights."""

    case: Case
    ranked: Ranked
    parts: tuple[Part, ...]

    def score(self, part: str, factor: float) -> float:
        """Return the mean score over the budgets with one part's weight multiplied."""
        weighed = [(name, weight * (factor if name == part else 1.0), values) for name, weight, values in self.parts]
        values = [value * (held > 0) for value, held in zip(fused(weighed), self.ranked.scores, strict=True)]
        return fmean(self._score(values, round(self.case.words * size)) for size in BUDGETS)

    def _score(self, values: Sequence[float], words: int) -> float:
        chosen = choose([self.ranked], [values], budget=Budget(words=words))
        return score(self.case, " ".join(quote.sentence.text for quote in chosen))


def _read() -> Iterator[tuple[str, list[Read]]]:
    for name in SETS:
        found = []
        for case in cases(name):
            ranked = rank(text_of(case.text, title=case.title))
            found.append(Read(case=case, ranked=ranked, parts=parts(ranked.text)))
        yield name, found


def _told(one: Scores, other: Scores) -> str:
    """Tell the mean difference on each set, with its standard error."""
    told = []
    for name in one:
        found = [a - b for a, b in zip(one[name], other[name], strict=True)]
        told.append(f"{name[:2]} {fmean(found):+.2f} ± {stdev(found) / math.sqrt(len(found)):.2f}")
    return "   ".join(told)


def _best(found: Mapping[float, Scores], names: Sequence[str], fold: int | None = None) -> float:
    """Return the factor with the highest mean over the sets, without one fold of their articles."""

    def value(factor: float) -> float:
        kept = ([s for at, s in enumerate(found[factor][name]) if at % FOLDS != fold] for name in names)
        return fmean(map(fmean, kept))

    return max(found, key=value)


def _unseen(found: Mapping[float, Scores]) -> Scores:
    names = list(found[1.0])
    best = [_best(found, names, fold) for fold in range(FOLDS)]
    return {name: [found[best[at % FOLDS]][name][at] for at in range(len(found[1.0][name]))] for name in names}


def _elsewhere(found: Mapping[float, Scores]) -> Scores:
    names = list(found[1.0])
    return {name: found[_best(found, [other for other in names if other != name])][name] for name in names}


def main() -> None:
    """Print a table for each part that is asked for, or for all."""
    known = [name.replace("_", "-") for name in WEIGHTS.__slots__]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", choices=[*known, []], help="parts of the fusion")
    read = dict(_read())
    for part in parser.parse_args().part or known:
        found = {
            factor: {name: [item.score(part, factor) for item in items] for name, items in read.items()}
            for factor in FACTORS
        }
        print(f"{part}, weight {getattr(WEIGHTS, part.replace('-', '_'))}")
        for factor in FACTORS:
            if factor != 1.0:
                print(f"  × {factor:<9} {_told(found[factor], found[1.0])}")
        print(f"  unseen      {_told(_unseen(found), found[0.0])}")
        print(f"  elsewhere   {_told(_elsewhere(found), found[0.0])}", flush=True)


if __name__ == "__main__":
    main()
