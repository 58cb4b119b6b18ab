"""What config.yaml may say: typed, strict, with defaults; the docstring of a setting is its reference.

Stages are handed the slice that they need (`SectionSettings`, `Summary`, …), never the whole `Config`. A new setting is
one line with its docstring here, and is then known to messages, the reference and the JSON Schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from briefing.config.schema.delivery import Archive, Delivery, NoticeDelivery, Schedule
from briefing.config.schema.sources import Collect, CollectedSource, FolderSource, Source
from briefing.config.schema.values import (
    EACH_ONCE,
    Language,
    Name,
    Settings,
    Spellings,
    Term,
    TermsByLanguage,
    Version,
    Zone,
    form,
    wrong,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.config import JsonDict


class BriefSettings(Settings):
    """The head of the brief."""

    title: str = Field(default="Daily brief", min_length=1, max_length=200)
    """The brief's title."""
    language: Language = "en"
    """The language of the brief's own words: headings, dates, labels."""
    timezone: Zone = "UTC"
    """The IANA time zone of every printed time, such as `Europe/Paris`."""
    marking: Literal["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"] | None = None
    """The TLP 2.0 label printed on every page."""
    handling: str | None = Field(default=None, max_length=200)
    """A handling note beside the marking, in your own words."""
    allow_marked: list[Literal["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "embargo"]] = Field(default_factory=list)
    """Markings of sources, and `embargo`, that may be printed in a brief of a lower marking; others are left out."""
    period_hours: int | None = Field(default=None, ge=1, le=24 * 366)
    """How many hours before the cut-off an article may be dated; by default there is no limit."""
    key_points: int = Field(default=5, ge=0, le=10)
    """How many sentences the first page has at most, for the whole day; the first is the bottom line."""
    also_stories: int = Field(default=12, ge=0, le=500)
    """How many stories that fit no section are printed in full; the rest are listed by headline."""
    listed_articles: int = Field(default=500, ge=0)
    """Articles up to which a brief holds every one of its day.

    Of a larger day it holds those that it quotes or names, and counts the others; `articles.jsonl.gz` lists all.
    """
    notes: str = Field(default="notes", min_length=1)
    """The folder of the editor's notes, one file a day, such as `2019-03-21.md`.

    Text under a heading such as `## territory` goes to the section with that id, the rest to the whole brief.
    """


Method = Literal["fusion", "lead", "lex-rank", "text-rank", "lsa", "luhn", "kl", "sum-basic", "reduction", "edmundson"]
"""The ways to rank an article's sentences, by name."""

Sort = Literal["importance", "relevance", "time", "corroboration"]
"""The ways to order a section's stories, by name."""

_NOT_GIVEN: TermsByLanguage = {}
"""The default of `terms`, known by its identity: a section must have them unless it says that it needs none."""
_LENT = ("sources", "outlets", "languages", "method", "sort", "key_points")
"""What a subsection takes from the section above it, each by itself; `words` and `sentences` go together."""
_LENGTHS = ("words", "sentences")


def _terms_where_needed(value: object, info: ValidationInfo) -> object:
    """Return the terms; a section without any is the rest, or a heading for those under it."""
    said = info.data
    needed = said.get("rest") is False and said.get("sections") == []
    if value is _NOT_GIVEN and needed:
        raise PydanticCustomError("missing", "Field required")
    return value


class SectionSettings(Settings):
    """A section of the brief: what belongs in it, and how much of it is printed."""

    id: Name
    """Its short name in brief.json, in links and for `--section`."""
    title: str = Field(min_length=1, max_length=120)
    """Its heading."""
    rest: bool = False
    """Whether it takes what fits no other section, in place of "Also today"; only one may, and it has no `terms`."""
    sections: list[SectionSettings] = Field(default_factory=list)
    """Subsections, one level deep, printed after this section's own stories; a story that fits one is printed there.

    A subsection inherits `sources`, `outlets`, `languages`, `method`, length, `sort` and `key_points` from here.
    """
    terms: Annotated[TermsByLanguage, BeforeValidator(_terms_where_needed)] = Field(
        default_factory=lambda: _NOT_GIVEN, validate_default=True
    )
    """Words and phrases that make an article belong here, by language; stems match, case and accents are ignored.

    A story's home is the section with the highest score among those with a term in its title or opening that is borne
    out: by a second word, by the title and a sentence, or by three sentences. The outlet's own section counts as a
    word, where the article's address names it by this one's title, id or a term (`/politics/`). Where two terms or more
    are words of one field, such as elections or health, an article that is told in other words of it has its home here
    too. Every section needs terms, except the rest and one that has `sections`.

    `a | b` takes either; `a + b` wants both near each other in one sentence, in any order; `"regex: …"` is a regular
    expression in RE2 syntax, in which `\\b`, `\\w`, `\\d` and `\\s` know every script; `\\C` is not allowed.
    """
    not_: TermsByLanguage = Field(default_factory=dict, alias="not")
    """Words and phrases that count against it, by language."""
    weights: dict[Term, Annotated[float, Field(gt=0, le=10)]] = Field(default_factory=dict)
    """How much a term counts if not 1: 2 is twice as much, 0.5 half; any spelling of the term will do."""
    learned: str | None = None
    """No longer has any effect: learned weights did not help on sources that they had not been learned from.

    The key is still accepted so that older files keep working; remove it.
    """
    threshold: float = Field(default=1.0, ge=0, le=100)
    """The score that a story must reach to be printed here; `briefing explain` shows scores.

    The title or one sentence must also be enough by itself: many faint hints do not add up to a story.
    """
    sources: list[str] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """The sources that it draws from, by `name` or `folder`; by default all.

    A story qualifies if one of its articles does, and only sentences of such articles are printed here.
    """
    outlets: list[str] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """The outlets that it draws from, by the names that their articles give; by default all."""
    languages: list[Language] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """The languages that it draws from; by default all."""
    method: Method | None = None
    """How sentences are ranked for it; by default as `summary` says."""
    words: int | None = Field(default=None, ge=10, le=1000)
    """How many words of a story are printed at most; by default as `summary` says.

    A story prints its best sentence, and others only if they are nearly as good.
    """
    sentences: int | None = Field(default=None, ge=1, le=50)
    """How many sentences of a story are printed at most, instead of `words`."""
    max_stories: int = Field(default=10, ge=1, le=500)
    """How many stories are printed in full; the rest are listed by headline."""
    sort: Sort = "importance"
    """What comes first: `importance` combines score, accounts and freshness; the others use one of them.

    `relevance` is the score, `time` the latest article, `corroboration` the number of independent accounts.
    """
    key_points: bool = True
    """Whether its stories give key points."""
    when_empty: str | None = Field(default=None, min_length=1, max_length=300)
    """A line of your own for a day without stories, so that the section is always printed."""
    examples: list[str] = Field(default_factory=list)
    """Headlines or sentences that belong here; `briefing check` runs them.

    One that ends with a full stop is read as a sentence, any other as a headline.
    """
    not_examples: list[str] = Field(default_factory=list)
    """Headlines or sentences that do not belong here; `briefing check` runs them too."""

    @property
    def family(self) -> tuple[SectionSettings, ...]:
        """The section, then those under it, which have from it what they do not say themselves."""
        return (self, *(below.model_copy(update=self._lent(below)) for below in self.sections))

    def _lent(self, below: SectionSettings) -> dict[str, object]:
        said = below.model_fields_set
        lengths = () if said.intersection(_LENGTHS) else _LENGTHS
        return {name: getattr(self, name) for name in (*_LENT, *lengths) if name not in said}


Host = Annotated[str, form(r"^[^\s/:@<>]+$", "a host such as news.example", longest=253)]


class Outlet(Settings):
    """What you know about an outlet."""

    hosts: list[Host] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """Whose pages may bear the name: `monitor.example` stands for all below it, too.

    A page of any other host that calls itself so, or by letters that look like it, is printed by its host, without a
    grade, and told under Gaps. Without `hosts` a file of a folder is believed; what is collected has a grade by its
    source's `outlet` alone.
    """
    list_ids: list[Annotated[str, form(r"^<?[^<>\s]+>?$", "a List-Id such as daily.news.example")]] = Field(
        default_factory=list, json_schema_extra=EACH_ONCE
    )
    """Whose newsletters may bear it, beside those sent from `hosts`: their List-Id."""
    grade: Annotated[str, Field(min_length=1, max_length=4)] | None = None
    """How far you trust it, printed beside its name: A to F on the Admiralty scale, or a scale of your own."""
    language: Language | None = None
    """The language that it writes in, if its pages do not say."""
    weight: float = Field(default=1.0, ge=0.1, le=3)
    """A factor on the importance of its stories, within sections and for the key points.

    A story that several outlets tell takes the greatest of their weights. Which section it belongs to is unaffected.
    """


class Summary(Settings):
    """How sentences are chosen, and how many."""

    method: Method = "fusion"
    """How an article's sentences are ranked."""
    words: int | None = Field(default=None, ge=10, le=1000)
    """How many words of a story are printed at most (60 if neither this nor `sentences` is given)."""
    sentences: int | None = Field(default=None, ge=1, le=50)
    """How many sentences of a story are printed at most, instead of `words`."""


READABLE = 4.5
"""Contrast of text with its ground at the least (WCAG 2.2, 1.4.3)."""
PAPER = "#ffffff"
"""What the page is set on."""


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, "contrast ratio"), 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def darkened(colour: str) -> str:
    """Return the colour with as much black as it takes to be read on paper."""
    return next(
        mixed
        for share in range(100, -1, -1)
        if contrast(mixed := _hex(round(part * share / 100) for part in rgb(colour)), PAPER) >= READABLE
    )


def rgb(colour: str) -> tuple[int, ...]:
    """Return red, green and blue, 0 to 255."""
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def _hex(values: Iterable[int]) -> str:
    return "#" + "".join(f"{value:02x}" for value in values)


def _luminance(colour: str) -> float:
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (p / 255 for p in rgb(colour))]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _readable(colour: str) -> str:
    """Return a colour that can be read on paper."""
    ratio = contrast(colour, PAPER)
    if ratio < READABLE:
        told = f"{colour} is too faint on white (contrast {ratio:.2f}, text needs {READABLE}); use '{darkened(colour)}'"
        raise wrong(told)
    return colour


