"""The brief in a browser, made again as files change: what to show (pure), and the server that shows it (an effect)."""

# mypy: implicit-reexport

from briefing.preview.server import Screen, listen
from briefing.preview.showing import Day, Shown
from briefing.preview.watching import Watched, Watcher, watched
