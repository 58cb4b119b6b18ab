"""The tables of a language file; a table or list that a file does not have is empty.

They are named tuples: thirteen frozen dataclasses take four times as long to load.

In TOML, `Words` are one string of words separated by blanks, or an array where entries hold blanks themselves.
`Patterns` are an array of alternatives of one regular expression, written for the text as its reader folds it.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the loader reads the annotations
from types import MappingProxyType
from typing import Any, NamedTuple

Words = frozenset[str]
Ordered = tuple[str, ...]
Patterns = tuple[str, ...]
_NONE: Mapping[str, Any] = MappingProxyType({})


class Writing(NamedTuple):
    """How the language is written."""

    dotless_i: bool = False
    """Whether I is the capital of ı, and İ that of i."""
    elisions: Words = frozenset()
    """Words that lose their vowel and are joined to the next by an apostrophe."""
    joined_and: str = ""
    """The "and" that is written as one with the word behind it."""
    decimal_comma: bool = False
    """Whether one and a half is written 1,5."""
    nouns_capitalised: bool = False
    """Whether every noun has a capital."""
    titles_capitalised: bool = False
    """Whether most words of a book's or a film's title have a capital."""
    ordinal_stops: bool = False
    """Whether ordinal numbers are written with a full stop."""
    final_stop_optional: bool = False
    """Whether writers leave the last full stop out, or have none."""
    unspaced: bool = False
    """Whether words are written without blanks between them."""


class Stemming(NamedTuple):
    """What a stemmer needs beside the Snowball algorithm, or in its place."""

    plurals: Mapping[str, str] = _NONE
    """Patterns of endings that Snowball leaves to a word and not to its plural, with what stands in their place."""
    endings: Words = frozenset()
    """Endings that a light stemmer cuts, for a language without a Snowball algorithm."""
    prefixes: str = ""
    """Letters that such a language joins to the front of a word: its article, "in", "and"."""
    article: str = ""
    """The article that is written as one with its noun."""
    particles: Words = frozenset()
    """What is written as one with the word behind it and left there by the stemmer; a term is found behind each."""
    plural_endings: Words = frozenset()
    """What a plural has more than its singular; in a language without any, only a word that shares little of another is
    told to be its stranger."""
    inflections: Words = frozenset()
    """Other endings that leave a word the same word."""


class Detection(NamedTuple):
    """The words by which texts in the language are known."""

    hallmarks: Words = frozenset()
    """The commonest words that few other languages share."""
    function_words: Words = frozenset()
    """The commonest words of a headline or a caption."""


class Abbreviations(NamedTuple):
    """Words with a full stop that may not end a sentence.

    An entry with a capital is matched as written and in capitals only (`Gen`, not `gen`), one in small letters in any
    case. Inner stops are part of the entry (`a.m`), the last one is not.
    """

    never_final: Words = frozenset()
    """Something always follows: titles and ranks before a name, "for example"."""
    before_number: Words = frozenset()
    """A number follows; before anything else the stop ends the sentence."""
    before_opener: Words = frozenset()
    """The stop ends the sentence only before a word that opens sentences: "… of Acme Inc. The"."""
    after_number: Words = frozenset()
    """Units: after a number the stop ends the sentence (`в 2016 г. Он`), elsewhere not (`г. Москва`)."""
    closing: Words = frozenset()
    """They close a list, so that a capital behind them opens a sentence."""
    compound_endings: Ordered = ()
    """Abbreviations of the other lists with which longer words may end: `Hauptstr.`."""


class Sentences(NamedTuple):
    """What tells where sentences begin and end, and what is inserted in them."""

    openers: Words = frozenset()
    """Words that often open a sentence, beside the stop words."""
    before_ordinal: Words = frozenset()
    """What stands before an ordinal number: `am 3. Juni`."""
    name_particles: Words = frozenset()
    """Stop words that are also parts of names: "F. de Klerk"."""
    after_speech: Ordered = ()
    """Verbs of saying behind a quotation that ends in a mark: "“…!” Mr Smith said"."""
    insertion_openers: Words = frozenset()
    """How an insertion between commas begins: "The mayor, a former nurse, opened"."""


class QuotabilityWords(NamedTuple):
    """What makes a sentence lean on the one before it, so that it cannot be quoted alone; in small letters."""

    openers: Words = frozenset()
    """First words that lean on what was said, whatever follows."""
    opening_phrases: Words = frozenset()
    """First words that do, as phrases."""
    before_comma: Words = frozenset()
    """First words that do where a comma follows."""
    exceptions: Words = frozenset()
    """First words that do not, though a list here has them."""
    bare_determiners: Words = frozenset()
    """Demonstratives and quantifiers that do right before one of `verbs`: "This was", "Most have"."""
    verbs: Words = frozenset()
    """Verbs behind a subject that names nothing."""
    ordinals: Words = frozenset()
    """One of several that were named before, where one of `verbs` follows: "The largest would keep"."""
    demonstratives: Words = frozenset()
    """Demonstratives that do before one of `shell_nouns`: "these remarks"."""
    shell_nouns: Words = frozenset()
    """Nouns that only name what was said."""
    delays: Words = frozenset()
    """Adverbs that do before a comma: "Hours later,"."""
    speech_verbs: Words = frozenset()
    """Verbs of saying; they do where no speaker stands before them."""
    complementisers: Words = frozenset()
    """What follows a verb of saying: "Añadió que"."""
    speaker_pronouns: Words = frozenset()
    """Pronouns that stand for who spoke: ", he added."."""
    first_person: Patterns = ()
    """Somebody who speaks of themselves: "I would like to"; in large and small letters."""
    introductions: Words = frozenset()
    """First words of an introduction behind which one of `introduced_pronouns` leans: "In Ohio, he said"."""
    participle_endings: Ordered = ()
    """Endings of participles that open such an introduction, too: "Speaking in Ohio, he said"."""
    introduced_pronouns: Words = frozenset()
    """Pronouns behind an introduction."""
    articles: Words = frozenset()
    """The definite articles."""
    known_nouns: Words = frozenset()
    """Events and speakers that a report names in full before it names them so: "The agreement had stalled"."""
    event_verbs: Words = frozenset()
    """What a report says of an event that it told, to say when and where it was: "The attack comes days after"."""
    links: Words = frozenset()
    """Prepositions between a noun and what was said: "The aim of these actions"."""
    expletives: Patterns = ()
    """Openings whose pronoun stands for a clause that follows: "It is unclear whether"."""
    same_speakers: Patterns = ()
    """Speakers who were named before: "the same officials"."""
    among_them: Patterns = ()
    """People who were named before: "of them"."""
    object_pronouns: Words = frozenset()
    """Pronouns that stand for somebody whom the sentence must name."""
    person_nouns: Words = frozenset()
    """Nouns for a person."""
    person_suffixes: Ordered = ()
    """Endings of nouns for a person."""
    captions: Patterns = ()
    """How captions begin, and sentences that point at a picture."""
    notes: Patterns = ()
    """How a note under a text or a table begins, in its own case."""


class Dates(NamedTuple):
    """Days as texts write them, in small letters."""

    weekdays: Ordered = ()
    """From Monday to Sunday, each with its other forms behind blanks; without them CLDR's names are taken."""
    months: Ordered = ()
    """From January to December as dates write them, each with its other forms; without them CLDR's names."""
    months_capitalised: bool = False
    """Whether months have a capital, by which May is known from may."""


