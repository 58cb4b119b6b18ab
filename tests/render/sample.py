"""The brief of `sample.yaml` as a value, in the language asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from briefing.config import Page
from briefing.edition import (
    AccountEntry,
    ArticleEntry,
    Brief,
    DifferenceEntry,
    Edition,
    EditionInfo,
    KeyPointEntry,
    PastEdition,
    Section,
    SentenceEntry,
    Silence,
    StoryEntry,
    encodable,
)
from briefing.models import Copy, DecidingTerm, Passage, Problem, Status, Translation
from briefing.render import render

HERE = Path(__file__).parent
DAY: dict[str, Any] = yaml.safe_load((HERE / "sample.yaml").read_text(encoding="utf-8"))


def sample_brief(language: str = "en") -> Brief:
    """Make the brief; sources are numbered in the order of the articles."""
    sections = tuple(
        Section(
            id=entry["id"],
            title=entry["title"][language],
            stories=tuple(map(_story, entry["stories"])),
            more=tuple(map(_story, entry.get("more", ()))),
        )
        for entry in DAY["sections"]
    )
    return Brief(
        edition=EditionInfo(**{key: _moment(value) for key, value in DAY["edition"].items()}, language=language),
        key_points=tuple(as_point(_said(name, index), section) for name, index, section in DAY["key_points"]),
        sections=sections,
        also_today=tuple(map(_story, DAY["also_today"])),
        articles=tuple(ARTICLES.values()),
        left_out=tuple(Problem(**problem) for problem in DAY["left_out"]),
        history=tuple(PastEdition(**past) for past in DAY["history"]),
        silent=Silence(**{kind: tuple(names) for kind, names in DAY["silent"].items()}),
        figures=tuple(map(_difference, DAY["figures"])),
    )


def rendered(language: str = "en", template: str = "standard", size: str = "a4") -> Edition:
    """Return the sample's edition in every format, set in type once for all who look at it."""
    return _rendered(language, template, size)


@cache
def _rendered(language: str, template: str, size: str) -> Edition:
    page = Page.model_validate({"template": template, "size": size})
    return render(sample_brief(language), formats=("pdf", "html", "md", "json", "txt"), page=page, templates=[])


def brief_of(*texts: str, title: str | None = None, **changes: Any) -> Brief:  # noqa: ANN401 - fields of ArticleEntry
    """Make a brief that prints every text as one sentence of an article of its own; `changes` go into the articles."""
    articles = [
        replace(
            article(encodable(text), sha256(f"{n}{text!r}".encode()).hexdigest()[:12], f"in/{n}.txt"),
            title=title,
            sha256="0" * 64,
            words=1,
            number=n + 1,
            **changes,
        )
        for n, text in enumerate(texts)
    ]
    return replace(
        sample_brief(),
        key_points=(),
        sections=(replace(sample_brief().sections[0], stories=tuple(story_of(each) for each in articles), more=()),),
        also_today=(),
        articles=tuple(articles),
        left_out=(),
        history=(),
        silent=Silence(),
        figures=(),
    )


def article(text: str, name: str, origin: str) -> ArticleEntry:
    """Make an article of which nothing is known but its text."""
    return ArticleEntry(
        id=name,
        origin=origin,
        title=None,
        outlet=None,
        url=None,
        published=None,
        language="en",
        sha256=sha256(name.encode()).hexdigest(),
        words=len(text.split()),
        text=text,
        text_sha256=sha256(text.encode()).hexdigest(),
    )


def whole(entry: ArticleEntry, **changes: Any) -> SentenceEntry:  # noqa: ANN401 - fields of SentenceEntry
    """Quote an article whole, as one sentence."""
    place = {"article": entry.id, "paragraph": 0, "start": 0, "end": len(entry.text)}
    return SentenceEntry(**{**place, "text": entry.text, "score": 1.0, "language": entry.language, **changes})


