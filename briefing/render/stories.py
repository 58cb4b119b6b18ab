"""Stories, and figures that accounts give differently, as plain values: what a template prints of each."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, groupby
from math import ceil
from typing import TYPE_CHECKING, Any

from briefing.edition import opening, quoted_line
from briefing.render.words import direction, label, plain, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.edition import (
        AccountEntry,
        ArticleEntry,
        Brief,
        ChangeEntry,
        DifferenceEntry,
        KeyPointEntry,
        SentenceEntry,
        StoryEntry,
    )
    from briefing.render.references import Citations
    from briefing.render.words import Words

LONGEST_TITLE = 240
"""Characters of a headline that are printed; `brief.json` holds the whole."""

NARROW = 26
"""Characters that stand in a line of the narrow column at the least: 46 mm of 8 pt type."""

MOST_LINES = 24
"""Lines of a byline for which the style sheet keeps room."""

LONGEST_NAME = 60
"""Characters of a name over the accounts of a figure; `brief.json` holds the whole."""

NO_COUNT = frozenset({"money", "share"})
"""What has no range beside it: the accounts name the currency, or per cent."""

UNSPACED = frozenset({"zh", "ja", "yue", "wuu"})
"""Languages that put no space between sentences."""

MOST_ALSO = 6
"""Other outlets that are named under a story; the source list holds all."""

MOST_NAMED = 160
"""Characters of their names, of which one is always named: two lists of so many end within `MOST_LINES`."""


class StoryViews:
    """Turns the entries of one brief into plain values: every field of each, and what takes words or numbers."""

    def __init__(self, brief: Brief, words: Words, citations: Citations) -> None:
        self.articles, self.words, self.citations = brief.by_id, words, citations
        self.year = brief.edition.date.year

    def story(self, story: StoryEntry, *, section: str, where: str) -> dict[str, Any]:
        """Return a story with its sentences, outlet, hour, other outlets and marks; `where` is its section."""
        told, (same, others) = story.article, by_text(story)
        head = self._head(story, section)
        view = (
            head
            | self._dated(told)
            | {
                "heading": self._heading(story, head),
                "lead": self.citations.lead(told, where),
                "paragraphs": self.paragraphs(story.sentences, where, told),
                "language_name": self._foreign(self.articles[told].language if story.sentences else story.language),
                "translation": translation_label(self.articles[told], self.words),
                "summary": self.words.text("from_summary") if self.articles[told].is_summary else None,
                "also": self._outlets(others, where, story.untold),
                "same_text": self._outlets(same, where, story.untold_copies),
                "independent": self.words.count("independent", story.independent) if story.also else None,
                "earlier_label": self._earlier(story),
                "change_labels": [self._change(change) for change in story.changes],
                "status_label": self.words.text(f"status_{story.status.value}") if story.status else None,
            }
        )
        return view | {"byline_lines": _lines(view)}

    def headline(self, story: StoryEntry, *, section: str, where: str) -> dict[str, Any]:
        """Return what is printed of a story for which there is no room: name, outlet, hour, number."""
        return self._head(story, section) | {"lead": self.citations.listed(story.article, where)}

    def paragraphs(
        self, sentences: Sequence[KeyPointEntry | SentenceEntry], where: str, told: str | None = None
    ) -> list[dict[str, Any]]:
        """Return sentences in their order, those of one article and language together; `where` they are cited.

        Those of another article than the byline's, `told`, have its outlet as `by`.
        """
        groups = groupby(sentences, key=lambda sentence: (sentence.article, sentence.language))
        return [
            {
                "lang": language_tag(language),
                "dir": direction(language, first.text),
                "language_name": self._foreign(language),
                "by": None if article == told else self.citations.refer(article),
                "space": "" if language.split("-", maxsplit=1)[0] in UNSPACED else " ",
                "sentences": [plain(one) | {"cite": self.citations.cite(one.article, where)} for one in (first, *rest)],
            }
            for (article, language), group in groups
            for first, *rest in [list(group)]
        ]

    def difference(self, difference: DifferenceEntry, where: str) -> dict[str, Any]:
        """Return what accounts count differently, with the accounts from the lowest to the highest."""
        low, high = (self.words.number(int(value)) for value in (difference.low, difference.high))
        said = [] if difference.counted in NO_COUNT else [self.words.text("range", low=low, high=high)]
        said += [self.words.count("and_others", difference.untold)] if difference.untold else []
        return plain(replace(difference, accounts=())) | {
            "title": self.words.text(f"happening_{difference.happening}"),
            "names": [label(name, LONGEST_NAME) for name in difference.names],
            "range": " · ".join(said) or None,
            "accounts": [self._account(account, where) for account in difference.accounts],
        }

    def _earlier(self, story: StoryEntry) -> dict[str, Any] | None:
        """Return the headline of which a story goes on, where no figure says what has changed."""
        if story.earlier is None or story.changes:
            return None
        headline = label(story.earlier.headline, LONGEST_TITLE)
        text = self.words.text("goes_on", headline=headline, edition=story.earlier.edition)
        return {"text": text, "dir": direction(self.words.language, text)}

    def _change(self, change: ChangeEntry) -> dict[str, Any]:
        before, after = (label(one.text, LONGEST_TITLE) for one in (change.before, change.after))
        if change.edition:
            text = self.words.text("changed", before=before, edition=change.edition, after=after)
        else:
            when = self.words.dated(self.articles[change.before_article], self.year)
            text = self.words.text("brought_up_to_date", before=before, when=when, after=after)
        return {"text": text, "dir": direction(self.words.language, text)}

    def _account(self, account: AccountEntry, where: str) -> dict[str, Any]:
        article = self.articles[account.article]
        return plain(account) | {
            "lang": language_tag(account.language),
            "dir": direction(account.language, account.sentence.text),
            "told_by": None if account.told_by is None else printable(account.told_by.text),
            "cite": self.citations.cite(account.article, where),
            "when": self.words.dated(article, self.year),
            "dated": article.published is not None,
            "latest": self.words.text("latest") if account.latest else None,
            "grade": article.grade,
            "copies": [self.citations.name(each, where) for each in account.copies],
        }

    def _head(self, story: StoryEntry, section: str) -> dict[str, Any]:
        headline = None if story.headline is None else label(story.headline, LONGEST_TITLE) or None
        lead = self.articles[story.article]
        return (
            plain(replace(story, sentences=()))
            | self._dated(story.article)
            | {
                "anchor": f"{section}-{story.id}",
                "headline": headline,
                "name": headline or opening(lead.text) or self.words.text("untitled"),
                "lang": language_tag(story.language),
                "dir": direction(story.language, headline or ""),
                "kind_label": self.words.text(f"kind_{story.kind}") if story.kind else None,
            }
        )

    def _heading(self, story: StoryEntry, head: Mapping[str, Any]) -> str | None:
        """Return what stands over a story's sentences: its name, unless the first begins with the same words."""
        first = quoted_line(story.sentences[0].text) if story.sentences else ""
        stands_in = head["headline"] is None and first.startswith(head["name"].rstrip(" …"))
        return None if stands_in else head["name"]

    def _dated(self, article: str) -> dict[str, Any]:
        entry = self.articles[article]
        when = self.words.dated(entry, self.year)
        return {"when": when, "dated": entry.published is not None, "grade": entry.grade}

    def _outlets(self, articles: Sequence[str], where: str, untold: int) -> dict[str, Any] | None:
        if not articles:
            return None
        ends = accumulate(len(self.citations.outlet(self.articles[each])) for each in articles[:MOST_ALSO])
        most = max(1, sum(end <= MOST_NAMED for end in ends))
        rest = len(articles) - most + untold
        named = [self.citations.name(each, where) for each in articles[:most]]
        return {"named": named, "others": self.words.count("and_others", rest) if rest > 0 else None}

    def _foreign(self, language: str) -> str | None:
        """Return the language's name where it is not the brief's own."""
        return None if language in {self.words.language, "und"} else self.words.language_name(language)


