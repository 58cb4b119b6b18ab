"""The ledger: editions, slots and receipts in one SQLite file, `output/briefing.sqlite3`.

Every state is written before and after the effect that it records, and is on the disk when the call returns (WAL,
synchronous=FULL). A file that is damaged, or of a newer version, is refused and never changed.
"""

from briefing.delivery.ledger.book import Ledger
from briefing.delivery.ledger.keeping import check_unsent
from briefing.delivery.ledger.opening import FILE, VERSION, open_ledger
from briefing.delivery.receipts import EditionRecord, Handed, HandoverRecord

__all__ = ["FILE", "VERSION", "EditionRecord", "Handed", "HandoverRecord", "Ledger", "check_unsent", "open_ledger"]
