"""One line of JSON in, one line of JSON out: what `briefing summarise` answers to other programs."""

from __future__ import annotations

import json
import math
import select
from collections import deque
from dataclasses import dataclass
from io import UnsupportedOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BufferedReader, BytesIO

    from briefing.summarise import Source, Summary, SummarySentence


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
