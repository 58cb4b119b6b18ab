"""How fast the fusion ranks, against the three of sumy's classes that it fuses, in one run.

Both get the same sentences, words, stems and stop words; sumy's classes run one after the other. Figures to reach: a
thousand real articles at least four times faster, and one article of 800 sentences in less than half a second.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
import time
from itertools import chain
from typing import TYPE_CHECKING

from benchmarks.quality import ROOT, SHARED
from benchmarks.quality.sumy_itself import own_ratings, real_texts, text_of
from briefing.ranking import rank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.models import Text

FUSED = ("lex-rank", "luhn", "sum-basic")
FASTER = 4.0
LONG = 800
SECONDS = 0.5


def seconds_of(work: Callable[[Text], object], texts: Sequence[Text]) -> float:
    """Return the wall time of some work on every text."""
    started = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - started


def by_sumy(text: Text) -> None:
    """Rate a text with the three classes, one after the other."""
    for method in FUSED:
        own_ratings(method, text)


def sample_texts() -> list[Text]:
    """Return the sample's articles, for where there are no others."""
    paths = sorted(path for path in (ROOT / "seeds").iterdir() if path.suffix in {".md", ".txt"})
    return [text_of(path.read_text("utf-8"), number=number) for number, path in enumerate(paths)]


def long_text(texts: Sequence[Text]) -> Text:
    """Return one article of 800 sentences, out of several."""
    sentences = dict.fromkeys(chain.from_iterable((s.text for s in text.sentences) for text in texts))
    raw = "\n".join(list(sentences)[: LONG * 2])
    text = text_of(raw)
    kept = text.sentences[:LONG]
    return type(text)(article=text.article, language=text.language, sentences=kept)


def main() -> int:
    """Print both figures; 1 where one is missed."""
    texts = list(real_texts(1_000)) if SHARED.is_dir() else sample_texts()
    rank(texts[0])
    by_sumy(texts[0])
    ours, theirs = seconds_of(rank, texts), seconds_of(by_sumy, texts)
    ratio = theirs / ours
    print(
        f"fusion of {len(texts)} articles {ours:.2f} s, sumy's three methods {theirs:.2f} s: {ratio:.1f} times faster"
    )
    long = long_text(texts)
    seconds = min(seconds_of(rank, [long]) for _ in range(3))
    print(f"fusion of one article of {len(long.sentences)} sentences {seconds:.3f} s")
    return int(ratio < FASTER or seconds >= SECONDS)


if __name__ == "__main__":
    sys.exit(main())
