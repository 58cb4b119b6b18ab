"""config.yaml → Config: typed, strict, every mistake at once with its place.

Each name is loaded when it is first asked for, as the schema brings pydantic with it.
"""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.faces import late

if TYPE_CHECKING:
    from briefing.config.checks import Check, Finding, Surroundings
    from briefing.config.loading import load
    from briefing.config.messages import nearest, quoted
    from briefing.config.reading import LARGEST, Node, decode, read_yaml
    from briefing.config.reference import schema_text
    from briefing.config.schema import (
        PAPER,
        READABLE,
        Block,
        BriefSettings,
        Cluster,
        Config,
        Limits,
        Method,
        Outlet,
        Page,
        SectionSettings,
        Sort,
        Summary,
        Theme,
        contrast,
        rgb,
    )
    from briefing.config.schema.delivery import Archive, Email, Folder, Notify, Schedule, Webhook, WebhookDelivery
    from briefing.config.schema.sources import (
        Collect,
        CollectedSource,
        CommandSource,
        FeedSource,
        FolderSource,
        MailboxSource,
        MaildirSource,
        MailFilter,
        PageSource,
        SitemapSource,
        WebSource,
    )
    from briefing.config.schema.values import Secret, TermsByLanguage, Weekday
else:
    __getattr__ = late(__name__)
