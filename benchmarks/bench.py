"""`make bench`: time, processor time and memory against a plain script, what starting costs, and the size of the house.

    make bench                                  every row
    make bench ARGS="sizes starts"              some: sizes, again, starts, reading, fusion, preview, house
    make bench ARGS=hard                        a megabyte of what is no news against one of news, fifty days
    make bench ARGS=peers                       forty articles of feeds against goosepaper and calibre
    make bench-scale                            the long ones: workers, scale
    make bench ARGS="--against ../other"        sizes, starts and house against another checkout of this program

Each pair of runs is one after the other, so that a machine whose speed drifts slows both; the ratio quoted is the
median of the pairs'. Processor time is that of a command and of all processes that it starts, memory that of the
largest of them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tokenize
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
DAY = ("--date", "2019-03-21")
START = "from briefing.cli import main; main()"
PROFILED = """
import sys, threading
called = set()
def hook(frame, event, _):
    code = frame.f_code
    if event == "call" and code.co_name != "<module>":
        called.add((code.co_filename, code.co_firstlineno))
threading.setprofile(hook)
sys.setprofile(hook)
from briefing.cli import main
try:
    main()
finally:
    sys.setprofile(None)
    print("".join(f"{name}\\n" for name, _ in called))
"""
"""Prints the file of each function that was called."""


class Cost(NamedTuple):
    """One finished run of a command."""

    wall: float
    cpu: float
    memory: float
    """In megabytes."""


UNITS = Cost("s", "s", "MB")  # type: ignore[arg-type]  # what each is measured in


class Size(NamedTuple):
    """How many articles there are, how often they are read, and the ratios to reach."""

    name: str
    articles: int
    pairs: int
    most: Cost


SIZES = (
    Size("five", 5, 7, Cost(1.6, 1.25, 2.0)),
    Size("100", 100, 5, Cost(1.6, 1.2, 3.0)),
    Size("1,000", 1_000, 3, Cost(0.8, 0.8, 4.0)),
    Size("5,000", 5_000, 1, Cost(0.6, 0.6, 8.0)),
)


def cost_of(command: Sequence[str], checkout: Path = ROOT) -> Cost:
    """Run a command in a checkout to its end; raises CalledProcessError where it fails."""
    environment = os.environ | {"PYTHONPATH": str(checkout), "OPENBLAS_NUM_THREADS": "1"}
    started = time.perf_counter()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, cwd=checkout, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, stderr=errors.read().decode())
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def compare(
    label: str, ours: Callable[[], Cost], theirs: Callable[[], Cost], *, pairs: int, most: Cost | None = None
) -> None:
    """Print the median costs and ratios of some pairs of runs, after one pair that warms the caches."""
    if pairs > 1:
        ours(), theirs()
    report(label, [(ours(), theirs()) for _ in range(pairs)], most)


def report(label: str, runs: Sequence[tuple[Cost, Cost]], most: Cost | None = None) -> None:
    """Print the median costs and ratios of pairs of runs, and which ratios are above the most that they may be."""
    cells = []
    for index, name in enumerate(Cost._fields):
        one, other = (statistics.median(run[side][index] for run in runs) for side in range(2))
        ratio = statistics.median(a[index] / b[index] for a, b in runs)
        wish = (
            ""
            if most is None or most[index] == math.inf
            else f" (at most {most[index]:g}{'' if ratio <= most[index] else ': missed'})"
        )
        cells.append(f"{name} {one:.2f} to {other:.2f} {UNITS[index]} = {ratio:.2f}{wish}")
    print(f"{label:<22}{'   '.join(cells)}", flush=True)


def program(*arguments: str, checkout: Path = ROOT, anew: Path | None = None) -> Callable[[], Cost]:
    """Return what runs this program, as it stands in a checkout; the folder `anew` is removed before each run."""
    python = checkout / ".venv" / "bin" / "python"

    def run() -> Cost:
        if anew is not None:
            shutil.rmtree(anew, ignore_errors=True)  # with what an earlier run has worked out
        return cost_of([str(python) if python.exists() else sys.executable, "-c", START, *arguments], checkout)

    return run


def texts() -> tuple[list[str], str]:
    """Return articles to make many of, and where they come from."""
    sets = [
        SHARED / "eval" / f"{name}.jsonl"
        for name in ("en_syria_2011_2018", "en_ecbplus_stories_dev", "fr_orangesum_dev", "es_fr_syria")
    ]
    if all(path.exists() for path in sets):
        items = [json.loads(line) for path in sets for line in path.read_text("utf-8").splitlines()]
        return [f"{item.get('title') or ''}\n\n{item['text']}\n" for item in items], "articles of ../shared/eval"
    sample = sorted((ROOT / "seeds").glob("2*.md"))
    return [path.read_text("utf-8").split("---\n", 2)[-1] for path in sample], "the sample's articles"


def write_articles(folder: Path, count: int) -> Path:
    """Write so many articles as text files: each as it is, then sentences of two of them shuffled."""
    known, _ = texts()
    chance = random.Random(0)  # noqa: S311 - the same articles each time
    folder.mkdir()
    for number in range(count):
        if number < len(known):
            text = known[number]
        else:
            sentences = [part for text in chance.sample(known, 2) for part in text.replace("\n", " ").split(". ")]
            chance.shuffle(sentences)
            text = f"{sentences[0][:70]}\n\n{'. '.join(sentences[: max(8, len(sentences) // 2)])}.\n"
        (folder / f"{number:04}.txt").write_text(text, "utf-8")
    return folder


def sizes(against: Path | None) -> None:
    """Build briefs of five to five thousand articles."""
    shared_script = SHARED / "peers" / "plain_script.py"
    script = shared_script if shared_script.exists() else ROOT / "benchmarks" / "plain_script.py"
    few = SHARED / "seeds" if (SHARED / "seeds").is_dir() else ROOT / "seeds"
    print(f"sizes: briefing to {against or os.path.relpath(script, ROOT)}; five: {few.name}; others: {texts()[1]}")
    with tempfile.TemporaryDirectory() as scratch:
        for size in SIZES:
            folder = few if size.name == "five" else write_articles(Path(scratch, size.name), size.articles)
            out = Path(scratch, "out")
            build = ("build", "-q", *DAY, "-o", str(out), str(folder))
            ours = program(*build, anew=out)
            if against:
                compare(size.name, ours, program(*build, checkout=against, anew=out), pairs=size.pairs)
                continue
            plain = [sys.executable, str(script), str(folder), f"{scratch}/plain.pdf"]
            compare(size.name, ours, lambda plain=plain: cost_of(plain), pairs=size.pairs, most=size.most)  # type: ignore[misc]  # of a loop's variable


def again(_: Path | None) -> None:
    """Build a day of a thousand articles; then the same again, and with one article in a hundred another."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, out = write_articles(Path(scratch, "day"), 1_000), Path(scratch, "out")
        build = ("build", "-q", *DAY, "-o", str(out), str(folder))
        first = program(*build, anew=out)()
        same = program(*build)()
        known = texts()[0]
        for number in range(10):
            (folder / f"{number * 97:04}.txt").write_text(f"{known[number]} It is told again.\n", "utf-8")
        other = program(*build)()
    for name, cost, most in (("the same again", same, 0.1), ("with 1 % new", other, 0.2)):
        told = "   ".join(
            f"{kind} {one:.2f} to {before:.2f} s = {one / before:.2f}"
            for kind, one, before in zip(Cost._fields[:2], cost, first, strict=False)
        )
        print(f"{name:<22}{told} (at most {most:g})")