Colour = Annotated[str, form(r"^#[0-9a-fA-F]{6}$", "a colour in quotes, such as '#17557a'"), AfterValidator(_readable)]
_PICTURE = "the name of a picture in the folder of the template, such as logo.svg"
Picture = Annotated[str, form(r"^[A-Za-z0-9_-]+\.(png|jpg|jpeg|svg)$", _PICTURE)]
Block = Literal["front", "sections", "figures", "also-today", "gaps", "sources", "how"]
"""A part of the page: first page, sections, where figures differ, what fits none, gaps, sources, how to read it."""


class Theme(Settings):
    """Your own colour and logo, without a template of your own."""

    accent: Colour | None = None
    """One colour in quotes, such as `'#17557a'`, instead of the sections' own; contrast on white at least 4.5."""
    logo: Picture | None = None
    """The name of an image in the template's folder, such as `logo.svg`."""


class Page(Settings):
    """What the PDF looks like."""

    template: Name = "standard"
    """The folder under templates/ that lays out the page."""
    size: Literal["a4", "letter", "phone"] = "a4"
    """The paper size, or the narrow page of a phone."""
    theme: Theme = Theme()
    """Colour and logo."""
    blocks: list[Block] = Field(
        default_factory=lambda: list(get_args(Block)), min_length=1, json_schema_extra=EACH_ONCE
    )
    """The parts of the page in order; parts not named are not printed, except the sources, which always are."""


