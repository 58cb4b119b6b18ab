"""config.yaml → Config: typed, strict, every mistake at once with its place."""

from __future__ import annotations

from briefing.config.loading import Surroundings, load
from briefing.config.mistakes import Mistake, as_json, render

__all__ = ["Mistake", "Surroundings", "as_json", "load", "render"]
