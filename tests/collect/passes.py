"""A pass over sources on loopback, at a moment that a test names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.config import CollectedSource, Limits
from briefing.extract import extract
from briefing.sources.collecting import Around, Pass, collect
from briefing.store import State, open_store
from tests.collect.web import Reply, Web

NIGHT = datetime(2019, 3, 20, 22, 0, tzinfo=UTC)
LIMITS = Limits()


@dataclass
class Night:
    """A store, a web, and a clock that the test moves."""

    folder: Path
    web: Web
    now: datetime = NIGHT
    slept: list[float] = field(default_factory=list)

    def collect(self, *sources: CollectedSource, later: timedelta = timedelta(0), **around: object) -> Pass:
        """Move the clock and make a pass."""
        self.now += later
        with open_store(self.folder, writing=True) as store:
            return collect(sources, store, self.around(**around))

    def around(self, **more: object) -> Around:
        net = self.web.net()
        net = type(net)(resolve=net.resolve, dial=net.dial, sleep=self.slept.append)
        usual: dict[str, object] = {
            "net": net,
            "clock": lambda: self.now,
            "home": self.folder,
            "agent": "briefing/test",
            "every": timedelta(hours=1),
            "budget": timedelta(seconds=30),
            "read": lambda document: extract(document, LIMITS),
        }
        return Around(**{**usual, **more})  # type: ignore[arg-type]

    def states(self) -> list[State]:
        """Return all that is in the store."""
        with open_store(self.folder) as store:
            return store.between(NIGHT - timedelta(days=999), NIGHT + timedelta(days=999))

    def titles(self) -> list[str | None]:
        return [state.title for state in self.states()]

    def memo(self, kind: str, key: str) -> dict[str, object]:
        with open_store(self.folder) as store:
            return store.memos(kind)[key]


def rss(*items: str, head: str = "<title>River</title>") -> Reply:
    text = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'
    return Reply(text.encode(), headers={"Content-Type": "application/rss+xml"})


LONG = "The council of the river towns met on Tuesday and agreed to share the water of the dam until the spring. " * 14


def item(name: str, body: str = LONG, *, date: datetime | None = NIGHT, guid: str | None = None, url: str = "") -> str:
    day = f"<pubDate>{date:%a, %d %b %Y %H:%M:%S} +0000</pubDate>" if date else ""
    link = url or f"http://river.example/news/{name.replace(' ', '-')}"
    mark = f"<guid>{guid}</guid>" if guid else ""
    return f"<item><title>{name}</title><link>{link}</link>{mark}{day}<description>{body}</description></item>"
