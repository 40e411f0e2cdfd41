"""The statements of suppliers, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page
from provender.trace.suppliers.model import SupplierUses

SQL = SqlFolder(__file__)


async def select_suppliers(work: Work, parameters: Parameters) -> Page:
    """Return one page of suppliers by name."""
    return await fetch_page(work, SQL("select_suppliers"), parameters)


async def select_supplier(work: Work, supplier_id: UUID) -> tuple[bytes, int] | None:
    """Return one supplier as JSON and its version."""
    row = await work.fetch_row(SQL("select_supplier"), {"supplier_id": supplier_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def count_supplier_uses(work: Work, supplier_id: UUID) -> SupplierUses | None:
    """Return what points to a supplier."""
    return await work.fetch_one(SupplierUses, SQL("count_supplier_uses"), {"supplier_id": supplier_id})


async def insert_supplier(work: Work, supplier: Parameters) -> UUID:
    """Add a supplier and return its id."""
    row = await work.fetch_row(SQL("insert_supplier"), supplier)
    return cast("tuple[UUID]", row)[0]


async def update_supplier(work: Work, supplier_id: UUID, version: int, supplier: Parameters) -> int:
    """Replace a supplier of that version; return how many were replaced."""
    return await work.execute(SQL("update_supplier"), {**supplier, "supplier_id": supplier_id, "version": version})


async def archive_supplier(work: Work, supplier_id: UUID, *, is_archived: bool) -> int:
    """Retire a supplier or bring it back; return how many there were."""
    return await work.execute(SQL("archive_supplier"), {"supplier_id": supplier_id, "is_archived": is_archived})


async def delete_supplier(work: Work, supplier_id: UUID) -> int:
    """Delete a supplier that nothing points to; return how many there were."""
    return await work.execute(SQL("delete_supplier"), {"supplier_id": supplier_id})
