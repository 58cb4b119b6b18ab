"""The kinds of source that `briefing collect` asks. A new kind is a function and a row here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.sources.command import collect_command
from briefing.sources.feeds import collect_feed
from briefing.sources.mail import collect_maildir
from briefing.sources.mailbox import collect_mailbox
from briefing.sources.pages import collect_page, collect_sitemap

if TYPE_CHECKING:
    from briefing.sources.entries import Collector

SOURCES: dict[str, Collector] = {
    "feed": collect_feed,
    "page": collect_page,
    "sitemap": collect_sitemap,
    "mailbox": collect_mailbox,
    "maildir": collect_maildir,
    "command": collect_command,
}
"""Kind, as config.yaml has it → what asks such a source."""
