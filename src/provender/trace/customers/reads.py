"""Questions about customers."""

from __future__ import annotations

from uuid import UUID

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.trace.customers import store
from provender.trace.customers.payloads import CustomerFilter, SiteFilter

KEY_WIDTH = 2
CUSTOMER_EXPORT = Export(
    "customers",
    (
        Column("name"),
        Column("country"),
        Column("language"),
        Column("email"),
        Column("phone"),
        Column("note"),
        Column("site_count", kind=Kind.NUMBER),
        Column("order_count", kind=Kind.NUMBER),
        Column("archived_at", kind=Kind.MOMENT),
        Column("id"),
    ),
    KEY_WIDTH,
)


async def list_customers(work: Work, wanted: CustomerFilter, last_seen: Key) -> Page:
    """Return one page of customers by name, after the key (name, id) of the last row seen."""
    last_name, last_id = last_seen
    return await store.select_customers(
        work,
        {
            "name_prefix": wanted.name,
            "country": wanted.country,
            "is_archived": wanted.archived,
            "last_name": last_name,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_customer(work: Work, customer_id: UUID) -> tuple[bytes, int]:
    """Return one customer as JSON and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_customer(work, customer_id)
    if found is None:
        raise NotFound("There is no such customer.")
    return found


async def list_sites(work: Work, customer_id: UUID, wanted: SiteFilter, last_seen: Key) -> Page:
    """Return one page of the sites of a customer by name.

    Raises:
        NotFound: there is no such customer.
    """
    last_name, last_id = last_seen
    page = await store.select_sites(
        work,
        customer_id,
        {
            "is_archived": wanted.archived,
            "last_name": last_name,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )
    if page is None:
        raise NotFound("There is no such customer.")
    return page


async def read_site(work: Work, site_id: UUID) -> tuple[bytes, int]:
    """Return one site as JSON and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_site(work, site_id)
    if found is None:
        raise NotFound("There is no such site.")
    return found
