"""Why something was left out, in the words of the brief: many findings of the program are one thing to its readers.

What a program says of a document ("line 12: a tag has more than 100 attributes") is for the desk, who reads it in its
report and in brief.json. Readers are told the kind of thing, in the language of the brief, and how often it was met.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.render.words import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from briefing.render.words import Words

LONGEST_REASON, LONGEST_VALUE = 400, 60
_KINDS = {
    "service": ("no news but a page of service: .*",),
    "scraps": ("no news but scraps of a page: .*",),
    "before": (
        "(?:published|first seen) [0-9-]+, (?:before|more than a year before) .*",
        "not dated, and there already .*",
    ),
    "after": ("(?:published|first seen) [0-9-]+, after the cut-off",),
    "no_date": ("its date(?:, [0-9-]+,)? (?:is after|is later|cannot be) .*",),
    "replaced": ("replaced by a later state of its page, .*",),
    "off_subject": ("names nothing that the brief is about .*",),
    "marked": ("marked (?P<marking>[^,]+), above .*",),
    "embargo": ("under embargo until (?P<day>[0-9-]+); .*",),
    "wall": ("no article: what a server or a guard shows .*",),
    "empty": (
        "(?:no text|no article|no entry of a feed|no item of a wire service) in it.*",
        "a mail with no text",
        "scanned, no text in it.*",
        "an? (?:archive without articles|table without texts).*",
        "no message begins in it.*",
        "an automatic reply.*",
        "the folder holds no articles",
        "no sentence ends within .*",
    ),
    "too_large": ("[0-9,]+ bytes, more than .*", "it unpacks to .*", "an archive of .*"),
    "unreadable": (
        "no text in any encoding.*",
        "no .*can be (?:read|unpacked|opened).*",
        "(?:cannot be|not) (?:read|unpacked).*",
        "its text is unlike .*",
        "an archive inside an archive .*",
        "(?:the gzip archive|it) breaks off.*",
        "a document .* is not read.*",
        "it shows nothing without JavaScript.*",
        "documents of type .*",
        "its reader crashed .*",
        "reading it took longer .*",
        "(?:this line is )?no JSON .*",
    ),
    "cut": ("only its first .*", "[0-9,]+ sentences; the first .*"),
    "long_sentence": ("a sentence of more than .*",),
    "claimed": ("calls itself .*: no grade",),
}
"""Kind of a cause → what the program says of it, as regular expressions."""
_SILENCES = {
    "network": ("no network from (?P<first>[0-9:]+) to (?P<last>[0-9:]+)",),
    "lost": ("entries between (?P<first>.+) and (?P<last>.+) may be missing: .*",),
    "withdrawn": ("an article was withdrawn on (?P<day>[0-9-]+)",),
    "refused": (
        "it (?:asks for a password|refuses to answer|says that it is asked too often) .*",
        "its (?:robots.txt forbids|domain asked for patience) .*",
    ),
    "gone": ("it (?:is not there|is gone for good) .*",),
    "no_answer": (
        "no connection.*",
        "it stopped answering.*",
        "the answer took longer .*",
        "its robots.txt cannot be read now",
    ),
    "untrusted": ("its certificate is not trusted: .*",),
    "no_time": ("the pass ended before its turn", "it was not asked in time"),
    "broken": (
        "it answers .*",
        "its answer is no HTTP .*",
        "the answer is .*",
        "more than .* redirects",
        "it redirects .*",
    ),
}
"""The same of sources that gave nothing."""
_SINCE = {"last_answered": ("last answered (?P<when>.+)",), "never": ("never answered",)}


def cause(reason: str, words: Words) -> str:
    """Return what readers are told of why a document was left out or cut; what is of no known kind as it was said."""
    return _called(reason, _KINDS, words)


def silence(reason: str, words: Words) -> str:
    """Return what readers are told of why a source gave nothing, with when it last did."""
    told, _, last = reason.rpartition("; it ")
    since = _called(last, _SINCE, words) if told else ""
    return words.text("comma").join(filter(None, (_called(told or last, _SILENCES, words), since)))


def _called(reason: str, kinds: Mapping[str, Sequence[str]], words: Words) -> str:
    phrases = words.labels["causes"]
    for name, patterns in kinds.items():
        found = re.fullmatch("|".join(patterns), reason, re.DOTALL)
        if found and name in phrases:
            values = {key: label(value, LONGEST_VALUE) for key, value in found.groupdict().items()}
            return str(phrases[name]).format(**values)
    return label(reason, LONGEST_REASON)
