"""`briefing summarise`: the summariser alone, for people and for other programs."""

from __future__ import annotations

import json
import math
import re
import select
import sys
from collections import deque
from dataclasses import dataclass
from io import BytesIO, UnsupportedOperation
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from briefing.cli.output import DONE, FAILED, say
from briefing.cli.parameters import NamedPath
from briefing.models import UNDETERMINED, Document
from briefing.ranking import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor, Future
    from io import BufferedReader

    from briefing.config import Summary as Settings
    from briefing.sources import Found
    from briefing.summarise import Source, Summary, SummarySentence

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


def _summary_of(config_path: Path) -> Settings:
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


# ── one line of JSON in, one line of JSON out ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How long a summary is to be, by which method, in which language (None: as the text says)."""

    words: int | None
    sentences: int | None
    method: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The line that goes out, or None where the line that came in cannot be read, and what to tell people."""

    line: str | None
    remarks: tuple[str, ...] = ()


class _BadLineError(ValueError):
    """A line that is no request; its message says why."""


def answer(line: bytes, wish: Wish) -> Answer:
    """Answer one request: `{"id", "title", "text"}`, or `{"id", "docs": [{"id", "title", "text"}…]}`."""
    from briefing.summarise import summarise_together

    try:
        record = _record(line)
        sources = _sources(record)
    except _BadLineError as error:
        return Answer(line=None, remarks=(str(error),))
    summary = summarise_together(
        sources,
        language=wish.language,
        words=wish.words,
        sentences=wish.sentences,
        method=wish.method,
    )
    return Answer(line=_dumped(_reply(record, summary)), remarks=summary.problems)


def answers(lines: list[bytes], wish: Wish) -> list[Answer]:
    """Answer several requests, in order."""
    return [answer(line, wish) for line in lines]


def is_request(line: bytes) -> bool:
    """Tell whether a line of a text is a request, and no line of an article."""
    try:
        return line.lstrip().startswith(b"{") and not {"text", "docs"}.isdisjoint(_record(line))
    except _BadLineError:
        return False


def _record(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise _BadLineError(f"not UTF-8 at byte {error.start + 1}") from error
    except (ValueError, RecursionError) as error:
        raise _BadLineError(f"not JSON: {error}") from error
    return _object(record, "the line")


def _no_constant(name: str) -> float:
    """Refuse NaN and Infinity, which Python reads and JSON does not have."""
    message = f"{name} is no value"
    raise ValueError(message)


def _finite(digits: str) -> float:
    """Return a number; one too large for a float would be answered as Infinity."""
    return number if math.isfinite(number := float(digits)) else _no_constant(digits)


def _object(value: object, name: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _BadLineError(f"{name} is no JSON object")
    return value


def _sources(record: dict[str, object]) -> list[Source]:
    if "docs" not in record:
        return [_source(record, "")]
    if record.get("text") not in (None, ""):
        raise _BadLineError("`text` and `docs` are both given; only one of them can count")
    docs = record["docs"]
    if not isinstance(docs, list) or not docs:
        raise _BadLineError("`docs` is no list of documents")
    return [_source(_object(doc, f"`docs[{index}]`"), f"docs[{index}].") for index, doc in enumerate(docs)]


def _source(record: dict[str, object], path: str) -> Source:
    from briefing.summarise import Source

    title, text, language = (record.get(name) for name in ("title", "text", "language"))
    if not isinstance(text, str):
        raise _BadLineError(f"`{path}text` is {'missing' if 'text' not in record else 'no string'}")
    if not isinstance(title, str | None):
        raise _BadLineError(f"`{path}title` is no string")
    return Source(
        id=str(record.get("id", "")) or None,
        title=title,
        text=text,
        language=language if isinstance(language, str) else None,
    )


def _reply(record: dict[str, object], summary: Summary) -> dict[str, object]:
    docs = record.get("docs")
    sentences = [_sentence(sentence) for sentence in summary.sentences]
    if isinstance(docs, list):
        for entry, sentence in zip(sentences, summary.sentences, strict=True):
            entry["doc"] = docs[sentence.doc].get("id", sentence.doc)
    return {"id": record.get("id"), "language": summary.language, "sentences": sentences}


def _sentence(sentence: SummarySentence) -> dict[str, object]:
    return {"text": sentence.text, "start": sentence.start, "end": sentence.end, "score": sentence.score}


def _dumped(reply: dict[str, object]) -> str:
    """Return JSON in the text's own letters; lone surrogates, which no encoding takes, as escapes."""
    line = json.dumps(reply, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(reply)
    return line


# ── lines of a stream ────────────────────────────────────────────────────────────────────────────────────────────────


Numbered = tuple[int, bytes]
"""A line and its number, from 1; empty lines count, and are left out."""
PIECE = 1 << 20


class Lines:
    """The lines of a stream that are not empty, in order."""

    def __init__(self, stream: BufferedReader | BytesIO) -> None:
        self._stream = stream
        self._waiting: deque[Numbered] = deque()
        self._begun: list[bytes] = []
        self._number = 0
        self._ended = False

    def first(self) -> bytes:
        """Return the first line that is left, and leave it there; b"" where there is none."""
        self._wait()
        return self._waiting[0][1] if self._waiting else b""

    def rest(self) -> bytes:
        """Return all that is left, to the end; lines of blanks alone come out empty."""
        while not self._ended:
            self._read()
        numbers = (1, *(number for number, _ in self._waiting))
        return b"".join(
            b"\n" * (number - before) + line for before, (number, line) in zip(numbers, self._waiting, strict=False)
        )

    def take(self, most: int) -> list[Numbered]:
        """Return up to so many of the lines that are there; the next one is waited for, so that none means the end."""
        self._wait()
        return [self._waiting.popleft() for _ in range(self.there(most))]

    def there(self, most: int) -> int:
        """Return how many lines can be had without waiting, up to so many."""
        while len(self._waiting) < most and not self._ended and self._is_ready():
            self._read()
        return min(most, len(self._waiting))

    def _wait(self) -> None:
        while not self._waiting and not self._ended:
            self._read()

    def _is_ready(self) -> bool:
        try:
            return bool(select.select([self._stream.fileno()], [], [], 0)[0])
        except UnsupportedOperation:
            return True  # no file of the system's: it holds what it has

    def _read(self) -> None:
        piece = self._stream.read1(PIECE)  # what is there, without a wait for more
        head, *complete = piece.split(b"\n")
        self._begun.append(head)
        for following in complete:
            self._end_line()
            self._begun = [following]
        if not piece:
            self._ended = True
            self._end_line()

    def _end_line(self) -> None:
        self._number += 1
        line = b"".join(self._begun)
        if line.strip():
            self._waiting.append((self._number, line))
