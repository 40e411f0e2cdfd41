"""REST of products."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.exports import all_pages, csv_answer
from provender.kit.http.imports import ImportMode, ImportResult
from provender.kit.http.routing import rest_router
from provender.trace.products import actions, reads
from provender.trace.products.imports import PRODUCT_IMPORT
from provender.trace.products.payloads import Product, ProductExportFilter, ProductFilter, ProductInput, ProductList

router = rest_router("/api/trace/products", "products")


@router.get("", response_model=ProductList)
async def list_products(request: Request, wanted: Annotated[ProductFilter, Query()]) -> Response:
    """List products by sku; one without batches is listed with 0."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_products(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/export", response_class=Response)
async def export_products(request: Request, wanted: Annotated[ProductExportFilter, Query()]) -> Response:
    """Answer all products of the filter as CSV."""
    every = all_pages(wanted)
    return await csv_answer(
        request, reads.PRODUCT_EXPORT, wanted.dialect, lambda work, key: reads.list_products(work, every, key)
    )


@router.post("/import", response_model=ImportResult)
async def import_products(request: Request, mode: ImportMode = ImportMode.ALL) -> ImportResult:
    """Add products from a CSV file sent as the body: all or nothing, or the good rows."""
    return await PRODUCT_IMPORT.run(request, await request.body(), mode)


@router.post("", response_model=Product, status_code=201)
async def add_product(request: Request, product: ProductInput, key: IdempotencyKey = None) -> Response:
    """Add a product."""

    async def add(work: Work) -> Created:
        product_id = await actions.add_product(work, product)
        body, _ = await reads.read_product(work, product_id)
        return Created(f"/api/trace/products/{product_id}", body)

    return await once(request, key, add)


@router.get("/{product_id}", response_model=Product)
async def show_product(request: Request, product_id: UUID) -> Response:
    """Answer one product."""
    async with reading(request) as work:
        body, version = await reads.read_product(work, product_id)
    return json_answer(body, version=version)


@router.put("/{product_id}", response_model=Product)
async def replace_product(
    request: Request, product_id: UUID, product: ProductInput, if_match: IfMatch = None
) -> Response:
    """Replace a product; If-Match names the version that was read."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_product(work, product_id, expected, product)
        return await reads.read_product(work, product_id)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@router.post("/{product_id}/archive", response_model=Product)
async def archive_product(request: Request, product_id: UUID) -> Response:
    """Retire a product: no longer offered, the records that name it stay."""
    return await _archive(request, product_id, is_archived=True)


@router.post("/{product_id}/restore", response_model=Product)
async def restore_product(request: Request, product_id: UUID) -> Response:
    """Bring a retired product back."""
    return await _archive(request, product_id, is_archived=False)


@router.delete("/{product_id}", status_code=204)
async def remove_product(request: Request, product_id: UUID) -> Response:
    """Delete a product that was never used; one in use answers 409."""
    await change(request, lambda work: actions.remove_product(work, product_id))
    return Response(status_code=204)


async def _archive(request: Request, product_id: UUID, *, is_archived: bool) -> Response:
    async def archive(work: Work) -> tuple[bytes, int]:
        await actions.archive_product(work, product_id, is_archived=is_archived)
        return await reads.read_product(work, product_id)

    body, version = await change(request, archive)
    return json_answer(body, version=version)
