"""What the program knows of each language, as data: one TOML file a language, read as a typed value.

`language_data("pt").quotability.openers` is a set of words. To teach the program a word, add it to the language's
file; to teach it a language, add a file. What a file does not say is empty: what asks for it is unknown there.
`mul.toml` (`ANY`; ISO 639-2: multiple languages) holds what is the same in any language.
"""

# mypy: implicit-reexport

from briefing.languages.loading import ANY, either, extended, language_data, languages
from briefing.languages.tables import Boilerplate, Figures, Language, MailWords, QuotabilityWords
