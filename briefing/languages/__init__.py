"""What the program knows of each language, as data: one TOML file a language, read as a typed value.

`language("pt").quotability.openers` is a set of words. To teach the program a word, add it to the language's file; to
teach it a language, add a file. What a file does not say is empty, and what asks for it is simply unknown there.
`mul.toml` (ISO 639-2: multiple languages) holds what is the same in any language.
"""

from briefing.languages.loading import language, languages
from briefing.languages.tables import Language

__all__ = ["Language", "language", "languages"]
