"""What a megabyte of text costs that is no ordinary news: corpora, and texts made of every table of words.

Each is built into a brief, PDF and all, one after the other with as much of the news that `make bench` builds. An
input that costs many times what news costs is one by which a stranger may hold a morning up.
"""

from __future__ import annotations

import json
import random
import string
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import briefing
from benchmarks.bench import DAY, ROOT, SHARED, START, cost_of, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE, ARTICLE = 1_000_000, 10_000
"""Characters of a day and of an article."""
MOST = 5.0
"""Times what news costs that a day may cost."""


def cost_of_hard_texts() -> None:
    """Build each day; print those that cost most, and by how much."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        news = _cost(folder / "news", [text for text in texts()[0] for _ in range(4)])
        found = {name: _cost(folder / name, made) / news for name, made in _days()}
    worst = sorted(found.items(), key=lambda item: -item[1])
    missed = [name for name, ratio in worst if ratio > MOST]
    print(
        f"{'hard texts':<22}{len(found)} days of a megabyte, news {news:.1f} s; "
        + ", ".join(f"{name} {ratio:.2f}" for name, ratio in worst[:8])
        + f" (at most {MOST:g}{f': missed by {len(missed)}' if missed else ''})"
    )


def _cost(folder: Path, made: list[str]) -> float:
    """Return the processor seconds of a brief of these texts, as many as make a megabyte."""
    folder.mkdir()
    size = 0
    for number, text in enumerate(made):
        if size >= SIZE:
            break
        cut = text[: SIZE - size]
        size += len(cut)
        (folder / f"{number:04}.txt").write_text(cut, "utf-8")
    (folder / "news.txt").write_text(texts()[0][0], "utf-8")  # so that there is something to print
    config, out = folder.with_suffix(".yaml"), folder.with_suffix(".out")
    config.write_text(f"extends: {ROOT / 'config.yaml'}\nabout: []\n")
    command = [sys.executable, "-c", START, "build", "-q", *DAY, "-c", str(config), "-o", str(out), str(folder)]
    return cost_of(command, ROOT).cpu


def _days() -> Iterator[tuple[str, list[str]]]:
    """Yield a name and the texts of each day."""
    for name in ("ud_sentences_dev", "pysbd_rules"):
        if (path := SHARED / "eval" / f"{name}.jsonl").exists():
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            yield name, _articles(" ".join(_strings_of(row)) for row in rows)
    for path in sorted(Path(briefing.__file__).parent.glob("languages/*.toml")):
        tables = [words for words in _tables(tomllib.loads(path.read_text("utf-8"))) if len(words) > 1]
        yield path.stem, [_made_of(words, seed) for seed, words in enumerate(tables * 200)][: SIZE // ARTICLE + 1]
    chance = random.Random(1)  # noqa: S311 - the same texts each time
    signs = string.punctuation + "“”«»‘’…–—•·"
    yield "signs", ["".join(chance.choices(signs + " \n", k=ARTICLE)) for _ in range(SIZE // ARTICLE)]
    yield "figures", [_made_of([f"{n} killed and" for n in range(2, 900)], seed) for seed in range(SIZE // ARTICLE)]
    yield "capitals", [_made_of(list(string.ascii_uppercase), seed) for seed in range(SIZE // ARTICLE)]
    yield "one article again", [texts()[0][0] + f" {n}." for n in range(SIZE // 1_000)]


def _articles(parts: Iterator[str]) -> list[str]:
    """Return texts of about the size of an article, again and again until they are enough."""
    whole = "\n".join(parts)
    whole *= SIZE // max(1, len(whole)) + 1
    return [whole[start : start + ARTICLE] for start in range(0, SIZE, ARTICLE)]


def _made_of(words: list[str], seed: int) -> str:
    """Return sentences of such words, in paragraphs of three."""
    chance = random.Random(seed)  # noqa: S311 - the same texts each time
    lines, size = [], 0
    while size < ARTICLE:
        said = " ".join(chance.choices(words, k=chance.randint(6, 24)))
        line = f"{said[:1].upper()}{said[1:]}."
        lines.append(line if chance.random() < 0.67 else f"{line}\n")
        size += len(line) + 1
    return "\n".join(lines)


def _tables(data: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the words of each list, and of each table of words, below."""
    for value in data.values():
        if isinstance(value, dict):
            yield from _tables(value)
            yield [key for key in value if key.strip()]
        elif isinstance(value, list):
            yield [word for word in value if isinstance(word, str) and word.strip()]


def _strings_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _strings_of(item)
