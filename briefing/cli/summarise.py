"""`briefing summarise`: the summariser alone, for people and for other programs."""

from __future__ import annotations

import re
import sys
from collections import deque
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from briefing.cli.output import DONE, FAILED, say
from briefing.cli.parameters import NamedPath
from briefing.cli.records import Answer, Lines, Wish, answers, is_request
from briefing.models import UNDETERMINED, Document
from briefing.ranking import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future
    from io import BufferedReader

    from briefing.config import Summary
    from briefing.sources import Found

JSON_LINES = frozenset({".jsonl", ".ndjson"})
CHUNK = 50
"""Lines that one process answers at a time."""
WORTHWHILE = 1_000
"""Lines from which starting more processes pays: each needs about a second for it, a line two milliseconds."""
AHEAD = 32
"""Chunks that are under way at the most, so that a file of any size needs little memory."""
METHOD, WORDS = "fusion", 60
STDIN = Path("-")


class LanguageCode(click.ParamType[str | None]):
    """A language as ISO 639 and BCP 47 write it (`fr`, `pt-BR`); None for `auto`, which has the text tell."""

    name = "language"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str | None:
        """Return the language's code alone."""
        if value in {"auto", UNDETERMINED}:
            return None
        code = re.fullmatch(r"([A-Za-z]{2,3})(?:[-_]\w+)*", str(value))
        return code[1].lower() if code else self.fail(f"{value!r} is no language's code, such as fr", param, ctx)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, allow_dash=True, path_type=Path), metavar="[FILE|-]...")
@click.option(
    "--words", type=click.IntRange(min=1), help=f"How many words; the last sentence may exceed it.  [{WORDS}]"
)
@click.option("--sentences", type=click.IntRange(min=1), help="How many sentences, instead of words.")
@click.option("--method", type=click.Choice(tuple(METHODS)), help=f"How sentences are ranked.  [{METHOD}]")
@click.option(
    "--lang",
    type=LanguageCode(),
    default="auto",
    show_default=True,
    metavar="auto|CODE",
    help="The language, such as fr; auto detects it for each text.",
)
@click.option(
    "-c",
    "--config",
    "config_path",
    type=NamedPath(path_type=Path),
    help="A configuration whose `summary` applies where no option is given.",
)
def summarise(
    *,
    files: tuple[Path, ...],
    words: int | None,
    sentences: int | None,
    method: str | None,
    lang: str | None,
    config_path: Path | None,
) -> int:
    """Summarise files or standard input.

    JSON Lines give JSON Lines, in order: {"id", "title", "text"} in, {"id", "language", "sentences": [{"text", "start",
    "end", "score"}]} out, where text[start:end] is the sentence. {"id", "docs": [{"id", "title", "text"}…]} gives one
    summary of all the documents, each sentence with its "doc". A line that cannot be read is named on standard error
    and the exit code is 1; the others are answered. Any other file is read as an article: its sentences are printed.
    """
    if words is not None and sentences is not None:
        raise click.UsageError("give --words or --sentences, not both")
    if config_path is not None:
        summary = _summary_of(config_path)
        method = method or summary.method
        if words is None and sentences is None:
            words, sentences = summary.words, summary.sentences
    wish = Wish(
        words=None if sentences else words or WORDS,
        sentences=sentences,
        method=method or METHOD,
        language=lang,
    )
    failures = [not _summarised(path, wish) for path in files or (STDIN,)]
    return FAILED if any(failures) else DONE


def _summary_of(config_path: Path) -> Summary:
    """Return what a configuration says of summaries; raises ConfigError."""
    from briefing.cli.session import open_session

    return open_session(config_path).config.summary


def _summarised(path: Path, wish: Wish) -> bool:
    """Print the summaries of one file; return whether all of it could be read."""
    if path.suffix.lower() in JSON_LINES:
        with path.open("rb") as stream:
            return _told(str(path), Lines(stream), wish)
    if path != STDIN:
        return _summarised_articles(_found(path), wish)
    lines = Lines(cast("BufferedReader", sys.stdin.buffer))
    if lines.first().lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return _told("standard input", lines, wish)
    content = lines.rest()
    if any(map(is_request, content.splitlines())):  # JSON Lines all the same: it is their first line that is broken
        return _told("standard input", Lines(BytesIO(content)), wish)
    return _summarised_articles(_typed(content), wish)


def _told(name: str, lines: Lines, wish: Wish) -> bool:
    """Answer line by line; return whether every line could be read."""
    whole = True
    for number, reply in answered(lines, wish):
        if reply.line is not None:
            click.echo(reply.line)
        whole = whole and reply.line is not None
        for remark in reply.remarks:
            say(f"{name}:{number}: {remark}")
    return whole


def answered(lines: Lines, wish: Wish) -> Iterator[tuple[int, Answer]]:
    """Answer in order: each line as it comes, and as soon as many wait in as many processes as there are processors."""
    while lines.there(WORTHWHILE) < WORTHWHILE:
        taken = lines.take(1)
        if not taken:
            return
        for number, line in taken:
            yield number, answers([line], wish)[0]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(mp_context=get_context("spawn")) as executor:
        yield from in_order(executor, lines, wish)


def in_order(executor: Executor, lines: Lines, wish: Wish) -> Iterator[tuple[int, Answer]]:
    """Keep some chunks under way, and give out the first of them when it is done, or when no line waits."""
    under_way: deque[tuple[list[int], Future[list[Answer]]]] = deque()
    while under_way or lines.first():
        if under_way and (len(under_way) >= AHEAD or not lines.there(1)):
            yield from _done(*under_way.popleft())
            continue
        chunk = lines.take(CHUNK)
        numbers, wanted = [number for number, _ in chunk], [line for _, line in chunk]
        under_way.append((numbers, executor.submit(answers, wanted, wish)))


def _done(numbers: list[int], future: Future[list[Answer]]) -> Iterator[tuple[int, Answer]]:
    return zip(numbers, future.result(), strict=True)


def _found(path: Path) -> Found:
    from briefing.config import Limits
    from briefing.sources import read_paths

    return read_paths([path], most_bytes=Limits().document_bytes)


def _typed(content: bytes) -> Found:
    from briefing.sources import Found

    return Found(documents=(Document(origin="standard input", media_type="text/plain", content=content),))


def _summarised_articles(found: Found, wish: Wish) -> bool:
    """Print the sentences of every article, one a line, under its title; return whether nothing was left out."""
    from briefing.config import Limits
    from briefing.per_document import read_all, readers
    from briefing.ranking import Budget, choose, rank
    from briefing.text import analyse

    with readers() as executor:
        extractions = list(read_all(found.documents, Limits(), executor))
    problems = [*found.problems, *chain.from_iterable(item.problems for item in extractions)]
    for article in chain.from_iterable(item.articles for item in extractions):
        text, more = analyse(article, language=wish.language)
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
