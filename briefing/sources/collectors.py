"""The kinds of source that `briefing collect` asks. A new kind is a function and a row here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.sources.entries import Collector

SOURCES: dict[str, Collector] = {}
"""Kind, as config.yaml has it → what asks such a source."""