class MailWords(NamedTuple):
    """What mail programs and people write around the text of a mail; in small letters."""

    sender: Words = frozenset()
    """Labels of the sender above a mail that is sent on: "From"."""
    sent: Words = frozenset()
    """Labels of its date: "Sent"."""
    subject: Words = frozenset()
    """Labels of its subject."""
    further: Words = frozenset()
    """Labels of its other lines: "To"."""
    forwarded: Patterns = ()
    """What stands above a mail that is sent on: "Forwarded message"."""
    forward_prefixes: Words = frozenset()
    """What a subject begins with where a mail is sent on."""
    wrote: Words = frozenset()
    """How the line above a quoted mail ends: "On Monday Anna wrote:"."""
    greetings: Patterns = ()
    """Lines that greet."""
    closings: Patterns = ()
    """Lines that take leave: a signature follows."""
    notices: Patterns = ()
    """Notices of confidentiality, and pleas not to print, wherever in a line they stand."""
    pointers: Patterns = ()
    """What says that the text is elsewhere: "see below", "attached"."""
    confirmations: Patterns = ()
    """Subjects that ask a reader to confirm a subscription or an address, wherever in one they stand."""


class Numbers(NamedTuple):
    """Amounts in words, and what stands around amounts; in small letters.

    "One" is no number here: it is an article in most languages, and a single person is no figure to compare.
    """

    words: Words = frozenset()
    """How words begin that numbers in words are made of, where text2num reads them."""
    values: Mapping[str, Words] = _NONE
    """Words that add up to a number, by their values, where text2num does not know the language."""
    multiples: Mapping[str, Words] = _NONE
    """Words that multiply a number before them, by how much."""
    alone: Words = frozenset()
    """Those of `multiples` that are a number by themselves: "mille morts"."""
    one: Patterns = ()
    """What says "one" before a multiple: a million, un milliard."""
    conjunctions: Words = frozenset()
    """What joins words of a number, and numbers: one hundred and five."""
    round: Mapping[str, Words] = _NONE
    """Numbers that are round by their word, by their values: "une centaine"."""
    vague: Mapping[str, Words] = _NONE
    """Amounts that name no number, by the bounds that they are taken for: "dozens" is 24-100."""
    hedges: Mapping[str, Words] = _NONE
    """What stands right before an amount, by what it says of it: about, nearly, at-least, up-to."""
    between: Ordered = ()
    """The two words of a range: between, and."""
    range_words: Patterns = ()
    """What joins the ends of a range: 20 to 30."""
    percent: Words = frozenset()
    """Words for %."""
    currencies: Mapping[str, Words] = _NONE
    """Words for a currency behind an amount, by the currency's name."""


