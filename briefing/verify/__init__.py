"""Checks an edition against itself, which needs nothing but the edition, and against its articles' documents."""

# mypy: implicit-reexport

from briefing.verify.editions import check_editions
from briefing.verify.quotations import Originals, check_listing, check_originals, check_quotations
from briefing.verify.remade import Compared, check_remade, check_rows