class Limits(Settings):
    """How much of one article is read, so that one bad article costs only itself."""

    page_bytes: int = Field(default=2_000_000, ge=1_000)
    """Bytes of one web page or mail, once decoded and unpacked."""
    document_bytes: int = Field(default=50_000_000, ge=1_000)
    """Bytes of one document as found; a larger one is left out without being read.

    JSON Lines, JSON lists, tables and zip archives may be larger: they are read piece by piece, and this is the most
    that one record, or one file in an archive, may have.
    """
    records: int = Field(default=200_000, ge=1)
    """Records of large files, and files in large zip archives, that a day takes together; those beyond are counted and
    told. In tables lines are counted."""
    text_chars: int = Field(default=200_000, ge=1_000)
    """Characters of one article's text; the rest is cut off and reported."""
    sentences: int = Field(default=300, ge=1, le=5_000)
    """Sentences of one article that are ranked; the rest is kept as text and reported."""
    sentence_chars: int = Field(default=1_000, ge=40)
    """Characters of one sentence; a longer one is never printed."""
    seconds: float = Field(default=20.0, gt=0)
    """Seconds that reading one document may take."""


class Cluster(Settings):
    """Dask's workers that read articles: those of a scheduler, or some that are started here."""

    dask: Annotated[str, form(r"^(tcp|tls)://[^\s/@]+:\d+$", "a scheduler such as tcp://10.0.0.5:8786")] | None = None
    """The scheduler's address. Whoever reaches a `tcp://` scheduler can run programs on its workers: see scale.md."""
    local: int | None = Field(default=None, ge=1, le=64)
    """How many workers are started here for each build where no scheduler is named, to try it on one machine."""
    store: Annotated[str, form(r"^/.*", "a folder from the root, such as /mnt/desk/store")] | None = None
    """Where the workers find this desk's `output/store`, on a disk that they share: what is read then travels by its
    hash, and each reads its share of the day from there. Without it the bytes are sent."""