class Boilerplate(NamedTuple):
    """What pages print around and into their text, on case-folded lines; reasons are those of `extract`."""

    date_labels: Patterns = ()
    """What stands before the date of publication: "Published on"."""
    change_labels: Patterns = ()
    """How those begin that date a later change."""
    hour_words: Patterns = ()
    """What stands between a date and its hour."""
    bylines: Patterns = ()
    """What stands before an author's name in a line of its own, in its own case."""
    byline_conjunctions: Words = frozenset()
    """What joins two authors."""
    photo_agencies: Patterns = ()
    """Those that captions sign with beside the agencies that `text` knows, in their own case."""
    photo_words: Patterns = ()
    """What a caption calls its picture."""
    inline_signs: Words = frozenset()
    """What a page prints around its text, run into a sentence where its lines were lost, in its own case."""
    inline_heads: Patterns = ()
    """The same, at the beginning of a sentence."""
    share_words: Patterns = ()
    """The words of a share bar."""
    line_openers: Mapping[str, Patterns] = _NONE
    """How lines begin that are not the article's, by the reason to leave them out."""
    headings: Mapping[str, Patterns] = _NONE
    """The same, where a colon, a dash or nothing follows."""
    whole_lines: Mapping[str, Patterns] = _NONE
    """Whole lines that are not the article's, by reason."""
    anywhere: Mapping[str, Patterns] = _NONE
    """What tells such a line wherever it stands in it, by reason."""
    anywhere_signs: Mapping[str, Words] = _NONE
    """Words of which a line must have one before these patterns are tried."""
    review_titles: Patterns = ()
    """What a press review is called, in which a story stands under each heading."""
    wall_titles: Patterns = ()
    """How a page is called that a server or a guard shows in place of an article."""
    wall_lines: Patterns = ()
    """What such a page says, in case-folded lines, and nothing else does; these and the next are RE2."""
    wall_phrases: Patterns = ()
    """What it says beside that, of which one alone is no proof."""