def by_text(story: StoryEntry) -> tuple[list[str], list[str]]:
    """Return the articles beside the leading one that have its text, which may be the copy, and those that have not."""
    of = {copy.article: copy.of for copy in story.copies}

    def original(article: str) -> str:
        return original(of[article]) if article in of else article

    same = {article for article in story.also if original(article) == original(story.article)}
    return [a for a in story.also if a in same], [a for a in story.also if a not in same]


def language_tag(language: str) -> str:
    """Return the BCP 47 tag; the empty one says "not known" in HTML."""
    return "" if language == "und" else language


def translation_label(article: ArticleEntry, words: Words) -> str | None:
    """Return what an article says of being a translation, or that it has a second title; None where neither."""
    if article.translation is None:
        return words.text("two_titles") if article.title_translation else None
    kind = "machine_translated" if article.translation.machine else "translated"
    if article.translation.original is None:
        return words.text(kind)
    return words.text(f"{kind}_from", language=words.language_name(article.translation.original))


def _lines(view: Mapping[str, Any]) -> int:
    """Return how many lines the byline may take in the narrow column, which must not run into the next story."""
    marks = "".join(f"{view[name]}  " for name in ("status_label", "kind_label") if view[name])
    texts = [f"{marks or '  '}{view['lead']['outlet']}  ({view['grade'] or ''})", view["when"]]
    texts += [view["language_name"] or "", view["translation"] or "", view["summary"] or "", view["independent"] or ""]
    for outlets in (view["also"], view["same_text"]):
        named = [f"{outlet['outlet']} {outlet['number']}, " for outlet in outlets["named"]] if outlets else []
        texts.append("".join(["Same text in ", *named, outlets["others"] or ""]) if outlets else "")
    return min(MOST_LINES, sum(ceil(len(text) / NARROW) for text in texts))
