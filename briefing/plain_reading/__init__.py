"""A second, plain reading of a document, against which its articles are checked; it shares no code with `extract`."""

# mypy: implicit-reexport

from briefing.plain_reading.kinds import Reading, glance, plain_reading, words_of
