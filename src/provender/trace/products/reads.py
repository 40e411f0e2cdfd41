"""Questions about products."""

from __future__ import annotations

from uuid import UUID

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.trace.products import store
from provender.trace.products.payloads import ProductFilter

KEY_WIDTH = 2
PRODUCT_EXPORT = Export(
    "products",
    (
        Column("sku"),
        Column("name"),
        Column("gtin"),
        Column("net_mass_g", kind=Kind.NUMBER),
        Column("units_per_case", kind=Kind.NUMBER),
        Column("shelf_life_days", kind=Kind.NUMBER),
        Column("material_code", "material.code"),
        Column("batch_count", kind=Kind.NUMBER),
        Column("archived_at", kind=Kind.MOMENT),
        Column("id"),
    ),
    KEY_WIDTH,
)


async def list_products(work: Work, wanted: ProductFilter, last_seen: Key) -> Page:
    """Return one page of products by sku, after the key (sku, id) of the last row seen."""
    last_sku, last_id = last_seen
    return await store.select_products(
        work,
        {
            "search": wanted.search,
            "search_gtin": wanted.search_gtin,
            "sku_prefix": wanted.sku,
            "name_prefix": wanted.name,
            "gtin": wanted.gtin,
            "is_archived": wanted.archived,
            "last_sku": last_sku,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_product(work: Work, product_id: UUID) -> tuple[bytes, int]:
    """Return one product as JSON and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_product(work, product_id)
    if found is None:
        raise NotFound("There is no such product.")
    return found
