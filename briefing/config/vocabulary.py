"""The words that config.yaml is made of: names, languages, terms, zones, days, secrets, and the base of every block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
    ValidationInfo,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue
    from pydantic.json_schema import JsonSchemaValue

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

LANGUAGE = r"^[a-z]{2,3}$"
NAME = r"^[a-z0-9][a-z0-9-]{0,39}$"
TIME_OF_DAY = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
ADDRESS = r"^[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+$"
COLOUR = r"^#[0-9a-fA-F]{6}$"
PICTURE = r"^[A-Za-z0-9_-]+\.(png|jpg|jpeg|svg)$"
SECRET = r"^\$\{[A-Za-z_][A-Za-z0-9_]*\}$"  # noqa: S105 - the form of a reference, no secret

EACH_ONCE: dict[str, JsonValue] = {"uniqueItems": True}
"""What a list has in the JSON Schema in which no item makes sense twice; `checks` tells the second one at its place."""

Language = Annotated[str, Field(pattern=LANGUAGE)]
"""An ISO 639 code in small letters: `en`, `fr`, `ar`."""

Name = Annotated[str, Field(pattern=NAME)]
"""A short name for machines: small letters, digits and hyphens."""

Term = Annotated[str, Field(min_length=1, max_length=200)]
TermsByLanguage = Annotated[dict[Language, list[Term]], Field(json_schema_extra={"additionalProperties": False})]
Spellings = Annotated[
    Annotated[list[Term], Tag("<list>")] | Annotated[TermsByLanguage, Tag("<languages>")],
    Discriminator(lambda value: "<languages>" if isinstance(value, dict) else "<list>"),
]
"""The spellings of a name in any language, or the words for a notion in each."""

TimeOfDay = Annotated[str, Field(pattern=TIME_OF_DAY)]
"""`HH:MM`, 00:00 to 23:59."""

Address = Annotated[str, Field(pattern=ADDRESS, max_length=254)]
"""A mail address; its length as RFC 5321 4.5.3.1.3 allows."""


class Settings(BaseModel):
    """The base of every block: unknown keys are refused, values never change after loading.

    The docstrings of attributes are the reference; `outline` reads them, as reading them here would slow every start.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, hide_input_in_errors=True, defer_build=True
    )


def _whole_number(value: object) -> object:
    """Return the value; `true` is no version, though Python holds it equal to 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("literal_error", "", {"expected": "1"})
    return value


Version = Annotated[Literal[1], BeforeValidator(_whole_number)]


def _known_zone(name: str) -> str:
    """Return the name of a time zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise PydanticCustomError("unknown_zone", "", {"name": name}) from error
    return name


Zone = Annotated[str, AfterValidator(_known_zone)]
"""An IANA time zone: `Europe/Paris`."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or key: config.yaml names the environment variable that holds it, and never the secret itself."""

    name: str
    """The variable's name."""
    value: str | None = field(default=None, repr=False, compare=False)
    """What it holds; None where it is not set."""

    def reveal(self) -> str:
        """Return the secret; raises DeliveryError where the variable is not set."""
        if self.value is None:
            raise DeliveryError(f"the environment variable {self.name} is not set; config.yaml takes a secret from it")
        return self.value

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's signature
        """Take `${NAME}`, and look it up in the context's `environ`."""
        written = core_schema.plain_serializer_function_ser_schema(lambda secret: f"${{{secret.name}}}")
        return core_schema.with_info_plain_validator_function(_secret_of, serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe the form for editors."""
        return {"type": "string", "pattern": SECRET}


def _secret_of(value: object, info: ValidationInfo) -> Secret:
    """Return the secret that `${NAME}` stands for; PydanticCustomError `plain_secret` for anything else."""
    if not (isinstance(value, str) and re.fullmatch(SECRET, value)):
        raise PydanticCustomError("plain_secret", "")
    environ: Mapping[str, str] = (info.context or {}).get("environ", {})
    return Secret(value[2:-1], environ.get(value[2:-1]))


def one_of(what: str, *kinds: str) -> Callable[[object], object]:
    """Return a check that an item of a list names one of the kinds by its key, as `folder: seeds` does."""

    def check(item: object) -> object:
        """Return the item; PydanticCustomError `unknown_kind` with {what, kinds, found} where it names none or two."""
        found = [kind for kind in kinds if isinstance(item, dict) and kind in item]
        if len(found) != 1:
            raise PydanticCustomError("unknown_kind", "", {"what": what, "kinds": list(kinds), "found": found})
        return item

    return check


def kind_of(*kinds: str) -> Callable[[Any], str | None]:
    """Return a discriminator: the tag `<kind>` of the key that an item has, as data or as a block read before."""

    def tag(item: object) -> str | None:
        """Return the tag, or None where the item has none of the keys."""
        return next(
            (f"<{kind}>" for kind in kinds if (kind in item if isinstance(item, dict) else hasattr(item, kind))), None
        )

    return tag
