"""Questions about suppliers."""

from __future__ import annotations

from uuid import UUID

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.trace.suppliers import store
from provender.trace.suppliers.payloads import SupplierFilter

KEY_WIDTH = 2
SUPPLIER_EXPORT = Export(
    "suppliers",
    (
        Column("name"),
        Column("country"),
        Column("email"),
        Column("note"),
        Column("batch_count", kind=Kind.NUMBER),
        Column("archived_at", kind=Kind.MOMENT),
        Column("id"),
    ),
    KEY_WIDTH,
)


async def list_suppliers(work: Work, wanted: SupplierFilter, last_seen: Key) -> Page:
    """Return one page of suppliers by name, after the key (name, id) of the last row seen."""
    last_name, last_id = last_seen
    return await store.select_suppliers(
        work,
        {
            "name_prefix": wanted.name,
            "is_archived": wanted.archived,
            "last_name": last_name,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_supplier(work: Work, supplier_id: UUID) -> tuple[bytes, int]:
    """Return one supplier as JSON and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_supplier(work, supplier_id)
    if found is None:
        raise NotFound("There is no such supplier.")
    return found
