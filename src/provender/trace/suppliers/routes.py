"""REST of suppliers."""

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
from provender.trace.suppliers import actions, reads
from provender.trace.suppliers.imports import SUPPLIER_IMPORT
from provender.trace.suppliers.payloads import (
    Supplier,
    SupplierExportFilter,
    SupplierFilter,
    SupplierInput,
    SupplierList,
)

router = rest_router("/api/trace/suppliers", "suppliers")


@router.get("", response_model=SupplierList)
async def list_suppliers(request: Request, wanted: Annotated[SupplierFilter, Query()]) -> Response:
    """List suppliers by name; one that delivered nothing is listed with 0 batches."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_suppliers(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/export", response_class=Response)
async def export_suppliers(request: Request, wanted: Annotated[SupplierExportFilter, Query()]) -> Response:
    """Answer all suppliers of the filter as CSV."""
    every = all_pages(wanted)
    return await csv_answer(
        request, reads.SUPPLIER_EXPORT, wanted.dialect, lambda work, key: reads.list_suppliers(work, every, key)
    )


@router.post("/import", response_model=ImportResult)
async def import_suppliers(request: Request, mode: ImportMode = ImportMode.ALL) -> ImportResult:
    """Add suppliers from a CSV file sent as the body: all or nothing, or the good rows."""
    return await SUPPLIER_IMPORT.run(request, await request.body(), mode)


@router.post("", response_model=Supplier, status_code=201)
async def add_supplier(request: Request, supplier: SupplierInput, key: IdempotencyKey = None) -> Response:
    """Add a supplier."""

    async def add(work: Work) -> Created:
        supplier_id = await actions.add_supplier(work, supplier)
        body, _ = await reads.read_supplier(work, supplier_id)
        return Created(f"/api/trace/suppliers/{supplier_id}", body)

    return await once(request, key, add)


@router.get("/{supplier_id}", response_model=Supplier)
async def show_supplier(request: Request, supplier_id: UUID) -> Response:
    """Answer one supplier."""
    async with reading(request) as work:
        body, version = await reads.read_supplier(work, supplier_id)
    return json_answer(body, version=version)


@router.put("/{supplier_id}", response_model=Supplier)
async def replace_supplier(
    request: Request, supplier_id: UUID, supplier: SupplierInput, if_match: IfMatch = None
) -> Response:
    """Replace a supplier; If-Match names the version that was read."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_supplier(work, supplier_id, expected, supplier)
        return await reads.read_supplier(work, supplier_id)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@router.post("/{supplier_id}/archive", response_model=Supplier)
async def archive_supplier(request: Request, supplier_id: UUID) -> Response:
    """Retire a supplier: no longer offered, the records that name it stay."""
    return await _archive(request, supplier_id, is_archived=True)


@router.post("/{supplier_id}/restore", response_model=Supplier)
async def restore_supplier(request: Request, supplier_id: UUID) -> Response:
    """Bring a retired supplier back."""
    return await _archive(request, supplier_id, is_archived=False)


@router.delete("/{supplier_id}", status_code=204)
async def remove_supplier(request: Request, supplier_id: UUID) -> Response:
    """Delete a supplier that was never used; one in use answers 409."""
    await change(request, lambda work: actions.remove_supplier(work, supplier_id))
    return Response(status_code=204)


async def _archive(request: Request, supplier_id: UUID, *, is_archived: bool) -> Response:
    async def archive(work: Work) -> tuple[bytes, int]:
        await actions.archive_supplier(work, supplier_id, is_archived=is_archived)
        return await reads.read_supplier(work, supplier_id)

    body, version = await change(request, archive)
    return json_answer(body, version=version)
