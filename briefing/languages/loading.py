"""Language files, read once each: TOML → `Language`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from briefing.languages.tables import Language

_Table = TypeVar("_Table")

SUFFIX = ".toml"
ANY = "mul"
"""The file of what is the same in any language."""


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a file, sorted."""
    from importlib.resources import files

    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted({name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)} - {ANY}))


@cache
def language_data(code: str) -> Language:
    """Return what is known of a language; of one without a file nothing but its code.

    Raises ValueError for a table that no one reads, with its place.
    """
    if code not in languages() and code != ANY:
        return Language(code=code)
    from importlib.resources import files

    text = (files(__package__) / f"{code}{SUFFIX}").read_text("utf-8")
    return read_language(code, text)


def read_language(code: str, text: str) -> Language:
    """Return the language that a TOML text tells of."""
    import tomllib

    return _table(Language, {"code": code, **tomllib.loads(text)}, code)


def extended(known: Language, text: str, *, place: str) -> Language:
    """Return a language to whose tables a TOML text adds; a single value replaces the one that is known.

    Raises ValueError for a table that nothing reads; `place` stands for the text in the message.
    """
    import tomllib

    return _added(known, _table(Language, {"code": known.code, **tomllib.loads(text)}, place))


def either(patterns: Iterable[str]) -> str:
    """Return a pattern of alternatives; it finds nothing where there are none."""
    return "|".join(patterns) or "(?!)"


def _added(known: _Table, more: _Table) -> _Table:
    """Return a table with what another of its kind adds."""
    added = {name: _sum(getattr(known, name), getattr(more, name)) for name in _types(type(known))}  # type: ignore[arg-type]
    return type(known)(**added)


def _sum(known: Any, more: Any) -> Any:  # noqa: ANN401 - what a table holds
    """Return the words of both, tables field by field."""
    if hasattr(known, "_fields"):
        return _added(known, more)
    if isinstance(known, Mapping):
        return {
            name: _sum(known[name], more[name]) if name in known and name in more else known.get(name, more.get(name))
            for name in {**known, **more}
        }
    if isinstance(known, frozenset):
        return known | more
    return (*known, *more) if isinstance(known, tuple) else more or known


def _table(kind: type[_Table], listed: Mapping[str, Any], place: str) -> _Table:
    """Return a table as its named tuple, and the tables in it as theirs."""
    types = _types(kind)  # type: ignore[arg-type]
    if unknown := sorted(listed.keys() - types.keys()):
        raise ValueError(f"{place}: unknown table or list '{unknown[0]}'; {kind.__name__} has {', '.join(types)}")
    return kind(**{name: _value(types[name], value, f"{place}.{name}") for name, value in listed.items()})


@cache
def _types(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a named tuple
    return get_type_hints(kind)


def _value(kind: Any, value: Any, place: str) -> Any:  # noqa: ANN401 - what TOML holds
    """Return a value of TOML as a field of this type has it."""
    origin = get_origin(kind)
    if hasattr(kind, "_fields") and isinstance(value, dict):
        return _table(kind, value, place)
    if origin is Mapping and isinstance(value, dict):
        return {name: _value(get_args(kind)[1], item, f"{place}.{name}") for name, item in value.items()}
    if origin in {frozenset, tuple} and isinstance(value, (str, list)):
        items = value.split() if isinstance(value, str) else value
        inner = get_args(kind)[0]
        if inner is str and set(map(type, items)) <= {str}:  # nearly all there is: not asked one by one
            return origin(items)
        return origin(_value(inner, item, place) for item in items)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and isinstance(value, kind):
        return value
    raise ValueError(f"{place}: a value of another kind than {kind}")
