"""`make bench`: wall time and memory against a plain script, as ratios in one run.

Each pair of runs is one after the other, so that a machine whose speed drifts slows both; the ratio quoted is the
median of the pairs'. Figures to reach: five documents in at most 1.6 times the plain script's time and twice its
memory, a thousand articles in at most 3 times its time.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
BRIEFING = ROOT / ".venv" / "bin" / "briefing"


class Cost(NamedTuple):
    """One finished run of a command."""

    seconds: float
    megabytes: float


def cost_of(command: list[str]) -> Cost:
    """Run a command to its end; raises CalledProcessError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    errors = process.stderr.read().decode() if process.stderr else ""
    if process.stderr:
        process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=errors)
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, usage.ru_maxrss * unit / 1e6)


def compare(label: str, ours: list[str], plain: list[str], *, pairs: int, limits: Cost) -> None:
    """Print the median ratios of `pairs` pairs of runs, after one pair that warms the caches."""
    cost_of(ours), cost_of(plain)
    runs = [(cost_of(ours), cost_of(plain)) for _ in range(pairs)]
    for what, limit, index in (("time", limits.seconds, 0), ("memory", limits.megabytes, 1)):
        ratio = statistics.median(a[index] / b[index] for a, b in runs)
        ours_median = statistics.median(a[index] for a, _ in runs)
        plain_median = statistics.median(b[index] for _, b in runs)
        unit = "s" if index == 0 else "MB"
        verdict = "ok" if ratio <= limit else f"over its limit of {limit}"
        print(
            f"{label:20} {what:7} briefing {ours_median:8.2f} {unit:2}  plain {plain_median:8.2f} {unit:2}"
            f"  ratio {ratio:5.2f}  {verdict}",
            flush=True,
        )


def thousand_articles(folder: Path) -> str:
    """Write a thousand articles as text files; return where they come from."""
    sets = [SHARED / "eval" / name for name in ("en_syria_2011_2018.jsonl", "en_ecbplus_stories_dev.jsonl")]
    if all(path.exists() for path in sets):
        texts = [json.loads(line) for path in sets for line in path.read_text("utf-8").splitlines()]
        for number, item in enumerate(texts[:1000]):
            (folder / f"{number:04}.txt").write_text(f"{item.get('title') or ''}\n\n{item['text']}\n", "utf-8")
        return "articles of ../shared/eval"
    sample = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("2*.md"))]
    for number in range(1000):
        body = sample[number % len(sample)].split("---\n", 2)[-1].split("\n\n")
        turn = number // len(sample) % len(body)
        (folder / f"{number:04}.txt").write_text("\n\n".join(body[turn:] + body[:turn]), "utf-8")
    return "the sample's articles, paragraphs turned (skipped: no ../shared)"


def reading() -> None:
    """Print what reading costs: a thousand articles of 400 words extracted, cleaned, split, their language told."""
    from briefing.config import Limits
    from briefing.extract import extract
    from briefing.models import Document
    from briefing.text import analyse

    sample = [path.read_text("utf-8").split("---\n", 2)[-1] for path in sorted((ROOT / "seeds").glob("2*.md"))]
    words = [text.split(" ") for text in sample]
    texts = [" ".join((row * 4)[turn : turn + 400]) for turn in range(60) for row in words][:1000]
    documents = [
        Document(origin=f"in/{number}.txt", media_type="text/plain", content=f"{number} {text}".encode())
        for number, text in enumerate(texts)
    ]
    started = time.process_time()
    for document in documents:
        for article in extract(document, Limits()).articles:
            analyse(article)
    each = (time.process_time() - started) / len(documents) * 1000
    verdict = "ok" if each < 3 else "over its limit of 3"
    print(f"reading              {len(documents)} articles of 400 words, {each:.2f} ms each  {verdict}")


def main() -> None:
    """Measure both sizes, and reading by itself: last, since a child is charged with the memory that it starts from."""
    shared_script = SHARED / "peers" / "plain_script.py"
    script = shared_script if shared_script.exists() else ROOT / "benchmarks" / "plain_script.py"
    few = SHARED / "seeds" if (SHARED / "seeds").is_dir() else ROOT / "seeds"
    with tempfile.TemporaryDirectory() as scratch:
        many = Path(scratch, "many")
        many.mkdir()
        print(f"plain script: {os.path.relpath(script, ROOT)}; a thousand: {thousand_articles(many)}")
        for label, folder, pairs, limits in (
            ("five documents", few, 7, Cost(1.6, 2.0)),
            ("a thousand articles", many, 3, Cost(3.0, 100.0)),
        ):
            ours = [str(BRIEFING), "build", "-q", "--date", "2019-03-21", "-o", f"{scratch}/out", str(folder)]
            plain = [sys.executable, str(script), str(folder), f"{scratch}/plain.pdf"]
            compare(label, ours, plain, pairs=pairs, limits=limits)
    reading()


if __name__ == "__main__":
    main()
