"""Checks an edition against itself; needs nothing but the edition."""

from briefing.verify.editions import check_editions
from briefing.verify.quotations import check_quotations

__all__ = ["check_editions", "check_quotations"]