class Figures(NamedTuple):
    """The words around a figure: what is counted, what happened to it, since when, who says so; forms, not stems."""

    stops: Words = frozenset()
    """Words at which the search for what is counted ends."""
    qualifying: Words = frozenset()
    """Words that may stand between an amount and what befell those that it counts: 12 confirmed dead."""
    adverb_endings: Ordered = ()
    """Endings of such words: 19 seriously injured."""
    units: Words = frozenset()
    """What an amount is counted in, so that nothing behind it is what it counts."""
    acting: Words = frozenset()
    """Verbs of which what stands before them is who did it."""
    not_objects: Words = frozenset()
    """Words behind a participle that are not whom it befell."""
    auxiliaries: Words = frozenset()
    """Auxiliaries between what is counted and what befell it."""
    including: Words = frozenset()
    """Words that make a figure a part of the one before: the same befell it."""
    out_of: Words = frozenset()
    """Words between a part and the number that it is taken of: 17 of 40."""
    numbered: Words = frozenset()
    """Words that a number behind them is the name of."""
    toll: Words = frozenset()
    """Words before a bare number that make it a count of the dead."""
    additional: Words = frozenset()
    """Words that say that the number comes on top of another."""
    elsewhere: Words = frozenset()
    """Words before a figure by which it belongs to something else than the event, or is no more than expected."""
    rates: Words = frozenset()
    """Words right behind what is counted that make it a rate."""
    since: Patterns = ()
    """What makes a figure one of a longer time than the day's event."""
    reporting: Patterns = ()
    """Verbs of saying: what says who gave a figure."""
    verb_first: bool = False
    """Whether who speaks stands behind the verb of saying."""
    given_by: Patterns = ()
    """Prepositions that say it; who gave the figure stands behind them."""
    denials: Words = frozenset()
    """Verbs that take a figure back: what is denied is not told."""
    part_behind: Patterns = ()
    """Right behind an amount that is a part of another: five of those."""
    part_before: Patterns = ()
    """At the beginning of its statement, or right before it: of the dead, 12; of whom five."""
    at_first: Patterns = ()
    """A count that others were added to, or that is added: on the spot, later in hospital."""
    other_time: Patterns = ()
    """Another time, before the figure in its clause or behind it."""
    other_time_first: Patterns = ()
    """A clause that sets another time for the next: six months ago, a bomb killed 43."""
    afterwards: Patterns = ()
    """What is done with the dead and for them, which fewer are counted at."""
    place_prepositions: Patterns = ()
    """Prepositions before the name of a place; none in a language where nothing marks a name."""
    place_articles: str = ""
    """A pattern of what may stand between these and the name."""
    place_conjunctions: Patterns = ()
    """What joins the names of two places."""
    clause_openers: Patterns = ()
    """Conjunctions behind a comma that open another clause, with its own place."""
    times: Mapping[str, Words] = _NONE
    """Times that a figure runs from, the same names in every language."""
    things: Mapping[str, Words] = _NONE
    """Nouns for what is counted, by what it is; a word of two counts as the first."""
    happenings: Mapping[str, Words] = _NONE
    """Words for what happened to what is counted, by what it is; a word of two counts as the first."""
    persons: Words = frozenset()
    """Classes of `things` that are people; this and the rest stand in `mul`."""
    personal: Words = frozenset()
    """Classes of `happenings` that happen to people only."""
    casualties: Words = frozenset()
    """Those that may be counted without saying whom: 12 dead."""
    cumulative: Words = frozenset()
    """Those that add up over a time that is named beside them, with or without a "since"."""
    affected: Mapping[str, Words] = _NONE
    """The things to which the others happen; anything else is a misreading."""
    alike: Mapping[str, Words] = _NONE
    """Things that are the same ones where this happens to them."""


class NewsWords(NamedTuple):
    """Words by which news is weighed; `*` stands for any letters: `*minister*` is in "Verteidigungsminister".

    General knowledge of news, taken from no single day.
    """

    actors: Words = frozenset()
    """Who acts for many: offices, institutions, armed forces, those who negotiate."""
    deeds: Words = frozenset()
    """What happened: death and violence, elections and offices, law and courts, money, disasters."""
    matters: Words = frozenset()
    """What touches a whole people: war and peace, elections and laws, the economy, disasters and epidemics."""
    today: Words = frozenset()
    """What happened now, beside the days of the week."""
    reader: Words = frozenset()
    """Talk to the reader, or of the writer."""


class KindWords(NamedTuple):
    """Signs of what kind of page an article is; those of addresses stand in `mul`."""

    reader: Patterns = ()
    """Talk to the reader."""
    writer: Patterns = ()
    """Talk of the writer."""
    opinion_titles: Patterns = ()
    analysis_titles: Patterns = ()
    live_titles: Patterns = ()
    service_titles: Patterns = ()
    """Titles that say what a page is; of service, those that advise, ask or offer."""
    service_words: Words = frozenset()
    """Words of recipes, gardens, shops, games and accounts."""
    opinion_paths: Patterns = ()
    analysis_paths: Patterns = ()
    live_paths: Patterns = ()
    service_paths: Patterns = ()
    """Addresses, behind the host."""


class Language(NamedTuple):
    """All that is known of one language."""

    code: str
    """ISO 639-1, or `mul`."""
    stop_words: Words = frozenset()
    """Words too common to tell one text from another."""
    writing: Writing = Writing()
    stemming: Stemming = Stemming()
    detection: Detection = Detection()
    abbreviations: Abbreviations = Abbreviations()
    sentences: Sentences = Sentences()
    quotability: QuotabilityWords = QuotabilityWords()
    dates: Dates = Dates()
    mail: MailWords = MailWords()
    numbers: Numbers = Numbers()
    boilerplate: Boilerplate = Boilerplate()
    figures: Figures = Figures()
    news: NewsWords = NewsWords()
    kinds: KindWords = KindWords()
    fields: Mapping[str, Words] = _NONE
    """Words that belong together, by the name of what they are about; in small letters."""
