"""A section of the brief in config.yaml, and what its subsections inherit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from briefing.config.schema.values import EACH_ONCE, Language, Name, Settings, Term, TermsByLanguage

Method = Literal["fusion", "lead", "lex-rank", "text-rank", "lsa", "luhn", "kl", "sum-basic", "reduction", "edmundson"]
"""The ways to rank an article's sentences, by name."""

Learned = Literal["territory", "detainees", "coalition"]
"""The weights of words that come with the program, by name."""

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

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"not": {"anyOf": [{"required": ["rest"]}, {"required": ["sections"]}]}},
            "then": {"required": ["terms"]},
        }
    )

    id: Name
    """Its name for machines: in brief.json, in links, for `--section`."""
    title: str = Field(min_length=1, max_length=120)
    """Its heading."""
    rest: bool = False
    """Whether it takes what matches no other section, in place of "Also today"; it has no `terms`, and there is one."""
    sections: list[SectionSettings] = Field(default_factory=list)
    """Subsections, one level deep, printed under this section's own stories; one that a story fits has it instead.

    What a subsection does not say of `sources`, `outlets`, `languages`, `method`, length, `sort` and `key_points`, it
    takes from here.
    """
    terms: Annotated[TermsByLanguage, BeforeValidator(_terms_where_needed)] = Field(
        default_factory=lambda: _NOT_GIVEN, validate_default=True
    )
    """Words and phrases that make an article belong here, by language; stems match, case and accents do not count.

    A story has its home in the section that it reaches by most, where a term stands in its title or opening and a
    second word, a title with a sentence, or three sentences bear it out. Every section needs some, but for the rest and
    for one that has `sections`.

    `a | b` takes either; `a + b` wants both near each other in one sentence, in any order; `"regex: …"` is a regular
    expression in the syntax of RE2, whose `\\b`, `\\w`, `\\d` and `\\s` here know every script; there is no `\\C`.
    """
    not_: TermsByLanguage = Field(default_factory=dict, alias="not")
    """Words and phrases that speak against it, by language."""
    weights: dict[Term, Annotated[float, Field(gt=0, le=10)]] = Field(default_factory=dict)
    """How much a term counts, by term in any of its spellings, where it is not 1: 2 is twice as telling, 0.5 half."""
    learned: Learned | None = None
    """Without effect: weights of words learned from sentences did not help on sources that they had not seen.

    The key is accepted so that older files go on working; take it out.
    """
    threshold: float = Field(default=1.0, ge=0, le=100)
    """The score that a story must reach to stand here; `briefing explain` shows scores.

    The title or one sentence must also say enough by itself: many faint hints of a section make no story of it.
    """
    sources: list[str] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """The sources that it draws from, by `name` or `folder`; all where none is named.

    A story belongs where one of its articles does, and only sentences of such articles are printed here.
    """
    outlets: list[str] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """The outlets that it draws from, by the names that their articles give; all where none is named."""
    languages: list[Language] = Field(default_factory=list, json_schema_extra=EACH_ONCE)
    """The languages that it draws from; all where none is named."""
    method: Method | None = None
    """How sentences are ranked for it; without it, as `summary` says."""
    words: int | None = Field(default=None, ge=10, le=1000)
    """How many words of one story are printed at the most; without it, as `summary` says.

    A story tells its best sentence, and others only where they are nearly as good.
    """
    sentences: int | None = Field(default=None, ge=1, le=50)
    """How many sentences of one story are printed at the most, instead of `words`."""
    max_stories: int = Field(default=10, ge=1, le=500)
    """How many stories are printed in full; the others are listed by headline."""
    sort: Sort = "importance"
    """What comes first: what matters by score, accounts and freshness together, or by one of them alone.

    `relevance` is the score, `time` the latest article, `corroboration` the number of independent accounts.
    """
    key_points: bool = True
    """Whether its stories give key points."""
    when_empty: str | None = Field(default=None, min_length=1, max_length=300)
    """What is printed in your own words on a day without stories, so that the section always stands there."""
    examples: list[str] = Field(default_factory=list)
    """Headlines or sentences that belong here; `briefing check` runs them.

    One that ends with a full stop is read as a sentence, any other as a headline.
    """
    not_examples: list[str] = Field(default_factory=list)
    """Headlines or sentences that do not belong here; `briefing check` runs them alike."""

    @property
    def family(self) -> tuple[SectionSettings, ...]:
        """The section, then those under it, which have from it what they do not say themselves."""
        return (self, *(below.model_copy(update=self._lent(below)) for below in self.sections))

    def _lent(self, below: SectionSettings) -> dict[str, object]:
        said = below.model_fields_set
        lengths = () if said.intersection(_LENGTHS) else _LENGTHS
        return {name: getattr(self, name) for name in (*_LENT, *lengths) if name not in said}
