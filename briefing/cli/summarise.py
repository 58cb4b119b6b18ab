"""`briefing summarise`: the summariser alone, for people and for other programs."""

from __future__ import annotations

import sys
from collections import deque
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefing.cli.outcome import DONE, FAILED, say
from briefing.cli.records import Answer, Wish, answers
from briefing.models import UNDETERMINED, Document
from briefing.summarise import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Executor, Future

    from briefing.sources import Found

JSON_LINES = frozenset({".jsonl", ".ndjson"})
CHUNK = 50
"""Lines that one process answers at a time."""
WORTHWHILE = 1_000
"""Lines from which starting more processes pays: each needs about a second for it, a line two milliseconds."""
AHEAD = 32
"""Chunks that are under way at the most, so that a file of any size needs little memory."""
WORDS = 60
STDIN = Path("-")


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path), metavar="[FILE|-]...")
@click.option("--words", type=click.IntRange(min=1), help=f"How many words; the last sentence may run over.  [{WORDS}]")
@click.option("--sentences", type=click.IntRange(min=1), help="How many sentences, instead of words.")
@click.option(
    "--method", type=click.Choice(tuple(METHODS)), default="fusion", show_default=True, help="How sentences are ranked."
)
@click.option("--lang", default="auto", show_default=True, metavar="auto|CODE", help="The language, such as fr.")
def summarise(files: tuple[Path, ...], words: int | None, sentences: int | None, method: str, lang: str) -> int:
    """Summarise files, or standard input.

    JSON Lines give JSON Lines, in order: {"id", "title", "text"} in, {"id", "language", "sentences": [{"text", "start",
    "end", "score"}]} out, where text[start:end] is the sentence. {"id", "docs": [{"id", "title", "text"}…]} gives one
    summary of all the documents, each sentence with its "doc". A line that cannot be read is named on standard error
    and the exit code is 1; the others are answered. Any other file is read as an article: its sentences are printed.
    """
    if words is not None and sentences is not None:
        raise click.UsageError("give --words or --sentences, not both")
    wish = Wish(
        words=None if sentences else words or WORDS,
        sentences=sentences,
        method=method,
        language=None if lang in ("auto", UNDETERMINED) else lang,
    )
    failures = [not _summarised(path, wish) for path in files or (STDIN,)]
    return FAILED if any(failures) else DONE


def _summarised(path: Path, wish: Wish) -> bool:
    """Print the summaries of one file; return whether all of it could be read."""
    if path.suffix.lower() in JSON_LINES:
        with path.open("rb") as lines:
            return _told(str(path), lines, wish)
    if path != STDIN:
        return _summarised_articles(_found(path), wish)
    stream = sys.stdin.buffer
    first = next((line for line in stream if line.strip()), b"")
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return _told("standard input", chain([first], stream), wish)
    return _summarised_articles(_typed(first + stream.read()), wish)


def _told(name: str, lines: Iterable[bytes], wish: Wish) -> bool:
    """Answer line by line; return whether every line could be read."""
    whole = True
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    for number, reply in _answered(numbered, wish):
        if reply.line is not None:
            click.echo(reply.line)
        whole = whole and reply.line is not None
        for remark in reply.remarks:
            say(f"{name}:{number}: {remark}")
    return whole


def _answered(numbered: Iterator[tuple[int, bytes]], wish: Wish) -> Iterator[tuple[int, Answer]]:
    """Answer in order: a few lines here, many in as many processes as there are processors."""
    few = list(islice(numbered, WORTHWHILE))
    if len(few) < WORTHWHILE:
        for number, line in few:
            yield number, answers([line], wish)[0]
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
        yield from in_order(executor, chain(few, numbered), wish)


def in_order(executor: Executor, numbered: Iterator[tuple[int, bytes]], wish: Wish) -> Iterator[tuple[int, Answer]]:
    """Keep some chunks under way, and give out the first of them when it is done."""
    under_way: deque[tuple[list[int], Future[list[Answer]]]] = deque()
    while chunk := list(islice(numbered, CHUNK)):
        numbers, lines = [number for number, _ in chunk], [line for _, line in chunk]
        under_way.append((numbers, executor.submit(answers, lines, wish)))
        if len(under_way) >= AHEAD:
            yield from _done(*under_way.popleft())
    for numbers, future in under_way:
        yield from _done(numbers, future)


def _done(numbers: list[int], future: Future[list[Answer]]) -> Iterator[tuple[int, Answer]]:
    return zip(numbers, future.result(), strict=True)


def _found(path: Path) -> Found:
    from briefing.config.schema import Limits
    from briefing.sources import read_paths

    return read_paths([path], most_bytes=Limits().document_bytes)


def _typed(content: bytes) -> Found:
    from briefing.sources import Found

    return Found(documents=(Document(origin="standard input", media_type="text/plain", content=content),))


def _summarised_articles(found: Found, wish: Wish) -> bool:
    """Print the sentences of every article, one a line, under its title; return whether nothing was left out."""
    from briefing.config.schema import Limits
    from briefing.extract import extract_all
    from briefing.language import analyse
    from briefing.selection import Budget, choose
    from briefing.summarise import rank

    extractions = list(extract_all(found.documents, Limits()))
    problems = [*found.problems, *chain.from_iterable(item.problems for item in extractions)]
    candidates = [wish.language] if wish.language else None
    for article in chain.from_iterable(item.articles for item in extractions):
        text, more = analyse(article, candidates=candidates)
        problems.extend(more)
        ranked = rank(text, method=wish.method)
        budget = Budget(words=wish.words, sentences=wish.sentences)
        click.echo(f"# {article.title or article.origin}")
        for quote in choose([ranked], [ranked.scores], budget=budget):
            click.echo(quote.sentence.text)
        click.echo()
    for problem in problems:
        say(f"{problem.origin}: {problem.reason}")
    return not any(problem.lost for problem in problems)
