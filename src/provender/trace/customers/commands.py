"""The command line of customers."""

from __future__ import annotations

from typing import Final

from provender.kit.commands import Command, export_verb, import_verb
from provender.kit.db import Work
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import all_pages
from provender.trace.customers import reads
from provender.trace.customers.imports import CUSTOMER_IMPORT
from provender.trace.customers.payloads import CustomerExportFilter

EVERY: Final = all_pages(CustomerExportFilter.model_validate({}))


async def _fetch(work: Work, key: Key) -> Page:
    return await reads.list_customers(work, EVERY, key)


COMMANDS: Final = (
    Command("import", "customers", import_verb("customers", CUSTOMER_IMPORT)),
    Command("export", "customers", export_verb(reads.CUSTOMER_EXPORT, _fetch), has_json=False),
)
