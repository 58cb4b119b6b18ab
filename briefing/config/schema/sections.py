"""A section of the brief in config.yaml, and what its subsections inherit."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from briefing.config.schema.values import EACH_ONCE, Language, Name, Settings, Term, TermsByLanguage

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

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"not": {"anyOf": [{"required": ["rest"]}, {"required": ["sections"]}]}},
            "then": {"required": ["terms"]},
        }
    )

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
    word, where the article's address names it by this one's title, id or a term (`/politics/`). Every section needs
    terms, except the rest and one that has `sections`.

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
