"""REST of customers."""

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
from provender.trace.customers import actions, reads
from provender.trace.customers.imports import CUSTOMER_IMPORT
from provender.trace.customers.payloads import (
    Customer,
    CustomerExportFilter,
    CustomerFilter,
    CustomerInput,
    CustomerList,
    Site,
    SiteFilter,
    SiteInput,
    SiteList,
)

router = rest_router("/api/trace/customers", "customers")
site_router = rest_router("/api/trace/customer-sites", "customers")


@router.get("", response_model=CustomerList)
async def list_customers(request: Request, wanted: Annotated[CustomerFilter, Query()]) -> Response:
    """List customers by name; one without orders is listed with 0."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_customers(work, wanted, last_seen)
    return page_answer(request, page)


@router.get("/export", response_class=Response)
async def export_customers(request: Request, wanted: Annotated[CustomerExportFilter, Query()]) -> Response:
    """Answer all customers of the filter as CSV."""
    every = all_pages(wanted)
    return await csv_answer(
        request, reads.CUSTOMER_EXPORT, wanted.dialect, lambda work, key: reads.list_customers(work, every, key)
    )


@router.post("/import", response_model=ImportResult)
async def import_customers(request: Request, mode: ImportMode = ImportMode.ALL) -> ImportResult:
    """Add customers from a CSV file sent as the body: all or nothing, or the good rows."""
    return await CUSTOMER_IMPORT.run(request, await request.body(), mode)


@router.post("", response_model=Customer, status_code=201)
async def add_customer(request: Request, customer: CustomerInput, key: IdempotencyKey = None) -> Response:
    """Add a customer."""

    async def add(work: Work) -> Created:
        customer_id = await actions.add_customer(work, customer)
        body, _ = await reads.read_customer(work, customer_id)
        return Created(f"/api/trace/customers/{customer_id}", body)

    return await once(request, key, add)


@router.get("/{customer_id}", response_model=Customer)
async def show_customer(request: Request, customer_id: UUID) -> Response:
    """Answer one customer."""
    async with reading(request) as work:
        body, version = await reads.read_customer(work, customer_id)
    return json_answer(body, version=version)


@router.put("/{customer_id}", response_model=Customer)
async def replace_customer(
    request: Request, customer_id: UUID, customer: CustomerInput, if_match: IfMatch = None
) -> Response:
    """Replace a customer; If-Match names the version that was read."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_customer(work, customer_id, expected, customer)
        return await reads.read_customer(work, customer_id)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@router.post("/{customer_id}/archive", response_model=Customer)
async def archive_customer(request: Request, customer_id: UUID) -> Response:
    """Retire a customer: no longer offered, the records that name it stay."""
    return await _archive_customer(request, customer_id, is_archived=True)


@router.post("/{customer_id}/restore", response_model=Customer)
async def restore_customer(request: Request, customer_id: UUID) -> Response:
    """Bring a retired customer back."""
    return await _archive_customer(request, customer_id, is_archived=False)


@router.delete("/{customer_id}", status_code=204)
async def remove_customer(request: Request, customer_id: UUID) -> Response:
    """Delete a customer that was never used; one in use answers 409."""
    await change(request, lambda work: actions.remove_customer(work, customer_id))
    return Response(status_code=204)


@router.get("/{customer_id}/sites", response_model=SiteList)
async def list_sites(request: Request, customer_id: UUID, wanted: Annotated[SiteFilter, Query()]) -> Response:
    """List the sites of a customer by name; 404 when there is no such customer, an empty list when it has none."""
    last_seen = open_cursor(request, wanted.cursor, reads.KEY_WIDTH)
    async with reading(request) as work:
        page = await reads.list_sites(work, customer_id, wanted, last_seen)
    return page_answer(request, page)


@router.post("/{customer_id}/sites", response_model=Site, status_code=201)
async def add_site(request: Request, customer_id: UUID, site: SiteInput, key: IdempotencyKey = None) -> Response:
    """Add a site to a customer."""

    async def add(work: Work) -> Created:
        site_id = await actions.add_site(work, customer_id, site)
        body, _ = await reads.read_site(work, site_id)
        return Created(f"/api/trace/customer-sites/{site_id}", body)

    return await once(request, key, add)


@site_router.get("/{site_id}", response_model=Site)
async def show_site(request: Request, site_id: UUID) -> Response:
    """Answer one site."""
    async with reading(request) as work:
        body, version = await reads.read_site(work, site_id)
    return json_answer(body, version=version)


@site_router.put("/{site_id}", response_model=Site)
async def replace_site(request: Request, site_id: UUID, site: SiteInput, if_match: IfMatch = None) -> Response:
    """Replace a site; If-Match names the version that was read."""
    expected = expected_version(if_match)

    async def replace(work: Work) -> tuple[bytes, int]:
        await actions.replace_site(work, site_id, expected, site)
        return await reads.read_site(work, site_id)

    body, version = await change(request, replace)
    return json_answer(body, version=version)


@site_router.post("/{site_id}/archive", response_model=Site)
async def archive_site(request: Request, site_id: UUID) -> Response:
    """Retire a site: no longer offered, the orders that went there stay."""
    return await _archive_site(request, site_id, is_archived=True)


@site_router.post("/{site_id}/restore", response_model=Site)
async def restore_site(request: Request, site_id: UUID) -> Response:
    """Bring a retired site back."""
    return await _archive_site(request, site_id, is_archived=False)


@site_router.delete("/{site_id}", status_code=204)
async def remove_site(request: Request, site_id: UUID) -> Response:
    """Delete a site that no order names; one in use answers 409."""
    await change(request, lambda work: actions.remove_site(work, site_id))
    return Response(status_code=204)


async def _archive_customer(request: Request, customer_id: UUID, *, is_archived: bool) -> Response:
    async def archive(work: Work) -> tuple[bytes, int]:
        await actions.archive_customer(work, customer_id, is_archived=is_archived)
        return await reads.read_customer(work, customer_id)

    body, version = await change(request, archive)
    return json_answer(body, version=version)


async def _archive_site(request: Request, site_id: UUID, *, is_archived: bool) -> Response:
    async def archive(work: Work) -> tuple[bytes, int]:
        await actions.archive_site(work, site_id, is_archived=is_archived)
        return await reads.read_site(work, site_id)

    body, version = await change(request, archive)
    return json_answer(body, version=version)
