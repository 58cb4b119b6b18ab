"""The ledger: editions, slots and receipts in one SQLite file, `output/briefing.sqlite3`.

Every state is written before and after the effect that it records, and is on the disk when the call returns (WAL,
synchronous=FULL). A file that is damaged, or of a newer version, is refused and never changed.
"""

from briefing.ledger.book import Ledger
from briefing.ledger.keeping import check_unsent
from briefing.ledger.opening import FILE, VERSION, open_ledger
from briefing.receipts import EditionRecord, Handed, HandoverRecord

__all__ = ["FILE", "VERSION", "EditionRecord", "Handed", "HandoverRecord", "Ledger", "check_unsent", "open_ledger"]
