"""Line ends that only wrap a sentence, told from those that end a paragraph."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_WIDTH = 100
"""Lines that a program or a hand has wrapped are no longer than this."""
_SHORT_PARAGRAPH = 60
_STOPS = frozenset(".!?…。！？؟।۔")
_ENDS = _STOPS | frozenset(":;؛,،")
_CLOSERS = "\"'”’»›)]* \u00a0\u202f"
_ITEM = re.compile(r"(?:[•·▪‣●○◦*–—-]|\(?\d{1,2}[.)])\s+\S")
"""How an item of a list begins."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
"""Letters and signs of scripts that write no blanks: Thai to Khmer, Japanese, Chinese."""
_UNSPACED_END = re.compile(f"(?<={_UNSPACED.pattern})\n(?={_UNSPACED.pattern})")
_DIVIDED = re.compile(r"(?<=[^\W\d_])[-\u2010]\n(?=[^\W\d_A-Z])")
_COMMAS = frozenset(",،、")
_FEWEST_CHARS = 25
_NARROWEST = 16
"""The narrowest column in which text is set."""
_FULL = 0.6
_RUNNING_SHARE = 0.5


def closes(text: str) -> bool:
    """Return whether a line ends as a sentence does; a colon or a comma closes none."""
    return text.rstrip(_CLOSERS)[-1:] in _STOPS


def ends_sentence(text: str) -> bool:
    """Return whether a line closes like a sentence, or runs on like one (colon, comma)."""
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def rejoined(lines: Sequence[str]) -> list[str]:
    """Return the lines of one block that line breaks part, those joined over which a sentence goes on."""
    return [joined(group) for group in grouped(lines)]


def joined(lines: Sequence[str]) -> str:
    """Return lines as one: with a blank where the script has blanks, and none behind a hyphen inside a word.

    Where several lines end in a hyphen, words were divided there and are made whole again.
    """
    if len(lines) == 1:
        return lines[0]
    divided = sum(bool(_DIVIDED.search(f"{line}\n{after}")) for line, after in pairwise(lines)) > 1
    whole = "".join(line if not at else f"\n{line}" for at, line in enumerate(lines))
    if _UNSPACED.search(whole):
        whole = _UNSPACED_END.sub("", whole)
    return _DIVIDED.sub("" if divided else "-", whole).replace("\n", " ")


def grouped(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines of one block in groups through each of which a sentence runs on.

    A break behind a full stop stays, and one between lines that no sentence runs through: an address, a signature.
    """
    groups: list[list[str]] = []
    longest = max(map(len, lines), default=0)
    runs_on = any(after[:1].islower() and not closes(line) for line, after in pairwise(lines))
    for last, line in zip(("", *lines), lines, strict=False):
        is_full = len(last) >= _FULL * longest and longest >= _FEWEST_CHARS
        if groups and _goes_on(last, line, runs_on=is_full and (runs_on or not _has_case(line))):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _goes_on(last: str, line: str, *, runs_on: bool) -> bool:
    if closes(last) or _ITEM.match(line):
        return False
    return line[:1].islower() or (runs_on and (last[-1:] in _COMMAS or not ends_sentence(last)))


def _has_case(line: str) -> bool:
    return line[:1].upper() != line[:1].lower()


def unwrapped(text: str) -> list[str]:
    """Return the paragraphs of plain text: its lines, or what hard-wrapped lines make up.

    A block is wrapped where most of its line ends stand there because the next word would not have fitted.
    """
    blocks = [[line.rstrip() for line in block.split("\n") if line.strip()] for block in re.split(r"\n\s*\n", text)]
    blocks = [[line.strip() for line in part] for block in blocks if block for part in _by_indent(block)]
    width = max((_width(line) for block in blocks if len(block) > 1 for line in block), default=0)
    found = [line for block in blocks for line in _block(block, width)]
    return found if any(len(block) > 1 for block in blocks) else _across_blocks(found)


def _by_indent(block: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the paragraphs of a block of which only the first lines are set in."""
    depths = [len(line) - len(line.lstrip()) for line in block]
    least = min(depths)
    starts = [at for at, depth in enumerate(depths) if depth >= least + 2 and not _ITEM.match(block[at].lstrip())]
    if depths[0] == least or 2 * len(starts) > len(block):
        yield block
        return
    for start, end in pairwise((*starts, len(block))):
        yield block[start:end]


def _width(line: str) -> int:
    """Return how wide a line is set in a terminal: Chinese and Japanese letters take two columns."""
    is_narrow = line.isascii() or len(line) > MOST_WIDTH
    return len(line) if is_narrow else len(line) + sum("\u2e80" <= char <= "\uffe6" for char in line)


def _block(block: Sequence[str], width: int) -> Iterator[str]:
    """Yield the paragraphs of a block of lines; `width` is that of the widest line of all such blocks."""
    own = max(map(_width, block))
    limit = own if len(block) > 2 else max(own, width if width <= MOST_WIDTH else 0)
    if len(block) < 2 or own > MOST_WIDTH or not _is_wrapped(block, limit):
        yield from rejoined(block) if own >= _SHORT_PARAGRAPH // 2 else block
        return
    open_lines: list[str] = []
    for line in block:
        if open_lines and (_ITEM.match(line) or not _runs_on(open_lines[-1], line, limit)):
            yield joined(open_lines)
            open_lines = []
        open_lines.append(line)
    yield joined(open_lines)


def _runs_on(line: str, after: str, limit: int) -> bool:
    return _filled(line, after, limit) or (after[:1].islower() and not closes(line))


def _is_wrapped(block: Sequence[str], limit: int) -> bool:
    pairs = [(line, after) for line, after in pairwise(block) if not _ITEM.match(after)]
    running = [line for line, after in pairs if _filled(line, after, limit)]
    sure = any(not closes(line) and after[:1].islower() for line, after in pairs)
    mid_sentence = sum(not closes(line) for line in running)
    if (
        limit < (_FEWEST_CHARS if len(block) < 4 else _NARROWEST)
        or not pairs
        or (len(pairs) < 3 and not sure and not _uncased(block))
    ):
        return False
    return 2 * len(running) > len(pairs) and mid_sentence >= _RUNNING_SHARE * len(running) and mid_sentence > 0


def _uncased(block: Sequence[str]) -> bool:
    """Return whether a block is in a script without small letters, in which only its width tells."""
    return not any(map(_has_case, block)) and max(map(_width, block)) >= _SHORT_PARAGRAPH


def _filled(line: str, after: str, limit: int) -> bool:
    """Return whether the first word of the next line would not have fitted into this one."""
    if _UNSPACED.match(after):
        return _width(line) + 4 > limit  # two letters of which the second may not begin a line
    divided = line.endswith("-") and after[:1].islower()
    return divided or _width(line) + 1 + _width(after.split(maxsplit=1)[0]) > limit


def _across_blocks(lines: list[str]) -> list[str]:
    """Join hard-wrapped lines that stand apart, up to each that closes a sentence."""
    if len(lines) < 6 or max(map(len, lines)) > MOST_WIDTH:
        return lines
    running = [
        after
        for line, after in pairwise(lines)
        if len(line) >= MOST_WIDTH // 2 and not ends_sentence(line) and not after[0].isupper()
    ]
    if len(running) * 2 <= len(lines):
        return lines
    whole: list[str] = []
    open_lines: list[str] = []
    half = max(map(len, lines)) // 2
    for line in lines:
        open_lines.append(line)
        if closes(line) or len(line) < half:
            whole.append(joined(open_lines))
            open_lines = []
    return [*whole, joined(open_lines)] if open_lines else whole
