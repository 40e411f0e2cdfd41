"""How a file of receipts is read."""

from __future__ import annotations

from typing import Final

from provender.kit.csv.reading import Headings
from provender.kit.http.imports import Import, each
from provender.trace.processes import actions
from provender.trace.processes.payloads import ReceiptRow

RECEIPT_IMPORT: Final = Import(
    Headings(
        required=("material", "quantity", "unit"),
        optional=("code", "received_on", "best_before_on", "farm", "supplier", "note"),
        ignored=(),
        numbers=frozenset({"quantity"}),
    ),
    ReceiptRow,
    each(actions.record_receipt),
)