def _listed(value: object) -> object:
    """Return a list of the one name that stands in a list's place."""
    return [value] if isinstance(value, str) else value


_SELECTING: JsonDict = {
    "if": {"not": {"anyOf": [{"required": ["rest"]}, {"required": ["sections"]}]}},
    "then": {"required": ["terms"]},
}
"""A JSON Schema's rule that a section has terms, but for the rest and one of several sections."""


def _lent_by_extends(schema: JsonDict) -> JsonDict:
    """Return a JSON Schema's rule that what is required may stand in the file that is extended."""
    needed: JsonDict = {"required": schema.pop("required"), "properties": {"sections": {"items": _SELECTING}}}
    return {"if": {"not": {"required": ["extends"]}}, "then": needed}


class Config(Settings):
    """config.yaml as a whole."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema.update(_lent_by_extends(schema)))

    version: Version = 1
    """The version of this file's format."""
    extends: str | None = Field(default=None, min_length=1)
    """Another file that this one extends; a relative path starts from this file.

    Settings here replace those there; blocks are merged key by key, and a section replaces the one with the same id;
    one that names nothing but its `id`, `title` and `when_empty` translates it and keeps the rest.
    """
    use: Annotated[list[str], BeforeValidator(_listed, json_schema_input_type=str | list[str])] = Field(
        default_factory=list
    )
    """Packs of words for one domain that come with the program, one name or a list.

    `conflict` has notions of armed conflict for `terms` in English, French and Spanish, and knows fighters, strikes and
    their like where figures are compared.
    """
    brief: BriefSettings = Field(default_factory=BriefSettings)
    """The head of the brief."""
    sources: list[Source] = Field(min_length=1)
    """Where articles come from."""
    collect: Collect = Field(default_factory=Collect)
    """How the sources that are not folders are asked."""
    store: str | None = Field(default=None, min_length=1)
    """The folder for what was collected, by default `store` in `archive.folder`."""
    outlets: dict[str, Outlet] = Field(default_factory=dict)
    """What you know about the outlets, by name."""
    aliases: dict[str, Spellings] = Field(default_factory=dict)
    """Other spellings of a name, in any language; a term that is such a name matches all of them.

    Grouped by language, the words for a notion: a term that names the notion matches any of them in that language.
    """
    about: list[Term] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """What the whole brief is about: places, parties and people, in any language; by default anything.

    An article that names none of them in its title or opening, nor twice further down, is left out and listed under
    Gaps. Spellings under `aliases` count too.
    """
    sections: list[SectionSettings] = Field(min_length=1)
    """The sections, in the order in which they are printed."""
    summary: Summary = Field(default_factory=Summary)
    """How sentences are chosen, and how many."""
    page: Page = Field(default_factory=Page)
    """What the PDF looks like."""
    limits: Limits = Field(default_factory=Limits)
    """How much of one article is read."""
    workers: Annotated[int, Field(ge=1, le=256)] | Literal["auto"] = "auto"
    """How many processes read articles where there are 300 or more; `auto` takes one for each processor.

    The brief is the same with any number.
    """
    cluster: Cluster | None = None
    """Who reads articles where there are 300 or more, instead of the processes here: Dask's workers.

    It needs `briefing[cluster]`. The brief is the same; what the cluster loses is done here.
    """
    schedule: Schedule | None = None
    """When the brief is due."""
    deliver: list[Delivery] = Field(default_factory=list)
    """Who receives the brief, and how."""
    on_failure: list[NoticeDelivery] = Field(default_factory=list)
    """Who is notified when a brief cannot be built or delivered."""
    archive: Archive = Field(default_factory=Archive)
    """The page of all editions, and how long they are kept."""

    @property
    def every_section(self) -> tuple[SectionSettings, ...]:
        """The sections and those under them, in the order in which they are printed."""
        return tuple(one for section in self.sections for one in section.family)

    @property
    def collected(self) -> tuple[CollectedSource, ...]:
        """The sources that are no folders, in their order: `briefing collect` asks them."""
        return tuple(source for source in self.sources if not isinstance(source, FolderSource))

    @property
    def unverified(self) -> frozenset[str]:
        """The labels of the sources whose certificates are not checked."""
        return frozenset(source.label for source in self.collected if getattr(source, "tls", "") == "unverified")

    @property
    def grades(self) -> dict[str, str]:
        """The grades of outlets, as `outlets` has them or else the source that names one."""
        named = {source.outlet: source.grade for source in self.collected if source.outlet and source.grade}
        return named | {name: outlet.grade for name, outlet in self.outlets.items() if outlet.grade}
