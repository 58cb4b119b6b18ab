"""A fault that pydantic found → plain words: what is wrong, what stands there, what was meant."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from briefing.config.choices import literal
from briefing.config.colours import READABLE
from briefing.config.delivery import FROM, HOLIDAY, SMTP, WEB_ADDRESS
from briefing.config.naming import blank_in, clipped, described, named, number, quoted
from briefing.config.outline import homes, keys_at, schemas_at
from briefing.config.vocabulary import ADDRESS, COLOUR, LANGUAGE, NAME, PICTURE, SECRET, TIME_OF_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pydantic_core import ErrorDetails

    from briefing.config.nodes import Path

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "a block of `key: value` lines",
    "model_type": "a block of `key: value` lines",
    "model_attributes_type": "a block of `key: value` lines",
}
KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a block of `key: value` lines",
}
"""What a type of the JSON Schema is called."""
PATTERNS = {
    SECRET: "${NAME}, the name of an environment variable",
    LANGUAGE: "a language code such as en, fr or ar",
    NAME: "a short name of small letters, digits and hyphens, such as front-line",
    TIME_OF_DAY: "a time of day such as 06:30",
    ADDRESS: "a mail address such as desk@example.org",
    FROM: "a sender such as brief@example.org or Morning desk <brief@example.org>",
    SMTP: "a mail server such as smtp://mail.example.org:587",
    WEB_ADDRESS: "a web address such as https://desk.example.org",
    HOLIDAY: "a day such as 2019-05-01 or 12-25, or a span such as 12-24..01-01",
    COLOUR: "a colour in quotes, such as '#17557a'",
    PICTURE: "the name of a picture in the folder of the template, such as logo.svg",
    r"^[A-Za-z0-9.-]+$": "a list's name of letters, digits, dots and hyphens, such as brief.example.org",
}
"""What a text that must match a pattern is called."""
ALIKE = 0.65
"""Likeness (difflib's ratio) from which another word was meant: `order` is `words` to 0.6, `tile` `title` to 0.89."""
VERY_ALIKE = 0.8
"""Likeness from which a key that belongs elsewhere was meant for another one here: `language` for `languages`."""
MOST_NAMED = 24
"""Keys that are named where none is near the one that was written: those of a section."""
_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false"}
"""What YAML 1.1 took for truth values, and 1.2 takes for text."""
_BOUNDS = {
    "greater_than_equal": ("ge", "at least"),
    "greater_than": ("gt", "more than"),
    "less_than_equal": ("le", "at most"),
    "less_than": ("lt", "less than"),
}


def message_of(fault: ErrorDetails, path: Path) -> str:
    """Return what is wrong at a path."""
    kind, found, told = fault["type"], fault["input"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(path)
    if fault["loc"][-1:] == ("[key]",):
        wanted = PATTERNS.get(told.get("pattern", ""), "a text that is not empty and not too long")
        return f"the key {quoted(str(path[-1]))} {_beside(path) or f'must be {wanted}'}"
    if kind in _TYPES:
        return _wrong_type(path, _TYPES[kind], found)
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"{named(path)} must be {words} {number(told[name])}, not {number(found)}"
    return _WORDS[kind](path, found, told) if kind in _WORDS else f"{named(path)}: {fault['msg']}"


def _beside(path: Path) -> str | None:
    """Return that a key belongs beside the block that it stands in, which holds names; None where it does not."""
    above = [step for step in path[:-1] if isinstance(step, str)]
    return f"stands too far in: it belongs beside `{above[-1]}`" if path[-1] in keys_at(path[:-2]) and above else None


def _unknown(path: Path) -> str:
    """Tell of an unknown key, and of the one that was meant, where it belongs, or those that there are."""
    key, keys = str(path[-1]), keys_at(path[:-1])
    if blank := blank_in(key.replace(key.strip(), "", 1)):
        return f"{blank} stands beside this key, {quoted(key.strip())}: type a plain space instead"
    if path[0] == "outlets" and key == "name":
        return f"unknown key 'name' here: the outlet's name is the key, {quoted(str(path[1]))}, under which this stands"
    if len(path) > 1 and key in keys_at(()) and key not in keys:
        return f"unknown key {quoted(key)} here: it stands too far in; move it to the left margin"
    if "terms" in keys and re.fullmatch(r"[a-z]{2}", key):
        return f"unknown key {quoted(key)} here: a language stands further in than the `terms` above it"
    elsewhere = homes().get(key, ())
    if elsewhere and nearest(key, keys, alike=VERY_ALIKE) is None:
        places = " or ".join(f"`{name}`" for name in elsewhere)
        return f"unknown key {quoted(key)} here; it belongs under {places}"
    return f"unknown key {quoted(key)}{suggestion(key, keys)}"


def nearest(word: str, known: Sequence[str], *, alike: float = ALIKE) -> str | None:
    """Return the known word that was meant, or None where none is near."""
    return next(iter(get_close_matches(word.casefold().strip()[:100], known, n=1, cutoff=alike)), None)


def suggestion(word: str, known: Sequence[str]) -> str:
    """Return `, did you mean 'x'?` or, where nothing is near, `; known here: x, y` unless there are too many."""
    near = nearest(word, known)
    if near is not None:
        return f", did you mean {quoted(near)}?"
    return f"; known here: {', '.join(known)}" if 0 < len(known) <= MOST_NAMED else ""


def _wrong_type(path: Path, wanted: str, found: object) -> str:
    """Tell of a value of another type, and of the usual cure."""
    if found is None:
        what = "item" if isinstance(path[-1], int) else "key"
        return f"{named(path)} has no value: give it {wanted}, or remove the {what}"
    if wanted == "text":
        wanted, cure = _cured_text(path, found)
    else:
        cure = _cured_list(found) if wanted == "a list" else _cured(path, wanted, found)
    return f"{named(path)} must be {wanted}, not {described(found)}{cure}"


def _cured_text(path: Path, found: object) -> tuple[str, str]:
    """Return what a text is to be where a number or a block stands, and the usual cure."""
    pattern = next((schema["pattern"] for schema in schemas_at(path) if "pattern" in schema), "")
    wanted = PATTERNS.get(pattern, "text")
    if isinstance(found, int | float) and re.search(pattern, str(found)):
        return wanted, "; in quotes it is text"
    if isinstance(found, dict) and len(found) == 1:
        return wanted, "; text with ': ' in it stands in quotes"
    return wanted, ""


def _cured(path: Path, wanted: str, found: object) -> str:
    """Return the usual cure of a number with a fraction of nothing, of yes and no, of words without their language."""
    if isinstance(found, float) and found.is_integer() and wanted == "a whole number":
        return f"; write {found:.0f}"
    if path == ("outlets",) and isinstance(found, list):
        return "; each outlet stands under its name: `Euphrates Monitor: {grade: B}`"
    if wanted == "true or false" and isinstance(found, str) and found.casefold() in _TRUTHS:
        return f"; write {_TRUTHS[found.casefold()]}"
    if isinstance(found, str | list) and any("patternProperties" in schema for schema in schemas_at(path)):
        words = found if isinstance(found, str) else ", ".join(word for word in found if isinstance(word, str))
        return f"; words stand under their language: `en: [{clipped(words) or '…'}]`"
    return ""


def _cured_list(found: object) -> str:
    """Return the usual cure where a list is wanted."""
    if isinstance(found, str) and re.search(r"^-|\s-", found):
        return "; each item stands on a line of its own behind '- ', a hyphen and a blank"
    if isinstance(found, dict):
        return "; each item starts with '- ', a hyphen and a blank"
    return f"; put it in brackets: [{clipped(str(found))}]" if isinstance(found, str | int | float) else ""


def _kind(_path: Path, found: object, told: dict[str, Any]) -> str:
    """Tell of an item that names no kind, or more than one."""
    what, kinds = told["what"], told["kinds"]
    if told["found"]:
        return f"one {what} at a time: {' and '.join(told['found'])} stand in one item; start another with `- `"
    listed = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    if isinstance(found, dict):
        near = [match for key in found for match in get_close_matches(str(key), kinds, n=1)]
        hint = f"; did you mean {quoted(near[0])}?" if near else ""
        keys = " and ".join(quoted(str(key)) for key in list(found)[:3]) or "nothing"
        return f"no kind of {what} that there is: {keys}; it starts with {listed}{hint}"
    shown = clipped(found) if isinstance(found, str) and len(kinds) == 1 else "…"
    return f"a {what} is a block that starts with {listed}, such as `- {kinds[0]}: {shown}`, not {described(found)}"


def _zone(_path: Path, _found: object, told: dict[str, Any]) -> str:
    """Tell of an unknown time zone, and of the one that was meant."""
    from zoneinfo import available_timezones

    zones = {zone.casefold(): zone for zone in sorted(available_timezones(), reverse=True)}
    cities = {zone.rsplit("/", 1)[-1]: zone for zone in zones}
    name = told["name"][:100].casefold()
    # A zone that is not meant prints every hour wrong, so that only a slip of the pen is put right: `EAT` is not WET.
    near = get_close_matches(name, zones, n=1, cutoff=VERY_ALIKE)
    near += [cities[city] for city in get_close_matches(name, cities, n=1, cutoff=VERY_ALIKE)]
    hint = f", did you mean '{zones[near[0]]}'?" if near else "; zones have names such as 'Europe/Paris'"
    return f"unknown time zone {quoted(told['name'])}{hint}"


def _short(path: Path, found: object, told: dict[str, Any]) -> str:
    """Tell of a text or list that is empty, or shorter than it may be."""
    least = told["min_length"]
    return (
        f"{named(path)} must not be empty"
        if least == 1 or not found
        else f"{named(path)} must have at least {least} characters"
    )


_WORDS: dict[str, Callable[[Path, Any, dict[str, Any]], str]] = {
    "literal_error": literal,
    "unknown_kind": _kind,
    "unknown_zone": _zone,
    "too_short": _short,
    "string_too_short": _short,
    "string_too_long": lambda path, found, told: (
        f"{named(path)} has {len(found):,} characters; at most {told['max_length']:,} are taken"
    ),
    "too_long": lambda path, found, told: (
        f"{named(path)} has {len(found):,} items; at most {told['max_length']:,} are taken"
    ),
    "string_pattern_mismatch": lambda path, found, told: (
        f"{named(path)} must be {PATTERNS.get(told['pattern'], told['pattern'])}, not {described(found)}"
    ),
    "too_faint": lambda path, found, told: (
        f"{named(path)} {found} is too faint on white: a contrast of {told['contrast']:.2f}, and text needs"
        f" {READABLE}; {told['darker']} has it"
    ),
    "finite_number": lambda path, _found, _told: f"{named(path)} must be a finite number",
    "not_an_address": lambda path, found, _told: (
        f"{named(path)}: {quoted(str(found))} names no host, or no port that there is"
    ),
    "not_a_date": lambda path, found, _told: f"{named(path)}: {quoted(str(found))} names a day of no calendar",
    "plain_secret": lambda path, _found, _told: (
        f"{named(path)} must be ${{NAME}}, the name of an environment variable: secrets do not stand in this file"
    ),
}
