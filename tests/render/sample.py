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
from briefing.models import (
    Account,
    Article,
    Brief,
    Copy,
    DecidingTerm,
    Difference,
    Edition,
    EditionInfo,
    KeyPoint,
    Paragraph,
    Passage,
    PastEdition,
    Problem,
    Quote,
    Section,
    Sentence,
    Silence,
    Source,
    Status,
    StoryEntry,
    Translation,
)
from briefing.render import render

HERE = Path(__file__).parent
DAY: dict[str, Any] = yaml.safe_load((HERE / "sample.yaml").read_text(encoding="utf-8"))


def sample_brief(language: str = "en") -> Brief:
    """Make the brief; sources are numbered in the order of the articles."""
    articles = {name: _article(name, entry) for name, entry in DAY["articles"].items()}
    sections = tuple(
        Section(
            id=entry["id"],
            title=entry["title"][language],
            stories=tuple(_story(story, articles) for story in entry["stories"]),
            more=tuple(_story(story, articles) for story in entry.get("more", ())),
        )
        for entry in DAY["sections"]
    )
    also = tuple(_story(story, articles) for story in DAY["also_today"])
    return Brief(
        edition=EditionInfo(**{key: _moment(value) for key, value in DAY["edition"].items()}, language=language),
        key_points=tuple(
            KeyPoint(quote=_quote(name, articles[name], index), section=section)
            for name, index, section in DAY["key_points"]
        ),
        sections=sections,
        also_today=Section(id="also-today", title="also today", stories=also),
        sources=tuple(
            Source(
                number=number,
                article=articles[name],
                language=entry["language"],
                words=len(articles[name].text.split()),
                grade=entry.get("grade"),
            )
            for number, (name, entry) in enumerate(DAY["articles"].items(), start=1)
        ),
        left_out=tuple(Problem(**problem) for problem in DAY["left_out"]),
        history=tuple(PastEdition(**past | {"stories": tuple(past["stories"].items())}) for past in DAY["history"]),
        silent=Silence(**{kind: tuple(names) for kind, names in DAY["silent"].items()}),
        figures=tuple(_difference(entry, articles) for entry in DAY["figures"]),
    )


def rendered(language: str = "en", template: str = "standard", size: str = "a4") -> Edition:
    """Return the sample's edition in every format, set in type once for all who look at it."""
    return _rendered(language, template, size)


@cache
def _rendered(language: str, template: str, size: str) -> Edition:
    page = Page.model_validate({"template": template, "size": size})
    return render(sample_brief(language), formats=("pdf", "html", "md", "json", "txt"), page=page, templates=[])


def brief_of(*texts: str, title: str | None = None, **changes: Any) -> Brief:  # noqa: ANN401 - fields of Article
    """Make a brief that prints every text as one sentence of an article of its own; `changes` go into the articles."""
    made = [
        Article(
            id=sha256(f"{n}{text!r}".encode()).hexdigest()[:12],
            origin=f"in/{n}.txt",
            title=title,
            paragraphs=(Paragraph(text=text),),
            sha256="0" * 64,
        )
        for n, text in enumerate(texts)
    ]
    articles = [replace(article, **changes) for article in made]
    stories = tuple(_entry(article, (_whole(article),)) for article in articles)
    brief = sample_brief()
    return replace(
        brief,
        key_points=(),
        sections=(replace(brief.sections[0], stories=stories, more=()),),
        also_today=replace(brief.also_today, stories=()),
        sources=tuple(
            Source(number=n, article=article, language="en", words=1) for n, article in enumerate(articles, start=1)
        ),
        left_out=(),
        history=(),
        silent=Silence(),
        figures=(),
    )


def _article(name: str, entry: dict[str, Any]) -> Article:
    paragraphs = tuple(Paragraph(text=" ".join(sentences)) for sentences in DAY["texts"][name])
    digest = sha256(name.encode()).hexdigest()
    return Article(
        id=digest[:12],
        origin=f"in/{name}.md",
        title=entry["title"],
        paragraphs=paragraphs,
        outlet=entry.get("outlet"),
        author=entry.get("author"),
        url=entry.get("url"),
        published=_moment(entry["published"]),
        language=entry["language"],
        sha256=digest,
        title_translation=entry.get("title_translation"),
        translation=Translation(**entry["translation"]) if "translation" in entry else None,
    )


def _moment(value: Any) -> Any:  # noqa: ANN401 - YAML knows no zones
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _sentences(name: str, article: Article) -> list[Sentence]:
    found: list[Sentence] = []
    for index, (start, paragraph) in enumerate(zip(article.paragraph_starts, DAY["texts"][name], strict=True)):
        at = start
        for text in paragraph:
            found.append(_sentence(article, index, at, text))
            at += len(text) + 1
    return found


def _sentence(article: Article, paragraph: int, start: int, text: str) -> Sentence:
    language = article.language or "en"
    return Sentence(
        text=text, paragraph=paragraph, start=start, end=start + len(text), language=language, words=(), stems=()
    )


def _quote(name: str, article: Article, index: int) -> Quote:
    return Quote(article=article, sentence=_sentences(name, article)[index], score=0.5)


def _difference(entry: dict[str, Any], articles: dict[str, Article]) -> Difference:
    return Difference(
        thing=entry["thing"],
        happening=entry["happening"],
        names=tuple(entry["names"]),
        accounts=tuple(_account(told, articles) for told in entry["accounts"]),
    )


def _account(entry: dict[str, Any], articles: dict[str, Article]) -> Account:
    name, index = entry["said"]
    sentence = _quote(name, articles[name], index).sentence
    told_by = entry.get("told_by")
    return Account(
        article=articles[name],
        figure=_passage(sentence, entry["figure"]),
        sentence=_passage(sentence, sentence.text),
        told_by=None if told_by is None else _passage(sentence, told_by),
        language=sentence.language,
        low=entry["low"],
        high=entry["high"],
        hedge=entry["hedge"],
        vague=False,
        copies=tuple(articles[other] for other in entry.get("copies", ())),
        latest=entry.get("latest", False),
    )


def _passage(sentence: Sentence, text: str) -> Passage:
    start = sentence.start + sentence.text.index(text)
    return Passage(text=text, start=start, end=start + len(text))


def _whole(article: Article) -> Quote:
    return Quote(article=article, sentence=_sentence(article, 0, 0, article.text), score=1.0)


def _entry(article: Article, quotes: tuple[Quote, ...], **more: Any) -> StoryEntry:  # noqa: ANN401 - fields of StoryEntry
    values: dict[str, Any] = {
        "id": article.id,
        "headline": article.title,
        "language": article.language or "en",
        "lead": article,
        "also": (),
        "copies": (),
        "independent": 1,
        "status": None,
        "score": 1.0,
        "terms": (DecidingTerm(term="bridge", count=2, weight=1.5),),
        "quotes": quotes,
    }
    return StoryEntry(**values | more)


def _story(entry: dict[str, Any], articles: dict[str, Article]) -> StoryEntry:
    also = tuple(articles[name] for name in entry.get("also", ()))
    copies = tuple(
        Copy(article=articles[copy].id, of=articles[of].id, share=share) for copy, of, share in entry.get("copies", ())
    )
    status = entry.get("status")
    return _entry(
        articles[entry["lead"]],
        tuple(_quote(name, articles[name], index) for name, index in entry.get("said", ())),
        also=also,
        copies=copies,
        independent=1 + len(also) - len(copies),
        status=Status(status) if status else None,
        score=entry["score"],
    )
