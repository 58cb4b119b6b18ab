"""Fit the weights of words that join a section's terms, and write `briefing/themes/learned.json`.

    python -m benchmarks.fit_wording

Ridge regression of −1 and 1 on the different stems of each labelled sentence of the development half, over √ of how
many they are, rare stems counting more; a sentence counts by 1 / √ of its class's share, halfway between all alike and
both classes alike. A word counts that stands in `FEWEST_DOCUMENTS` documents at least: no text can be read back from
what is kept. Of all words the `MOST_WORDS` with the largest weights are kept. What is held out is not read. `SCALES`
put the score on the scale of a term's strength. They were chosen in two places: on 2,561 sentences that neither older
lists of terms nor weights had seen, where a third more or less of either changes F1 by two hundredths at most, and on
the development half with documents left out, where less share costs nothing since today's lists know the documents.
What is wanted of detainees stands in few documents: there their words must count least.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from benchmarks.quality import ROOT
from benchmarks.quality.measure_themes import Case, sample_cases
from briefing.config import Learned
from briefing.themes.wording import FILE, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LANGUAGES = ("en", "es", "fr")
FEWEST_DOCUMENTS = 3
MOST_WORDS = 1000
ALPHA = 1.0
"""What the squares of the weights cost against those of the errors; alike from 1 to 3."""
SCALES = {"territory": (1.2, 0.2), "detainees": (0.3, 0.35), "coalition": (0.65, 0.23)}
"""A leaning is share · (score + shift)."""


def main() -> None:
    """Fit each section and write the file."""
    cases = [case for case in sample_cases(["development"], learned=False) if case.language in LANGUAGES]
    sections = {section: fitted(cases, section) for section in get_args(Learned)}
    text = json.dumps({"languages": LANGUAGES, "sections": sections}, ensure_ascii=False, indent=0)
    (ROOT / "briefing" / "themes" / FILE).write_text(text + "\n", "utf-8")
    print(FILE, *(f"{name}: {len(one['weights'])} words" for name, one in sections.items()), sep=", ")


def fitted(cases: Sequence[Case], section: str) -> dict[str, Any]:
    """Return the bias and the weights of a section, from the sentences that are labelled as its own or not."""
    counted = [case for case in cases if section not in case.open]
    words = vocabulary(counted)
    rows = np.zeros((len(counted), len(words) + 1))
    rows[:, -1] = 1.0
    for number, case in enumerate(counted):
        there = features(case.stems)
        rows[number, [words[word] for word in there if word in words]] = 1 / math.sqrt(max(1, len(there)))
    rare = rarity(rows[:, :-1])
    rows[:, :-1] *= rare
    *weights, bias = ridge(rows, np.array([section in case.wanted for case in counted]))
    share, shift = SCALES[section]
    scaled = {word: round(share * float(rare[place] * weights[place]), 3) for word, place in words.items()}
    kept = sorted(scaled, key=lambda word: (-abs(scaled[word]), word))[:MOST_WORDS]
    return {"bias": round(share * (float(bias) + shift), 3), "weights": {word: scaled[word] for word in sorted(kept)}}


def vocabulary(cases: Sequence[Case]) -> dict[str, int]:
    """Return the words that stand in enough documents, numbered."""
    documents = defaultdict[str, set[str]](set)
    for case in cases:
        for word in features(case.stems):
            documents[word].add(case.document)
    known = sorted(word for word, there in documents.items() if len(there) >= FEWEST_DOCUMENTS)
    return {word: place for place, word in enumerate(known)}


def rarity(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the inverse document frequency of each word (Spärck Jones 1972), over its mean."""
    frequency = np.log(len(rows) / (1 + (rows > 0).sum(axis=0)))
    return np.asarray(frequency / frequency.mean())


def ridge(rows: NDArray[np.float64], wanted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights of ridge regression on −1 and 1, the rarer class counting more."""
    share = wanted.mean()
    counts = np.where(wanted, share, 1 - share) ** -0.5
    counts /= counts.mean()
    weighed = rows * counts[:, None]
    solved: NDArray[np.float64] = np.linalg.solve(
        weighed.T @ rows + ALPHA * np.eye(rows.shape[1]), weighed.T @ np.where(wanted, 1.0, -1.0)
    )
    return solved


if __name__ == "__main__":
    main()
