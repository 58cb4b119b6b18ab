from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.models import Article, Paragraph, Quotability, Ranked, Sentence, Text
from briefing.ranking import OVERRUN, Budget, choose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.models import Quote

ALONE, NEEDS, FRAGMENT, QUOTATION, UNBALANCED, QUESTION, SHOWING, HEADLINE, CHRONICLE, NOTE = Quotability


def made(*lines: str | tuple[str, Quotability], number: int = 0, paragraph_each: bool = False) -> Ranked:
    """Make an article of sentences, each with its standing; words are what stands between blanks."""
    given = [(line, ALONE) if isinstance(line, str) else line for line in lines]
    separator = "\n\n" if paragraph_each else " "
    paragraphs = [text for text, _ in given] if paragraph_each else [" ".join(text for text, _ in given)]
    article = Article(
        id=f"{number:012d}",
        origin=f"in/{number}.txt",
        title=None,
        paragraphs=tuple(Paragraph(text=text) for text in paragraphs),
        sha256="",
    )
    sentences, start = [], 0
    for order, (text, standing) in enumerate(given):
        words = tuple(word.lower().strip(".,“”«»") for word in text.split())
        sentences.append(
            Sentence(
                text=text,
                paragraph=order if paragraph_each else 0,
                start=start,
                end=start + len(text),
                language="en",
                words=words,
                stems=words,
                quotability=standing,
            )
        )
        start += len(text) + len(separator)
    text_of = Text(article=article, language="en", sentences=tuple(sentences))
    return Ranked(text=text_of, scores=tuple(1.0 for _ in sentences))


def texts(quotes: Sequence[Quote]) -> list[str]:
    return [quote.sentence.text for quote in quotes]


STORM = "Storm cuts coastal roads today."
SCHOOLS = "Schools stay closed until Friday."
FERRY = "Ferries remain inside the harbour."
CREWS = "Crews cleared fallen trees overnight."
LONG = " ".join(f"Item{n}" for n in range(40)) + "."


@dataclass(frozen=True)
class Case:
    article: Ranked
    values: tuple[float, ...]
    budget: Budget
    chosen: list[str]
    taken: frozenset[tuple[str, int]] = frozenset()


