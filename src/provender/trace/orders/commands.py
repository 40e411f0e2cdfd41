"""The command line of orders."""

from __future__ import annotations

from typing import Final

from provender.kit.commands import Command, export_verb, import_verb
from provender.kit.db import Work
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import all_pages
from provender.trace.orders import reads
from provender.trace.orders.actions.imports import ORDER_IMPORT
from provender.trace.orders.payloads import OrderExportFilter

EVERY: Final = all_pages(OrderExportFilter.model_validate({}))


async def _fetch(work: Work, key: Key) -> Page:
    return await reads.list_orders(work, EVERY, key, "UTC")


COMMANDS: Final = (
    Command("import", "orders", import_verb("orders", ORDER_IMPORT)),
    Command("export", "orders", export_verb(reads.ORDER_EXPORT, _fetch), has_json=False),
)
