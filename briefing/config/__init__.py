"""config.yaml → Config: typed, strict, every mistake at once with its place.

Each name is loaded when it is first asked for, as the schema brings pydantic with it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.config.checks import Check as Check
    from briefing.config.checks import Finding as Finding
    from briefing.config.checks import Surroundings as Surroundings
    from briefing.config.loading import load as load
    from briefing.config.messages import nearest as nearest
    from briefing.config.messages import quoted as quoted
    from briefing.config.reading import LARGEST as LARGEST
    from briefing.config.reading import Node as Node
    from briefing.config.reading import decode as decode
    from briefing.config.reading import read_yaml as read_yaml
    from briefing.config.reference import schema_text as schema_text
    from briefing.config.schema import PAPER as PAPER
    from briefing.config.schema import READABLE as READABLE
    from briefing.config.schema import Block as Block
    from briefing.config.schema import BriefSettings as BriefSettings
    from briefing.config.schema import Config as Config
    from briefing.config.schema import Limits as Limits
    from briefing.config.schema import Outlet as Outlet
    from briefing.config.schema import Page as Page
    from briefing.config.schema import Summary as Summary
    from briefing.config.schema import Theme as Theme
    from briefing.config.schema import contrast as contrast
    from briefing.config.schema import rgb as rgb
    from briefing.config.schema.delivery import Archive as Archive
    from briefing.config.schema.delivery import Email as Email
    from briefing.config.schema.delivery import Folder as Folder
    from briefing.config.schema.delivery import Notify as Notify
    from briefing.config.schema.delivery import Schedule as Schedule
    from briefing.config.schema.delivery import Webhook as Webhook
    from briefing.config.schema.delivery import WebhookDelivery as WebhookDelivery
    from briefing.config.schema.sections import Method as Method
    from briefing.config.schema.sections import SectionSettings as SectionSettings
    from briefing.config.schema.sections import Sort as Sort
    from briefing.config.schema.sources import Collect as Collect
    from briefing.config.schema.sources import CollectedSource as CollectedSource
    from briefing.config.schema.sources import CommandSource as CommandSource
    from briefing.config.schema.sources import FeedSource as FeedSource
    from briefing.config.schema.sources import FolderSource as FolderSource
    from briefing.config.schema.sources import MailboxSource as MailboxSource
    from briefing.config.schema.sources import MaildirSource as MaildirSource
    from briefing.config.schema.sources import MailFilter as MailFilter
    from briefing.config.schema.sources import PageSource as PageSource
    from briefing.config.schema.sources import SitemapSource as SitemapSource
    from briefing.config.schema.sources import WebSource as WebSource
    from briefing.config.schema.values import Secret as Secret
    from briefing.config.schema.values import TermsByLanguage as TermsByLanguage
    from briefing.config.schema.values import Weekday as Weekday

_NAMES = {
    "checks": ("Surroundings",),
    "loading": ("load",),
    "messages": ("nearest", "quoted"),
    "reading": ("LARGEST", "Node", "decode", "read_yaml"),
    "reference": ("schema_text",),
    "schema": (
        "PAPER",
        "READABLE",
        "Block",
        "BriefSettings",
        "Config",
        "Limits",
        "Outlet",
        "Page",
        "Summary",
        "Theme",
        "contrast",
        "rgb",
    ),
    "schema.delivery": ("Archive", "Email", "Folder", "Notify", "Schedule", "Webhook", "WebhookDelivery"),
    "schema.sections": ("Method", "SectionSettings", "Sort"),
    "schema.sources": (
        "Collect",
        "CollectedSource",
        "CommandSource",
        "FeedSource",
        "FolderSource",
        "MailboxSource",
        "MaildirSource",
        "MailFilter",
        "PageSource",
        "SitemapSource",
        "WebSource",
    ),
    "schema.values": ("Secret", "TermsByLanguage", "Weekday"),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


if not TYPE_CHECKING:  # a type checker is to know the names above, and no others

    def __getattr__(name: str) -> object:
        """Load a public name when it is asked for: a command that reads no configuration needs no schema."""
        if name not in _MODULES:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
