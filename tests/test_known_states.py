"""The same bytes from any number of processes, any batches, any order of documents and any state of the cache."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from briefing import per_document
from briefing.cli.session import load_file
from briefing.edition import cut_off_of, json_bytes, plan_edition
from briefing.models import Document
from briefing.parallel import ProcessExecutor, here, open_cache
from briefing.per_document import TERMS, remembering
from briefing.pipeline import assign, brief_of, terms_of, understand
from briefing.sources import Found, read_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor

    from briefing.config import Config

ROOT = Path(__file__).parents[1]


@cache
def config() -> Config:
    return load_file(ROOT / "config.yaml", environ={}).model_copy(update={"about": []})


@cache
def documents() -> tuple[Document, ...]:
    """Return the sample and, beside it, its articles cut short, joined and repeated."""
    sample = read_paths([ROOT / "seeds"], most_bytes=10_000_000).documents
    texts = [one.content.decode().split("---\n", 2)[-1] for one in sample if one.origin.endswith(".md")]
    made = [text[: len(text) // 2] for text in texts] + [f"{a}\n\n{b}" for a, b in pairwise(texts)]
    made += texts[:3]
    return tuple(sample) + tuple(
        Document(origin=f"more/{number}.txt", media_type="text/plain", content=text.encode())
        for number, text in enumerate(made)
    )


def brief(some: Sequence[Document], executor: Executor, *, settings: Config | None = None, early: bool = True) -> bytes:
    """Return the brief of some documents; `early`, terms are looked for as articles are read."""
    settings = settings or config()
    cut_off = cut_off_of(date(2019, 3, 21), at="06:30", zone=ZoneInfo("Europe/Paris"))
    head = plan_edition(settings.brief, day=date(2019, 3, 21), built_at=cut_off, cut_off=cut_off)
    found, terms = Found(documents=tuple(some)), terms_of(settings)
    reading = understand(found, config=settings, edition=head, executor=executor, terms=terms if early else None)
    assigned = assign(reading, config=settings, cut_off=cut_off, themes=terms.themes, executor=executor)
    return json_bytes(brief_of(reading, assigned, config=settings, edition=head))


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    with ProcessExecutor(replace(TERMS, apart=lambda *_: True), most=2) as executor:
        yield executor


@pytest.mark.parametrize("seed", range(4))
def test_the_same_bytes_wherever_and_whatever_is_known(
    seed: int, processes: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same days each time
    some = chance.sample(documents(), chance.randint(5, 12))
    plain = brief(some, here(), early=False)
    few = config().model_copy(update={"sections": config().sections[:1]})
    monkeypatch.setattr(per_document, "BATCH", chance.choice([1, 2, 3, 50]))
    with open_cache(tmp_path) as known:
        for executor in (here(), processes):
            with remembering(executor, known) as lent:
                others = few if chance.random() < 0.5 else config()
                shared = {one.origin: one for one in (*chance.sample(documents(), 4), *some[:3])}
                brief(tuple(shared.values()), lent, settings=others)
            known.save()
            with remembering(executor, known) as lent:
                assert brief(chance.sample(some, len(some)), lent, early=chance.random() < 0.7) == plain
            known.save()
    assert brief(chance.sample(some, len(some)), processes) == plain
