"""What is counted and what can befall it: the classes by which languages are compared.

Their words are in the language files (`figures.things`, `figures.happenings`), as they are written and without stems: a
stem such as the French `tu` (tué) would find the pronoun, too. A class holds what a reader would add up: families are
no people, children no women. The names of what befalls are those of the labels that a page prints.
"""

from __future__ import annotations

PEOPLE = "people"
MONEY, SHARE = "money", "share"
"""The things of amounts that name what they are in: a currency, per cent."""

PERSONS = frozenset(
    {
        *{PEOPLE, "civilians", "fighters", "soldiers", "police", "men", "women", "children", "families", "captives"},
        *{"displaced", "medics", "workers", "students", "passengers", "protesters", "patients"},
    }
)

BEFALLS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("killed", "wounded", "missing", "custody", "arrived", "left", "freed", "remain", "gathered"), PERSONS
    ),
    "destroyed": frozenset({"buildings", "places", "vehicles", "boats", "tents", "hectares"}),
    "struck": frozenset({"strikes", "missiles"}),
    "lost": frozenset({MONEY}),
    "damage": frozenset({MONEY}),
    "turnout": frozenset({SHARE}),
}
"""What can befall what; anything else is a misreading (four strikes that killed are not four dead)."""
OVER_TIME = frozenset({"lost", "damage", "turnout"})
"""What adds up over a time that is named beside it, with or without a "since"."""
CASUALTIES = frozenset({"killed", "wounded", "missing"})
"""What may be counted without saying whom: 12 dead, 40 blessés."""

ALIKE: dict[str, tuple[frozenset[str], ...]] = {
    "custody": (frozenset({"fighters", "men", "captives"}),),
    "arrived": (frozenset({PEOPLE, "displaced"}),),
    "left": (frozenset({PEOPLE, "displaced"}),),
    "gathered": (frozenset({PEOPLE, "protesters"}),),
}
"""Things that are the same ones where this befalls them: who gave himself up was a fighter and is a captive."""