CASES = {
    "the best, in the order of the text": Case(
        made(STORM, SCHOOLS, FERRY), (0.5, 0.1, 0.9), Budget(words=10), [STORM, FERRY]
    ),
    "by sentences": Case(
        made(STORM, SCHOOLS, FERRY), (0.5, 0.6, 0.4), Budget(words=None, sentences=2), [STORM, SCHOOLS]
    ),
    "both bounds hold": Case(made(STORM, SCHOOLS, FERRY), (0.5, 0.6, 0.4), Budget(words=99, sentences=1), [SCHOOLS]),
    "equal worth: the first": Case(
        made(STORM, SCHOOLS, FERRY), (0.5, 0.5, 0.5), Budget(words=None, sentences=1), [STORM]
    ),
    "nothing above zero, nothing chosen": Case(made(STORM, SCHOOLS), (0.0, -1.0), Budget(), []),
    "no number is not above zero": Case(made(STORM, SCHOOLS), (float("nan"), 0.1), Budget(), [SCHOOLS]),
    "infinite is no number": Case(made(STORM, SCHOOLS), (float("inf"), 0.1), Budget(), [SCHOOLS]),
    "what does not fit makes room for what does": Case(
        made(STORM, LONG, FERRY), (0.5, 0.9, 0.4), Budget(words=12), [STORM, FERRY]
    ),
    "enough is enough: no worse sentence only because it fits": Case(
        made(STORM, SCHOOLS, LONG, "Ok then."), (0.9, 0.8, 0.7, 0.1), Budget(words=12), [STORM, SCHOOLS]
    ),
    "the last may run over a little": Case(
        made(STORM, SCHOOLS, FERRY), (0.9, 0.8, 0.1), Budget(words=9), [STORM, SCHOOLS]
    ),
    "nothing fits: the shortest, alone": Case(
        made(LONG, STORM, "Item90 " + LONG), (0.9, 0.1, 0.8), Budget(words=2), [STORM]
    ),
    "what is said already is not said again": Case(
        made("Storm cuts all coastal roads today.", STORM, FERRY), (0.9, 0.8, 0.1), Budget(words=None, sentences=2),
        ["Storm cuts all coastal roads today.", FERRY],
    ),
    "a repetition is printed once": Case(made(STORM, FERRY, STORM), (0.9, 0.5, 0.9), Budget(words=30), [STORM, FERRY]),
    "fragments only for lack of others": Case(
        made((STORM, FRAGMENT), (SCHOOLS, UNBALANCED), FERRY), (0.9, 0.8, 0.1), Budget(words=40), [FERRY]
    ),
    "a fragment rather than nothing": Case(
        made((STORM, FRAGMENT), (SCHOOLS, UNBALANCED)), (0.9, 0.8), Budget(words=None, sentences=1), [STORM]
    ),
    "somebody's words only for lack of others": Case(
        made((STORM, QUOTATION), (SCHOOLS, FRAGMENT)), (0.5, 0.9), Budget(words=40), [STORM]
    ),
    "a question only for lack of others": Case(
        made(FERRY, (STORM, QUESTION), (SCHOOLS, SHOWING)), (0.1, 0.9, 0.8), Budget(words=40), [FERRY]
    ),
    "the headline only for lack of others": Case(
        made((STORM, HEADLINE), FERRY), (0.9, 0.1), Budget(words=None, sentences=1), [FERRY]
    ),
    "but as the opening": Case(
        made((STORM, QUESTION), FERRY), (0.9, 0.1), Budget(words=None, sentences=1), [STORM]
    ),
    "what needs the one before brings it along": Case(
        made(STORM, SCHOOLS, (FERRY, NEEDS)), (0.1, 0.3, 0.9), Budget(words=10), [SCHOOLS, FERRY]
    ),
    "or loses its place where both do not fit": Case(
        made(STORM, LONG, (FERRY, NEEDS)), (0.2, 0.1, 0.9), Budget(words=10), [STORM]
    ),
    "or where the one before cannot stand alone either": Case(
        made(STORM, (SCHOOLS, FRAGMENT), (FERRY, NEEDS)), (0.2, 0.8, 0.9), Budget(words=20), [STORM]
    ),
    "or where the one before is printed elsewhere": Case(
        made(SCHOOLS, (FERRY, NEEDS), CREWS), (0.8, 0.9, 0.1), Budget(words=20), [CREWS],
        taken=frozenset({("000000000000", len(SCHOOLS))}),
    ),
    "with nothing beside it, it brings along what is worth nothing here": Case(
        made(CREWS, SCHOOLS, (FERRY, NEEDS)), (0.0, 0.0, 0.9), Budget(words=20), [SCHOOLS, FERRY]
    ),
    "but nothing that is printed elsewhere": Case(
        made(CREWS, SCHOOLS, (FERRY, NEEDS)), (0.0, 0.0, 0.9), Budget(words=20), [FERRY],
        taken=frozenset({("000000000000", len(CREWS) + 1 + len(SCHOOLS))}),
    ),
    "nor what cannot be read itself": Case(
        made(CREWS, (SCHOOLS, FRAGMENT), (FERRY, NEEDS)), (0.0, 0.0, 0.9), Budget(words=20), [FERRY]
    ),
    "an article's first sentence needs nothing before it": Case(
        made((STORM, NEEDS), FERRY), (0.9, 0.1), Budget(words=None, sentences=1), [STORM]
    ),
    "a quotation over two sentences comes whole": Case(
        made(("“Roads are gone.", UNBALANCED), ("Nobody can leave,” she said.", UNBALANCED), FERRY),
        (0.9, 0.9, 0.1),
        Budget(words=8),
        ["“Roads are gone.", "Nobody can leave,” she said."],
    ),
    "what is taken is not printed again": Case(
        made(STORM, SCHOOLS, FERRY), (0.9, 0.8, 0.7), Budget(words=10), [SCHOOLS, FERRY],
        taken=frozenset({("000000000000", len(STORM)), ("ffffffffffff", 33)}),
    ),
    "nor is what says the same": Case(
        made(STORM, "Storm cuts all coastal roads today.", FERRY), (0.9, 0.8, 0.7), Budget(words=10), [FERRY],
        taken=frozenset({("000000000000", len(STORM))}),
    ),
    "nor is one with an end of its own": Case(
        made(STORM, f"{STORM[:-1]} and the lighthouse keeper, who had warned the council of it, says so.", FERRY),
        (0.9, 0.8, 0.7), Budget(words=30), [STORM, FERRY],
    ),
    "digits only: the first": Case(
        made(("1234 5678.", FRAGMENT), "90 12 34."), (0.9, 0.8), Budget(words=None, sentences=1), ["1234 5678."]
    ),
    "no sentences": Case(made(), (), Budget(), []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_chosen_of_one_article(name: str) -> None:
    case = CASES[name]
    assert texts(choose([case.article], [case.values], budget=case.budget, taken=case.taken)) == case.chosen


def test_words_are_counted_between_blanks_and_in_scripts_without_blanks_as_given() -> None:
    chinese = "昨天夜里风暴袭击了海岸。"
    found = made(chinese, number=1)
    pairs = tuple(chinese[i : i + 2] for i in range(len(chinese) - 2))
    sentence = replace(found.text.sentences[0], words=pairs, stems=pairs, language="zh")
    other = replace(
        sentence, text="三座城镇。", words=("三座", "座城", "城镇"), stems=("三座", "座城", "城镇"), start=20
    )
    text = replace(found.text, sentences=(sentence, other))
    ranked = replace(found, text=text, scores=(1.0, 0.9))
    assert len(choose([ranked], [ranked.scores], budget=Budget(words=10))) == 1


def test_a_budget_needs_a_bound() -> None:
    with pytest.raises(ValueError, match="at least one of words, not 0"):
        Budget(words=0)
    with pytest.raises(ValueError, match="at least one of sentences, not -2"):
        Budget(words=None, sentences=-2)
    with pytest.raises(ValueError, match="a budget needs words or sentences"):
        Budget(words=None)


# ── several articles ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_lead_articles_sentences_stand_first() -> None:
    lead, other = made(SCHOOLS, number=1), made(STORM, FERRY, number=2)
    quotes = choose([lead, other], [(0.2,), (0.9, 0.8)], budget=Budget(words=40))
    assert texts(quotes) == [SCHOOLS, STORM, FERRY]
    assert [quote.article.id[-1] for quote in quotes] == ["1", "2", "2"]
    assert [quote.score for quote in quotes] == [0.2, 0.9, 0.8]


def test_what_articles_print_alike_is_quoted_from_the_first() -> None:
    lead, other = made(SCHOOLS, STORM, number=1), made(STORM, number=2)
    quotes = choose([lead, other], [(0.1, 0.2), (0.9,)], budget=Budget(words=None, sentences=1))
    assert [(quote.article.id[-1], quote.sentence.text) for quote in quotes] == [("1", STORM)]


def test_what_is_taken_from_a_copy_is_taken() -> None:
    lead, other = made(STORM, FERRY, number=1), made(STORM, number=2)
    taken = frozenset({(other.article.id, len(STORM))})
    assert texts(choose([lead, other], [(0.9, 0.5), (0.9,)], budget=Budget(), taken=taken)) == [FERRY]


def test_two_accounts_tell_one_thing_once_and_one_account_as_it_likes() -> None:
    told = "Nine people died Tuesday when the Karsum dam burst after rain."
    again = "The Karsum dam gave way Tuesday and nine people drowned downstream."
    new = "Thirty villagers are missing below the valley."
    one, other = made(told), made(again, new, number=1)
    assert texts(choose([one, other], [(0.9,), (0.8, 0.3)], budget=Budget(words=40))) == [told, new]
    assert texts(choose([made(told, again, new)], [(0.9, 0.8, 0.3)], budget=Budget(words=40))) == [told, again, new]


def test_what_the_others_say_too_counts_for_more() -> None:
    lead = made(FERRY, "A bridge fell at Weir today.", number=1)
    others = [
        made(f"The bridge at Weir fell {when}.", number=n) for n, when in enumerate(("at dawn", "early"), start=2)
    ]
    values = [(0.6, 0.5), (0.1,), (0.1,)]
    quotes = choose([lead, *others], values, budget=Budget(words=None, sentences=1))
    assert texts(quotes) == ["A bridge fell at Weir today."]
    assert texts(choose([lead], values[:1], budget=Budget(words=None, sentences=1))) == [FERRY]


# ── what always holds ────────────────────────────────────────────────────────────────────────────────────────────

WORDS = ("storm", "road", "ferry", "school", "crew", "town", "bridge", "coast", "river", "noon", "trees", "rain")
lines = st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), st.sampled_from(list(Quotability)))
articles = st.lists(st.lists(lines, max_size=7), min_size=1, max_size=4)
numbers = st.floats(min_value=-0.5, max_value=2) | st.just(float("nan"))


