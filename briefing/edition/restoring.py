"""A Brief out of its `brief.json`: everything that a page prints of it, so that its files can be made once more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from briefing.models import (
    Account,
    Article,
    Brief,
    Copy,
    DecidingTerm,
    Difference,
    EditionInfo,
    KeyPoint,
    Moment,
    Note,
    Paragraph,
    Passage,
    PastEdition,
    Problem,
    Quote,
    Section,
    Sentence,
    Silence,
    Source,
    Span,
    Status,
    StoryEntry,
    Translation,
)
from briefing.models.reading import PARAGRAPH_BREAK
from briefing.render.sections import ALSO_TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping

    Values = Mapping[str, Any]
    Articles = Mapping[str, Article]


def brief_of(data: Values) -> Brief:
    """Return the brief whose JSON values these are; KeyError, TypeError or ValueError where they are not."""
    articles = {entry["id"]: _article(entry) for entry in data["articles"]}
    also = (data.get("also_today", ()), data.get("also_today_more", ()))
    silent = data.get("silent", {})
    return Brief(
        edition=_edition(data["edition"]),
        key_points=tuple(
            KeyPoint(quote=_quote(point, articles), section=point["section"]) for point in data["key_points"]
        ),
        sections=tuple(_section(section, articles) for section in data["sections"]),
        also_today=Section(
            id=ALSO_TODAY,
            title="",
            stories=tuple(_story(story, articles) for story in also[0]),
            more=tuple(_story(story, articles) for story in also[1]),
        ),
        sources=tuple(_source(entry, articles) for entry in data["articles"]),
        left_out=tuple(Problem(**problem) for problem in data["left_out"]),
        note=_note(data.get("note")),
        history=tuple(_past(edition) for edition in data.get("history", ())),
        silent=Silence(outlets=tuple(silent.get("outlets", ())), sources=tuple(silent.get("sources", ()))),
        figures=tuple(_difference(difference, articles) for difference in data.get("figures", ())),
    )


def _edition(entry: Values) -> EditionInfo:
    return EditionInfo(
        id=entry["id"],
        title=entry["title"],
        date=date.fromisoformat(entry["date"]),
        timezone=entry["timezone"],
        language=entry["language"],
        marking=entry["marking"],
        handling=entry.get("handling"),
        built_at=datetime.fromisoformat(entry["built_at"]),
        cut_off=datetime.fromisoformat(entry["cut_off"]),
        period_start=_time(entry.get("period_start")),
        next_at=_time(entry.get("next_at")),
        number=entry.get("number"),
    )


def _past(entry: Values) -> PastEdition:
    return PastEdition(
        id=entry["id"],
        date=date.fromisoformat(entry["date"]),
        articles=entry["articles"],
        stories=tuple(entry["stories"].items()),
    )


def _section(entry: Values, articles: Articles) -> Section:
    return Section(
        id=entry["id"],
        title=entry["title"],
        stories=tuple(_story(story, articles) for story in entry["stories"]),
        more=tuple(_story(story, articles) for story in entry.get("more", ())),
        parent=entry.get("parent"),
        when_empty=entry.get("when_empty"),
        note=_note(entry.get("note")),
    )


def _note(paragraphs: list[Values] | None) -> Note | None:
    return None if paragraphs is None else Note(paragraphs=tuple(_spans(paragraph) for paragraph in paragraphs))


def _spans(paragraph: Values) -> tuple[Span, ...]:
    """Return the pieces of a paragraph, cut where links begin and end."""
    text, links = paragraph["text"], {(link["start"], link["end"]): link["href"] for link in paragraph["links"]}
    cuts = sorted({0, len(text), *(end for ends in links for end in ends)})
    return tuple(Span(text=text[start:end], href=links.get((start, end))) for start, end in pairwise(cuts))


def _story(entry: Values, articles: Articles) -> StoryEntry:
    return StoryEntry(
        id=entry["id"],
        headline=entry["headline"],
        language=entry["language"],
        lead=articles[entry["article"]],
        also=tuple(articles[name] for name in entry["also"]),
        copies=tuple(Copy(**copy) for copy in entry["copies"]),
        independent=entry["independent"],
        status=None if entry["status"] is None else Status(entry["status"]),
        score=entry["score"],
        terms=tuple(DecidingTerm(**term) for term in entry["terms"]),
        quotes=tuple(_quote(sentence, articles) for sentence in entry["sentences"]),
    )


def _quote(entry: Values, articles: Articles) -> Quote:
    sentence = Sentence(
        text=entry["text"],
        paragraph=entry.get("paragraph", 0),
        start=entry["start"],
        end=entry["end"],
        language=entry["language"],
        words=(),
        stems=(),
    )
    return Quote(article=articles[entry["article"]], sentence=sentence, score=entry.get("score", 0.0))


def _source(entry: Values, articles: Articles) -> Source:
    return Source(
        number=entry["number"],
        article=articles[entry["id"]],
        language=entry["language"],
        words=entry["words"],
        grade=entry.get("grade"),
    )


def _article(entry: Values) -> Article:
    translation = entry.get("translation")
    return Article(
        id=entry["id"],
        origin=entry["origin"],
        title=entry["title"],
        title_translation=entry.get("title_translation"),
        paragraphs=tuple(Paragraph(text=text) for text in entry["text"].split(PARAGRAPH_BREAK)),
        outlet=entry["outlet"],
        url=entry["url"],
        author=entry.get("author"),
        published=_moment(entry["published"]),
        sha256=entry["sha256"],
        translation=None if translation is None else Translation(**translation),
    )


def _difference(entry: Values, articles: Articles) -> Difference:
    return Difference(
        thing=entry["counted"],
        happening=entry["happening"],
        names=tuple(entry["names"]),
        accounts=tuple(_account(account, articles) for account in entry["accounts"]),
    )


def _account(entry: Values, articles: Articles) -> Account:
    return Account(
        article=articles[entry["article"]],
        figure=_passage(entry),
        sentence=_passage(entry["sentence"]),
        told_by=None if entry["told_by"] is None else _passage(entry["told_by"]),
        language=entry["language"],
        low=entry["low"],
        high=entry["high"],
        hedge=entry["hedge"],
        vague=entry["vague"],
        copies=tuple(articles[name] for name in entry["copies"]),
        latest=entry["latest"],
    )


def _passage(entry: Values) -> Passage:
    return Passage(text=entry["text"], start=entry["start"], end=entry["end"])


def _moment(value: str | None) -> Moment | None:
    """Return a time in UTC, or the day where no hour is known."""
    return date.fromisoformat(value) if value and "T" not in value else _time(value)


def _time(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).astimezone(UTC)
