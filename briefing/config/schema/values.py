"""What single settings take: names, languages, terms, zones, days, addresses, secrets; and the base of every block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from briefing.config.messages import described, nearest, quoted
from briefing.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import JsonValue

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

SECRET = r"^\$\{[A-Za-z_][A-Za-z0-9_]*\}$"  # noqa: S105 - the form of a reference, no secret
HIDDEN_ADDRESS = r"^(https?://[^\s]+|\$\{[A-Za-z_][A-Za-z0-9_]*\})$"
FORMS = {
    SECRET: "${NAME}, the name of an environment variable",
    HIDDEN_ADDRESS: "a web address such as https://desk.example.org, or ${NAME}",
}
"""What a text of each pattern is called, in messages and in the reference."""


def form(pattern: str, words: str, *, longest: int | None = None) -> Any:  # noqa: ANN401 - as pydantic's own Field
    """Return the constraint that a text matches a pattern, and put down what such a text is called."""
    FORMS[pattern] = words
    return Field(pattern=pattern, max_length=longest)


EACH_ONCE: dict[str, JsonValue] = {"uniqueItems": True}
"""What a list has in the JSON Schema in which no item makes sense twice; `loading` tells the second."""


class Settings(BaseModel):
    """The base of every block: unknown keys are refused, values never change after loading.

    The docstrings of attributes are the reference; `reference` reads them, as reading them here would slow every start.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, hide_input_in_errors=True, defer_build=True
    )


def wrong(message: str) -> PydanticCustomError:
    """Return a mistake in the words that follow the name of the setting."""
    return PydanticCustomError("wrong", "{message}", {"message": message})


def _known_zone(name: str) -> str:
    """Return the name of a time zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        zones = {zone.casefold(): zone for zone in sorted(available_timezones(), reverse=True)}
        zones |= {zone.rsplit("/", 1)[-1]: known for zone, known in zones.items() if "/" in zone}
        # A zone that is not meant prints every hour wrong: only a slip of the pen is put right, `EAT` is not WET.
        near = nearest(name, [*zones], alike=0.8)
        hint = f", did you mean '{zones[near]}'?" if near else "; zones have names such as 'Europe/Paris'"
        raise PydanticCustomError("unknown_zone", "unknown time zone {name}", {"name": quoted(name) + hint}) from error
    return name


def _real_days(text: str) -> str:
    """Return a holiday whose days exist in the calendar, 29 February among them."""
    for day in text.split(".."):
        try:
            date.fromisoformat(day if len(day) > len("12-25") else f"2000-{day}")
        except ValueError as error:
            raise wrong(f"names a day of no calendar: {quoted(text)}") from error
    return text


def _real_address(text: str) -> str:
    """Return an address whose host and port can be told."""
    try:
        parts = urlsplit(text)
        known = bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise wrong(f"has no valid host and port: {quoted(text)}")
    return text


def _whole_number(value: object) -> object:
    """Return the value; `true` is no version, though Python holds it equal to 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("literal_error", "", {"expected": "1"})
    return value


Version = Annotated[Literal[1], BeforeValidator(_whole_number)]
Language = Annotated[str, form(r"^[a-z]{2,3}$", "a language code such as en, fr or ar")]
"""An ISO 639 code in small letters: `en`, `fr`, `ar`."""
Name = Annotated[
    str, form(r"^[a-z0-9][a-z0-9-]{0,39}$", "a short name of small letters, digits and hyphens, such as front-line")
]
"""A short name for machines: small letters, digits and hyphens."""
Term = Annotated[str, Field(min_length=1, max_length=200)]
TermsByLanguage = Annotated[dict[Language, list[Term]], Field(json_schema_extra={"additionalProperties": False})]
Spellings = Annotated[
    Annotated[list[Term], Tag("<list>")] | Annotated[TermsByLanguage, Tag("<languages>")],
    Discriminator(lambda value: "<languages>" if isinstance(value, dict) else "<list>"),
]
"""The spellings of a name in any language, or the words for a notion in each."""
Zone = Annotated[str, AfterValidator(_known_zone)]
"""An IANA time zone: `Europe/Paris`."""


def _on_24_hours(value: object) -> object:
    """Return a time of day; one that is written otherwise, or read as a number, is told with the way to write it."""
    written = _CLOCK.fullmatch(_digits(value) if isinstance(value, int | float) else str(value).strip())
    if written is None or isinstance(value, bool):
        return value
    hour, minute, half = int(written[1]), written[2] or "00", (written[3] or "").casefold()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    right = f"{hour:02}:{minute}"
    if hour > 23 or minute > "59" or value == right:
        return value
    read = quoted(value) if isinstance(value, str) else f"{value}, which is read as a number"
    raise wrong(f"must be written {right}, on the clock of 24 hours, not {read}")


def _digits(number: float) -> str:
    """Return a number as the digits of a clock: `0630` is read as 630, `6.30` as 6.3."""
    return f"{number:.2f}" if number % 1 else f"{number:04.0f}" if number >= 100 else f"{number:.0f}"