def build(given: list[list[tuple[list[str], Quotability]]]) -> list[Ranked]:
    return [
        made(*((" ".join(words).capitalize() + ".", standing) for words, standing in rows), number=n)
        for n, rows in enumerate(given)
    ]


@settings(max_examples=150)
@given(articles, st.data(), st.integers(1, 40), st.integers(1, 5) | st.none())
def test_budget_eligibility_order_and_no_repetition(
    given: list[list[tuple[list[str], Quotability]]], data: st.DataObject, words: int, count: int | None
) -> None:
    found = build(given)
    values = [data.draw(st.lists(numbers, min_size=len(a.scores), max_size=len(a.scores))) for a in found]
    budget = Budget(words=words, sentences=count)
    quotes = choose(found, values, budget=budget)
    length = sum(len(text.split()) for text in texts(quotes))
    assert length <= words * (1 + OVERRUN) or len(quotes) <= 1
    assert len(quotes) <= (count or 99)
    worth = {
        (a.article.id, s.start): value
        for a, row in zip(found, values, strict=True)
        for s, value in zip(a.text.sentences, row, strict=True)
    }
    eligible = {s.text for a in found for s in a.text.sentences if worth[a.article.id, s.start] > 0}
    rows = [a.text.sentences for a in found]
    led = {
        one.text
        for row in rows
        for one, after in pairwise(row)
        if after.quotability is NEEDS and after.text in eligible
    }
    assert set(texts(quotes)) <= eligible | led
    assert bool(set(texts(quotes)) & eligible) == bool(quotes)
    assert bool(quotes) == bool(eligible)
    assert len(set(texts(quotes))) == len(quotes)
    places = [(quote.article.id, quote.sentence.start) for quote in quotes]
    assert places == sorted(places)
    assert all(0 <= quote.score <= 1 for quote in quotes)
    again = choose(
        found, values, budget=budget, taken=frozenset((quote.article.id, quote.sentence.end) for quote in quotes)
    )
    assert not set(texts(again)) & set(texts(quotes))


def test_the_choice_does_not_change_with_the_hash_seed() -> None:
    program = """
from tests.test_selection import WORDS, build
from briefing.models import Quotability
from briefing.ranking import Budget, choose
standings = list(Quotability)
rows = [
    [([WORDS[(a * b + c) % 12] for c in range(3 + b)], standings[(a + b) % 2]) for b in range(9)] for a in range(4)
]
found = build(rows)
for words in (5, 12, 30, 60):
    quotes = choose(found, [a.scores for a in found], budget=Budget(words=words))
    print([(quote.article.id, quote.sentence.start) for quote in quotes])
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1