def workers(_: Path | None) -> None:
    """Build a day of five thousand articles with one process that reads, and with two; with Dask's where it is.

    What four and eight would take is reckoned from what one and two took (Amdahl 1967): what two share, eight share.
    """
    kinds = [("", "workers: 1", 0.0), ("two workers", "workers: 2", 1.6)]
    if find_spec("distributed"):
        kinds.append(("two of Dask's", "workers: 1\ncluster: {local: 2}", 1.7))
    with tempfile.TemporaryDirectory() as scratch:
        folder, out = (
            write_articles(Path(scratch, "day"), int(os.environ.get("ARTICLES", "5000"))),
            Path(scratch, "out"),
        )
        one, *others = (_built_by(settings, folder, out) for _name, settings, _least in kinds)
    for (name, _settings, least), cost in zip(kinds[1:], others, strict=True):
        print(
            f"{name:<22}wall {cost.wall:.1f} to {one.wall:.1f} s: {one.wall / cost.wall:.2f} times as fast "
            f"(at least {least:g})   cpu {cost.cpu:.1f} to {one.cpu:.1f} s"
        )
    shared = max(0.0, 2 * (one.wall - others[0].wall))
    by_itself = one.wall - shared
    for number in (4, 8):
        wall = by_itself + shared / number
        print(f"{f'{number} workers, reckoned':<22}wall {wall:.1f} s: {one.wall / wall:.1f} times as fast")