_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)
TimeOfDay = Annotated[
    str, form(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", "a time of day such as 06:30"), BeforeValidator(_on_24_hours)
]
"""`HH:MM`, 00:00 to 23:59."""
_DAYS = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}(\.\.[0-9]{4}-[0-9]{2}-[0-9]{2})?|[0-9]{2}-[0-9]{2}(\.\.[0-9]{2}-[0-9]{2})?)$"
Holiday = Annotated[
    str,
    form(_DAYS, "a day such as 2019-05-01 or 12-25, or a span such as 12-24..01-01"),
    AfterValidator(_real_days),
]
"""A day `2019-12-25`, a day of every year `12-25`, or a span of either: `2019-12-24..2020-01-02`, `12-24..01-02`."""
_ADDRESS = r"^[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+$"
Address = Annotated[str, form(_ADDRESS, "a mail address such as desk@example.org", longest=254)]
"""A mail address; its length as RFC 5321 4.5.3.1.3 allows."""
_SENDER = r"^([^<>@\r\n\"]+ <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$"
Sender = Annotated[
    str, form(_SENDER, "a sender such as brief@example.org or Morning desk <brief@example.org>", longest=320)
]
_SMTP = r"^smtps?://[^\s/@:\[\]]+(:[0-9]{1,5})?$"
MailServer = Annotated[
    str, form(_SMTP, "a mail server such as smtp://mail.example.org:587"), AfterValidator(_real_address)
]
"""A mail server: `smtp://mail.example.org:587`, or `smtps://` for TLS from the start."""
WebAddress = Annotated[
    str, form(r"^https?://[^\s]+$", "a web address such as https://desk.example.org"), AfterValidator(_real_address)
]
"""An absolute address of the web: `https://desk.example.org/brief`."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or key: never printed; config.yaml names the environment variable that holds it."""

    name: str
    """The variable's name; empty for an address that stands in the file."""
    value: str | None = field(default=None, repr=False, compare=False)
    """What it holds; None where it is not set."""

    def reveal(self) -> str:
        """Return the secret; raises DeliveryError where the variable is not set."""
        if self.value is None:
            raise DeliveryError(f"the environment variable {self.name} is not set; config.yaml takes a secret from it")
        return self.value


def _secret_of(value: object, info: ValidationInfo) -> Secret:
    """Return the secret that `${NAME}` stands for."""
    if not (isinstance(value, str) and re.fullmatch(SECRET, value)):
        raise wrong(f"must be {FORMS[SECRET]}: secrets do not stand in this file")
    environ: Mapping[str, str] = (info.context or {}).get("environ", {})
    return Secret(value[2:-1], environ.get(value[2:-1]))


SecretReference = Annotated[
    Secret,
    PlainValidator(_secret_of),
    PlainSerializer(lambda secret: f"${{{secret.name}}}"),
    WithJsonSchema({"type": "string", "pattern": SECRET}),
]
"""`${NAME}`, looked up in the context's `environ`."""


def _hidden_address(value: object, info: ValidationInfo) -> Secret:
    """Return a web address, written out or as `${NAME}`, as the secret that its path often is."""
    if isinstance(value, str) and re.fullmatch(SECRET, value):
        return _secret_of(value, info)
    if not (isinstance(value, str) and re.fullmatch(HIDDEN_ADDRESS, value)):
        raise wrong(f"must be {FORMS[HIDDEN_ADDRESS]}")
    return Secret("", _real_address(value))


HiddenAddress = Annotated[
    Secret,
    PlainValidator(_hidden_address),
    PlainSerializer(lambda secret: f"${{{secret.name}}}"),
    WithJsonSchema({"type": "string", "pattern": HIDDEN_ADDRESS}),
]
"""A web address whose path may be a secret, or `${NAME}`."""


MISTYPED = 0.72
"""Likeness of a key to a kind from which it is that one, mistyped: "feeed", but "agent" is no "page"."""


def one_of(what: str, *kinds: str) -> Callable[[object], object]:
    """Return a check that an item of a list names exactly one of the kinds by its key, as `folder: seeds` does."""

    def check(item: object) -> object:
        keys = [str(key) for key in item] if isinstance(item, dict) else []
        found = [kind for kind in kinds if kind in keys]
        if len(found) == 1:
            return item
        listed = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
        if found:
            told = f"one {what} an item, not {' and '.join(found)}: start another item with `- `"
        elif not keys:
            found_instead = "an empty block" if isinstance(item, dict) else described(item)
            told = f"a {what} starts with {listed}, as in `- {kinds[0]}: …`; this is {found_instead}"
        else:
            near = {key: kind for key in keys if (kind := nearest(key, kinds, alike=MISTYPED))}
            told = f"unknown {what} kind {quoted(next(iter(near), keys[0]))}; use {next(iter(near.values()), listed)}"
        raise PydanticCustomError("unknown_kind", "{message}", {"message": told})

    return check


def kind_of(*kinds: str) -> Callable[[Any], str | None]:
    """Return a discriminator: the tag `<kind>` of the key that an item has, as data or as a block read before."""

    def tag(item: object) -> str | None:
        """Return the tag, or None where the item has none of the keys."""
        named = item if isinstance(item, dict) else vars(item)
        return next((f"<{kind}>" for kind in kinds if kind in named), None)

    return tag