def story_of(entry: ArticleEntry, **changes: Any) -> StoryEntry:  # noqa: ANN401 - fields of StoryEntry
    """Make a story that quotes an article whole."""
    values: dict[str, Any] = {
        "id": entry.id,
        "headline": entry.title,
        "language": entry.language,
        "article": entry.id,
        "also": (),
        "copies": (),
        "independent": 1,
        "status": None,
        "score": 1.0,
        "terms": (DecidingTerm(term="bridge", count=2, weight=1.5),),
        "sentences": (whole(entry),),
    }
    return StoryEntry(**values | changes)


def as_point(sentence: SentenceEntry, section: str | None) -> KeyPointEntry:
    """Make a key point of a sentence."""
    return KeyPointEntry(
        text=sentence.text,
        article=sentence.article,
        start=sentence.start,
        end=sentence.end,
        section=section,
        language=sentence.language,
    )


def _article(name: str, number: int) -> ArticleEntry:
    entry = DAY["articles"][name]
    text = "\n\n".join(" ".join(sentences) for sentences in DAY["texts"][name])
    return replace(
        article(text, sha256(name.encode()).hexdigest()[:12], f"in/{name}.md"),
        sha256=sha256(name.encode()).hexdigest(),
        number=number,
        published=_moment(entry["published"]),
        translation=Translation(**entry["translation"]) if "translation" in entry else None,
        language=entry["language"],
        **{key: entry.get(key) for key in ("title", "outlet", "author", "url", "grade", "title_translation")},
    )


def _moment(value: Any) -> Any:  # noqa: ANN401 - YAML knows no zones
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _said(name: str, index: int) -> SentenceEntry:
    """Return the sentence of an article that has this number."""
    entry, sentences = ARTICLES[name], [(n, text) for n, said in enumerate(DAY["texts"][name]) for text in said]
    paragraph, text = sentences[index]
    start = entry.text.index(text)
    return whole(entry, text=text, paragraph=paragraph, start=start, end=start + len(text), score=0.5)


def _difference(entry: dict[str, Any]) -> DifferenceEntry:
    accounts = tuple(map(_account, entry["accounts"]))
    return DifferenceEntry(
        counted=entry["thing"],
        happening=entry["happening"],
        names=tuple(entry["names"]),
        low=min(account.low for account in accounts),
        high=max(account.high for account in accounts),
        accounts=accounts,
    )


def _account(entry: dict[str, Any]) -> AccountEntry:
    sentence = _said(*entry["said"])
    figure = _passage(sentence, entry["figure"])
    return AccountEntry(
        article=sentence.article,
        text=figure.text,
        start=figure.start,
        end=figure.end,
        language=sentence.language,
        low=entry["low"],
        high=entry["high"],
        hedge=entry["hedge"],
        vague=False,
        latest=entry.get("latest", False),
        told_by=_passage(sentence, entry["told_by"]) if "told_by" in entry else None,
        sentence=_passage(sentence, sentence.text),
        copies=tuple(ARTICLES[other].id for other in entry.get("copies", ())),
    )


def _passage(sentence: SentenceEntry, text: str) -> Passage:
    start = sentence.start + sentence.text.index(text)
    return Passage(text=text, start=start, end=start + len(text))


def _story(entry: dict[str, Any]) -> StoryEntry:
    also = tuple(ARTICLES[name].id for name in entry.get("also", ()))
    copies = tuple(
        Copy(article=ARTICLES[copy].id, of=ARTICLES[of].id, share=share) for copy, of, share in entry.get("copies", ())
    )
    status = entry.get("status")
    return story_of(
        ARTICLES[entry["lead"]],
        sentences=tuple(_said(name, index) for name, index in entry.get("said", ())),
        also=also,
        copies=copies,
        independent=1 + len(also) - len(copies),
        status=Status(status) if status else None,
        score=entry["score"],
    )


ARTICLES = {name: _article(name, number) for number, name in enumerate(DAY["articles"], start=1)}
