"""config.yaml → Config: typed, strict, every mistake at once with its place.

Each name is loaded when it is first asked for, as the schema brings pydantic with it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.config.checks import Check as Check
    from briefing.config.checks import Finding as Finding
    from briefing.config.colours import PAPER as PAPER
    from briefing.config.colours import READABLE as READABLE
    from briefing.config.colours import contrast as contrast
    from briefing.config.colours import parts as parts
    from briefing.config.decoding import LARGEST as LARGEST
    from briefing.config.decoding import decode as decode
    from briefing.config.delivery import Archive as Archive
    from briefing.config.delivery import Email as Email
    from briefing.config.delivery import Folder as Folder
    from briefing.config.delivery import Notify as Notify
    from briefing.config.delivery import Schedule as Schedule
    from briefing.config.delivery import Webhook as Webhook
    from briefing.config.delivery import WebhookDelivery as WebhookDelivery
    from briefing.config.loading import Surroundings as Surroundings
    from briefing.config.loading import load as load
    from briefing.config.mistakes import as_json as as_json
    from briefing.config.mistakes import render as render
    from briefing.config.naming import quoted as quoted
    from briefing.config.reference import schema_text as schema_text
    from briefing.config.schema import Block as Block
    from briefing.config.schema import BriefSettings as BriefSettings
    from briefing.config.schema import Config as Config
    from briefing.config.schema import Limits as Limits
    from briefing.config.schema import Outlet as Outlet
    from briefing.config.schema import Page as Page
    from briefing.config.schema import Summary as Summary
    from briefing.config.schema import Theme as Theme
    from briefing.config.sections import Learned as Learned
    from briefing.config.sections import Method as Method
    from briefing.config.sections import SectionSettings as SectionSettings
    from briefing.config.sections import Sort as Sort
    from briefing.config.vocabulary import Secret as Secret
    from briefing.config.vocabulary import TermsByLanguage as TermsByLanguage
    from briefing.config.vocabulary import Weekday as Weekday
    from briefing.config.wording import nearest as nearest

_NAMES = {
    "colours": ("PAPER", "READABLE", "contrast", "parts"),
    "decoding": ("LARGEST", "decode"),
    "delivery": ("Archive", "Email", "Folder", "Notify", "Schedule", "Webhook", "WebhookDelivery"),
    "loading": ("Surroundings", "load"),
    "mistakes": ("as_json", "render"),
    "naming": ("quoted",),
    "reference": ("schema_text",),
    "schema": ("Block", "BriefSettings", "Config", "Limits", "Outlet", "Page", "Summary", "Theme"),
    "sections": ("Learned", "Method", "SectionSettings", "Sort"),
    "vocabulary": ("Secret", "TermsByLanguage", "Weekday"),
    "wording": ("nearest",),
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names}


if not TYPE_CHECKING:  # a type checker is to know the names above, and no others

    def __getattr__(name: str) -> object:
        """Load a public name when it is asked for: a command that reads no configuration needs no schema."""
        if name not in _MODULES:
            raise AttributeError(name)
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
