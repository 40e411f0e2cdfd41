"""The statements of products, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page
from provender.trace.products.model import MaterialShape, ProductUses

SQL = SqlFolder(__file__)


async def select_products(work: Work, parameters: Parameters) -> Page:
    """Return one page of products by sku."""
    return await fetch_page(work, SQL("select_products"), parameters)


async def select_product(work: Work, product_id: UUID) -> tuple[bytes, int] | None:
    """Return one product as JSON and its version."""
    row = await work.fetch_row(SQL("select_product"), {"product_id": product_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def count_product_uses(work: Work, product_id: UUID) -> ProductUses | None:
    """Return what points to a product."""
    return await work.fetch_one(ProductUses, SQL("count_product_uses"), {"product_id": product_id})


async def insert_product(work: Work, product: Parameters) -> UUID:
    """Add a product and return its id."""
    row = await work.fetch_row(SQL("insert_product"), product)
    return cast("tuple[UUID]", row)[0]


async def update_product(work: Work, product_id: UUID, version: int, product: Parameters) -> int:
    """Replace a product of that version; return how many were replaced."""
    return await work.execute(SQL("update_product"), {**product, "product_id": product_id, "version": version})


async def archive_product(work: Work, product_id: UUID, *, is_archived: bool) -> int:
    """Retire a product or bring it back; return how many there were."""
    return await work.execute(SQL("archive_product"), {"product_id": product_id, "is_archived": is_archived})


async def delete_product(work: Work, product_id: UUID) -> int:
    """Delete a product that nothing points to; return how many there were."""
    return await work.execute(SQL("delete_product"), {"product_id": product_id})


async def is_sku_taken(work: Work, sku: str) -> bool:
    """Whether a product has this SKU."""
    row = await work.fetch_row(SQL("is_sku_taken"), {"sku": sku})
    return row is not None and bool(row[0])


async def select_material_shape(work: Work, material_id: UUID) -> MaterialShape | None:
    """Return what kind of thing a material is; None when there is no such material."""
    return await work.fetch_one(MaterialShape, SQL("select_material_shape"), {"material_id": material_id})


async def select_unsold_materials(work: Work, most: int) -> bytes:
    """Return finished materials that are not sold as a product yet, as a JSON array."""
    return await work.fetch_json(SQL("select_unsold_materials"), {"most": most}) or b"[]"