def _built_by(settings: str, folder: Path, out: Path) -> Cost:
    """Return what a build into a new folder costs with some settings."""
    config = folder.with_name("config.yaml")
    config.write_text(f"extends: {ROOT / 'config.yaml'}\n{settings}\nsources: [{{folder: {folder}}}]\n", "utf-8")
    return program("build", "-q", *DAY, "-c", str(config), "-o", str(out), str(folder), anew=out)()


LINES = 10_000
"""Articles of one JSON Lines file."""
WORDS, COPIED = 400, 0.15
"""Words of an article, and the share of articles that are near copies of an earlier one."""


def scale(_: Path | None) -> None:
    """Build days of ten thousand to a hundred thousand articles: CPU's exponent, and the memory of all processes."""
    sizes = [int(size) for size in os.environ.get("SIZES", "10000,100000").split(",")]
    found: list[tuple[int, float]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder, out = write_lines(Path(scratch, "day"), size), Path(scratch, "out")
            command = [sys.executable, "-c", START, "build", "-q", *DAY, "-o", str(out), str(folder)]
            with watched_memory() as most:
                cost = cost_of(command)
        found.append((size, cost.cpu))
        print(f"{f'{size:,} articles':<22}wall {cost.wall:.0f} s   cpu {cost.cpu:.0f} s   memory {most[0]:,.0f} MB")
    (small, before), (large, after) = found[0], found[-1]
    if large > small:
        exponent = math.log(after / before) / math.log(large / small)
        print(f"{'growth':<22}exponent of cpu {exponent:.2f} (at most 1.05)")


def write_lines(folder: Path, count: int) -> Path:
    """Write so many distinct articles, and near copies among them, as JSON Lines files."""
    known, _ = texts()
    sentences = [part.strip() for text in known for part in text.replace("\n", " ").split(". ") if part.strip()]
    chance = random.Random(0)  # noqa: S311 - the same articles each time
    made: list[str] = []
    folder.mkdir()
    for start in range(0, count, LINES):
        with (folder / f"{start:07}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(start, min(count, start + LINES)):
                if made and chance.random() < COPIED:
                    text = f"{chance.choice(made)} It was told to number {number}."
                else:
                    words: list[str] = []
                    while len(words) < WORDS:  # a number in each makes it another's sentence
                        words += f"{chance.choice(sentences)} {chance.randrange(10**6)}.".split()
                    text = " ".join(words)
                    made = [*made[-200:], text]
                row = {"id": str(number), "title": text[:70], "text": text, "outlet": f"Outlet {number % 40}"}
                file.write(json.dumps(row) + "\n")
    return folder


@contextmanager
def watched_memory() -> Iterator[list[float]]:
    """Lend a list whose value becomes the most megabytes that all processes below this one held at once (Linux)."""
    most, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            most[0] = max(most[0], sum(_resident(os.getpid())))

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        ended.set()
        thread.join()


def _resident(parent: int) -> Iterator[float]:
    """Yield the megabytes of each process below another."""
    for children in Path("/proc", str(parent), "task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in children.read_text().split():
                yield int(Path("/proc", child, "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
                yield from _resident(int(child))


def hard(_: Path | None) -> None:
    """Build days of a megabyte that is no ordinary news: corpora, and texts of every table of words."""
    from benchmarks.hard_texts import cost_of_hard_texts

    cost_of_hard_texts()


def peers(_: Path | None) -> None:
    """Make a paper of forty articles of feeds, as goosepaper and calibre do."""
    from benchmarks.peers.__main__ import compare_with_peers

    compare_with_peers()


def starts(against: Path | None) -> None:
    """Ask for help, and check the sample's config: against the import of what reading a config takes."""
    libraries = "import click, markdown_it, yaml; from pydantic import BaseModel, Field, JsonValue"
    for name, arguments, bare in (("--help", ("--help",), "import click"), ("check", ("check", *DAY), libraries)):
        beside = [sys.executable, "-c", bare]
        other = program(*arguments, checkout=against) if against else lambda beside=beside: cost_of(beside)  # type: ignore[misc]  # the same
        compare(name if against else f"{name} to its imports", program(*arguments), other, pairs=10)


def reading(_: Path | None) -> None:
    """Extract a thousand articles of 400 words, split them into sentences and tell their language."""
    from briefing.config import Limits
    from briefing.extract import extract
    from briefing.models import Document
    from briefing.text import analyse

    sample = [path.read_text("utf-8").split("---\n", 2)[-1] for path in sorted((ROOT / "seeds").glob("2*.md"))]
    words = [text.split(" ") for text in sample]
    made = [" ".join((row * 4)[turn : turn + 400]) for turn in range(60) for row in words][:1000]
    documents = [
        Document(origin=f"in/{number}.txt", media_type="text/plain", content=f"{number} {text}".encode())
        for number, text in enumerate(made)
    ]
    started = time.process_time()
    for document in documents:
        for article in extract(document, Limits()).articles:
            analyse(article)
    each = (time.process_time() - started) / len(documents) * 1000
    print(f"{'reading':<22}{len(documents)} articles of 400 words, {each:.2f} ms each (at most 3)")


def fusion(_: Path | None) -> None:
    """Rank real articles by fusion, and by the three of sumy's classes that it fuses, one after the other."""
    from benchmarks.quality.sumy_itself import own_ratings, real_texts, text_of
    from briefing.ranking import rank

    sample = [path.read_text("utf-8") for path in sorted((ROOT / "seeds").glob("2*.md"))]
    some = list(real_texts(1_000)) if SHARED.is_dir() else [text_of(text, number=n) for n, text in enumerate(sample)]
    rank(some[0])
    ours = seconds_of(lambda: [rank(text) for text in some])
    theirs = seconds_of(
        lambda: [own_ratings(method, text) for text in some for method in ("lex-rank", "luhn", "sum-basic")]
    )
    sentences = dict.fromkeys(chain.from_iterable((s.text for s in text.sentences) for text in some))
    long = text_of("\n".join(list(sentences)[:800]))
    alone = seconds_of(lambda: rank(long))
    print(
        f"{'fusion':<22}{len(some)} articles {ours:.2f} s, sumy's three methods {theirs:.2f} s: "
        f"{theirs / ours:.1f} times faster (at least 4); "
        f"one of {len(long.sentences)} sentences {alone:.2f} s (at most 0.5)"
    )


def seconds_of(work: Callable[[], object]) -> float:
    """Return the wall time of some work."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def preview(_: Path | None) -> None:
    """Save config.yaml, and wait for the new brief in a real browser, on the sample."""
    from tests.browser import CHROMIUM, MISSING, browser

    if CHROMIUM is None:
        print(f"{'preview':<22}not measured: {MISSING}")
        return
    line, brief = "title: Territory", "document.getElementById('brief').contentDocument"
    command = [sys.executable, "-c", START, "preview", "--no-open", "--port", "0", *DAY, "-c"]
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder)
        for name in ("seeds", "templates"):
            shutil.copytree(ROOT / name, desk / name)
        config = desk / "config.yaml"
        shutil.copy(ROOT / "config.yaml", config)
        with subprocess.Popen(
            [*command, str(config)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        ) as process:
            url = process.stdout.readline().strip() if process.stdout else ""
            with browser(desk / "profile") as page:
                page.open(url)
                page.wait(f"{brief}.body.innerText.includes('Territory')")
                times = []
                for number in range(10):
                    title = f"Territory {number}"
                    started = time.perf_counter()
                    config.write_text(config.read_text().replace(line, f"title: {title} #", 1))
                    page.wait(f"{brief}.body.innerText.includes('{title}')")
                    times.append(time.perf_counter() - started)
            process.terminate()
    print(f"{'preview':<22}save to reload {statistics.median(times):.2f} s, the median of {len(times)} (at most 2)")


def house(against: Path | None) -> None:
    """Count lines, modules and tokens of the package, and the modules that one article runs through."""
    rows = [_counts(checkout) for checkout in filter(None, (ROOT, against))]
    for name in rows[0]:
        ratio = f" to {rows[1][name]:,} = {rows[0][name] / rows[1][name]:.2f}" if against else ""
        print(f"{name:<22}{rows[0][name]:,}{ratio}")


def _counts(checkout: Path) -> dict[str, int]:
    package = checkout / "briefing"
    modules = sorted(package.rglob("*.py"))
    places = chain(package.rglob("*"), (checkout / "templates").rglob("*"))
    data = [path for path in places if path.is_file() and path.suffix not in {".py", ".pyc", ".ttf", ".otf", ".png"}]
    article = next((checkout / "seeds").glob("2*.md"))
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-c", PROFILED, "build", "-q", *DAY, "--format", "md,json", "-o", out, str(article)]
        environment = os.environ | {"PYTHONPATH": str(checkout)}
        ran = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=True)
    called = [line for line in ran.stdout.splitlines() if line.startswith(f"{package}{os.sep}")]
    return {
        "lines of Python": sum(path.read_text("utf-8").count("\n") for path in modules),
        "modules": len(modules),
        "tokens of Python": sum(sum(1 for _ in _tokens(path.read_text("utf-8"))) for path in modules),
        "tokens of data": sum(
            sum(1 for line in path.read_text("utf-8").splitlines() for _ in _tokens(line.strip())) for path in data
        ),
        "one article: modules": len(set(called)),
        "one article: functions": len(called),
    }


def _tokens(text: str) -> Iterator[str]:
    """Yield the tokens of Python's tokenizer that have characters, up to where it is no Python."""
    try:
        yield from (
            token.string for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.string.strip()
        )
    except (tokenize.TokenError, SyntaxError):
        return


ROWS: dict[str, Callable[[Path | None], None]] = {
    row.__name__: row for row in (sizes, again, starts, reading, fusion, preview, house)
}
LONG: dict[str, Callable[[Path | None], None]] = {row.__name__: row for row in (hard, peers, workers, scale)}


def main() -> None:
    """Print the rows asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"one of {', '.join(ROWS | LONG)}")
    parser.add_argument("--against", type=Path, metavar="CHECKOUT", help="another checkout of this program")
    asked = parser.parse_args()
    if unknown := set(asked.rows) - set(ROWS | LONG):
        parser.error(f"unknown row: {', '.join(sorted(unknown))}; there are {', '.join(ROWS | LONG)}")
    against = asked.against.resolve() if asked.against else None
    for checkout in filter(None, (ROOT, against)):  # as after a first run, where Python may keep compiled modules
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(checkout / "briefing")], check=False)
    # a child is charged with the memory that it starts from: what runs in this process comes last
    for name in asked.rows or (("sizes", "starts", "house") if against else ROWS):
        (ROWS | LONG)[name](against)


if __name__ == "__main__":
    main()
