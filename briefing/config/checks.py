"""What no single setting can tell: settings that contradict each other, or name what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.config.wording import quoted, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from briefing.config.nodes import Path
    from briefing.config.schema import Config, SectionSettings, Summary

    Finding = tuple[Path, str]
    Check = Callable[[Config], Iterable[Finding]]


def duplicate_ids(config: Config) -> Iterator[Finding]:
    """Find two sections of one id."""
    seen: dict[str, int] = {}
    for index, section in enumerate(config.sections):
        if section.id and section.id in seen:
            yield (
                ("sections", index, "id"),
                f"section {seen[section.id] + 1} has the id '{section.id}' too; an id is given once",
            )
        seen.setdefault(section.id, index)


def missing_terms(config: Config) -> Iterator[Finding]:
    """Find a section without a single term, into which nothing could come."""
    for index, section in enumerate(config.sections):
        if "terms" in section.model_fields_set and not any(section.terms.values()):
            yield ("sections", index, "terms"), f"section '{section.id}' has no terms, so that nothing can come into it"


def both_lengths(config: Config) -> Iterator[Finding]:
    """Find words and sentences both given."""
    blocks: list[tuple[Path, Summary | SectionSettings]] = [(("summary",), config.summary)]
    blocks += [(("sections", index), section) for index, section in enumerate(config.sections)]
    for path, block in blocks:
        if block.words is not None and block.sentences is not None:
            yield (*path, "sentences"), "`words` and `sentences` are both given; the length is told by one of them"


def contradicting_examples(config: Config) -> Iterator[Finding]:
    """Find one text that is said to belong and not to belong."""
    for index, section in enumerate(config.sections):
        belonging = {_normal(example) for example in section.examples}
        for number, example in enumerate(section.not_examples):
            if _normal(example) in belonging:
                yield (
                    ("sections", index, "not_examples", number),
                    f"{quoted(example)} stands under `examples` too; it belongs to '{section.id}' or it does not",
                )


def stray_weights(config: Config) -> Iterator[Finding]:
    """Find a weight for a term that the section does not have."""
    for index, section in enumerate(config.sections):
        terms = [
            term for by_language in (section.terms, section.not_) for terms in by_language.values() for term in terms
        ]
        known = {term.casefold() for term in terms}
        for term in section.weights:
            if term.casefold() not in known:
                yield (
                    ("sections", index, "weights", term),
                    f"no term of section '{section.id}' is {quoted(term)}{suggestion(term, sorted(set(terms)))}",
                )


def contradicting_terms(config: Config) -> Iterator[Finding]:
    """Find a term that speaks for a section and against it."""
    for index, section in enumerate(config.sections):
        for language, against in section.not_.items():
            own = {_normal(term) for term in section.terms.get(language, ())}
            for number, term in enumerate(against):
                if _normal(term) in own:
                    yield ("sections", index, "not", language, number), f"{quoted(term)} stands under `terms` too"


def shared_spellings(config: Config) -> Iterator[Finding]:
    """Find a spelling that is given to two aliases."""
    owners: dict[str, str] = {}
    for name, spellings in config.aliases.items():
        for number, spelling in enumerate(spellings):
            owner = owners.setdefault(spelling, name)
            if owner != name:
                yield ("aliases", name, number), f"{quoted(spelling)} is a spelling of {quoted(owner)} already"


def missing_folders(config: Config, folder_exists: Callable[[str], bool]) -> Iterator[Finding]:
    """Find a source folder that is not there."""
    for index, source in enumerate(config.sources):
        if not folder_exists(source.folder):
            yield ("sources", index, "folder"), f"there is no folder {quoted(source.folder)}"


def unknown_template(config: Config, templates: Collection[str]) -> Iterator[Finding]:
    """Find a template that is not there."""
    name = config.page.template
    if name not in templates:
        yield ("page", "template"), f"there is no template {quoted(name)}{suggestion(name, sorted(templates))}"


CHECKS: tuple[Check, ...] = (
    duplicate_ids,
    missing_terms,
    both_lengths,
    contradicting_examples,
    stray_weights,
    contradicting_terms,
    shared_spellings,
)
"""The checks that need nothing but the configuration."""


def _normal(text: str) -> str:
    return " ".join(text.split()).casefold()
