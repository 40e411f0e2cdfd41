"""The statements of customers, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page
from provender.trace.customers.model import CustomerUses

SQL = SqlFolder(__file__)


async def select_customers(work: Work, parameters: Parameters) -> Page:
    """Return one page of customers by name."""
    return await fetch_page(work, SQL("select_customers"), parameters)


async def select_customer(work: Work, customer_id: UUID) -> tuple[bytes, int] | None:
    """Return one customer as JSON and its version."""
    row = await work.fetch_row(SQL("select_customer"), {"customer_id": customer_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def count_customer_uses(work: Work, customer_id: UUID) -> CustomerUses | None:
    """Return what points to a customer."""
    return await work.fetch_one(CustomerUses, SQL("count_customer_uses"), {"customer_id": customer_id})


async def insert_customer(work: Work, customer: Parameters) -> UUID:
    """Add a customer and return its id."""
    row = await work.fetch_row(SQL("insert_customer"), customer)
    return cast("tuple[UUID]", row)[0]


async def update_customer(work: Work, customer_id: UUID, version: int, customer: Parameters) -> int:
    """Replace a customer of that version; return how many were replaced."""
    return await work.execute(SQL("update_customer"), {**customer, "customer_id": customer_id, "version": version})


async def archive_customer(work: Work, customer_id: UUID, *, is_archived: bool) -> int:
    """Retire a customer or bring it back; return how many there were."""
    return await work.execute(SQL("archive_customer"), {"customer_id": customer_id, "is_archived": is_archived})


async def delete_customer(work: Work, customer_id: UUID) -> int:
    """Delete a customer that nothing points to; return how many there were."""
    return await work.execute(SQL("delete_customer"), {"customer_id": customer_id})


async def select_sites(work: Work, customer_id: UUID, parameters: Parameters) -> Page | None:
    """Return one page of the sites of a customer by name; None when there is no such customer."""
    row = await work.fetch_row(SQL("select_sites"), {"customer_id": customer_id, **parameters})
    if row is None:
        return None
    return Page(bytes_of(row[0]), None if row[1] is None else bytes_of(row[1]))


async def select_site(work: Work, site_id: UUID) -> tuple[bytes, int] | None:
    """Return one site as JSON and its version."""
    row = await work.fetch_row(SQL("select_site"), {"site_id": site_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def insert_site(work: Work, customer_id: UUID, site: Parameters) -> UUID | None:
    """Add a site to a customer and return its id; None when there is no such customer."""
    row = await work.fetch_row(SQL("insert_site"), {"customer_id": customer_id, **site})
    return None if row is None else cast("tuple[UUID]", row)[0]


async def update_site(work: Work, site_id: UUID, version: int, site: Parameters) -> int:
    """Replace a site of that version; return how many were replaced."""
    return await work.execute(SQL("update_site"), {**site, "site_id": site_id, "version": version})


async def archive_site(work: Work, site_id: UUID, *, is_archived: bool) -> int:
    """Retire a site or bring it back; return how many there were."""
    return await work.execute(SQL("archive_site"), {"site_id": site_id, "is_archived": is_archived})


async def delete_site(work: Work, site_id: UUID) -> int:
    """Delete a site that nothing points to; return how many there were."""
    return await work.execute(SQL("delete_site"), {"site_id": site_id})
