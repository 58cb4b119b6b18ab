"""Checks an edition against itself, which needs nothing but the edition, and against its articles' documents."""

from briefing.verify.editions import check_editions
from briefing.verify.originals import Originals, check_originals
from briefing.verify.quotations import check_quotations

__all__ = ["Originals", "check_editions", "check_originals", "check_quotations"]
