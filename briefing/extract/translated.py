"""What a document says of being a translation; what it does not say is not guessed.

A language tag says it by the extension T of BCP 47 (RFC 6497; its `t0` means "by a machine", CLDR) or by the private
`x-mtfrom-` of a translation service, whose pages and whose browser leave marks of their own besides. Fields say it in
words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.models import Translation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from lxml.html import HtmlElement

MACHINE = frozenset({"machine", "automatic", "auto", "mt", "machine translation", "automatique", "آلية"})
"""What people write where they mean that a machine has translated."""
_NO = frozenset({"no", "false", "none", "original", "non", "0"})
_TRANSFORMED = re.compile(r"^[a-z]{2,3}(?:-[a-z0-9]+)*?-t-(?P<original>[a-z]{2,3})\b(?P<more>.*)$")
_PRIVATE = re.compile(r"-x-mtfrom-(?P<original>[a-z]{2,3})\b")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_BROWSER = frozenset({"translated-ltr", "translated-rtl"})
"""The classes that a browser gives to a page that it has translated, and that a saved page keeps."""


def translation_of_fields(values: Mapping[str, str | date], language: str | None) -> Translation | None:
    """Return what the fields `translated`, `translated_from` and `machine_translated`, or the language's tag, say."""
    said, original, machine = (_word(values, name) for name in ("translated", "translated_from", "machine_translated"))
    if said in _NO:
        return None
    code = _language(original) or (None if said in MACHINE else _language(said))
    by_machine = said in MACHINE or (machine is not None and machine not in _NO)
    if code is None and said is None and original is None and not by_machine:
        return translation_of_tag(language)
    return Translation(original=code, machine=by_machine)


def translation_of_tag(tag: str | None) -> Translation | None:
    """Return what a language tag such as `en-t-fr-t0-und` or `en-x-mtfrom-fr` says."""
    plain = (tag or "").strip().lower().replace("_", "-")
    if private := _PRIVATE.search(plain):
        return Translation(original=_language(private["original"]), machine=True)
    if transformed := _TRANSFORMED.match(plain):
        return Translation(original=_language(transformed["original"]), machine="-t0-" in f"{transformed['more']}-")
    return None


def translation_of_page(tree: HtmlElement) -> Translation | None:
    """Return what a page says: its language tag, the marks of a browser or a service that has translated it."""
    told = translation_of_tag(tree.get("lang"))
    if told is not None:
        return told
    metas = {(meta.get("http-equiv") or meta.get("name") or "").strip().lower() for meta in tree.iter("meta")}
    marked = not _BROWSER.isdisjoint((tree.get("class") or "").split()) or "x-translated-by" in metas
    return Translation(machine=True) if marked else None


def _word(values: Mapping[str, str | date], name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value).strip().lower()


def _language(word: str | None) -> str | None:
    """Return the language of a code; words such as `yes` and `true` are none."""
    if word is None or word in {"yes", "true", "oui", "und", "1"} or not _CODE.fullmatch(word):
        return None
    return re.split("[-_]", word)[0] if len(re.split("[-_]", word)[0]) <= 3 else None
