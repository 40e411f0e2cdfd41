"""The statements of lineage, one function per file in `sql/`."""

from __future__ import annotations

from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_relation
from provender.trace.lineage.model import Start, StartName

SQL = SqlFolder(__file__)


async def select_orders(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of the orders reached from a batch or farm, or None when there is no such start."""
    return await fetch_relation(work, SQL("select_orders"), parameters)


async def select_customers(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of the customers reached from a batch or farm, or None when there is no such start."""
    return await fetch_relation(work, SQL("select_customers"), parameters)


async def select_batches(work: Work, parameters: Parameters) -> Page | None:
    """Return one page of the batches of a farm or product, or None when there is none such."""
    return await fetch_relation(work, SQL("select_batches"), parameters)


async def select_products(work: Work, batch_id: UUID) -> Page | None:
    """Return the products that a batch became, or None when there is no such batch."""
    return await fetch_relation(work, SQL("select_products"), {"batch_id": batch_id})


async def select_batch_farms(work: Work, batch_id: UUID) -> Page | None:
    """Return the farms behind a batch, or None when there is no such batch."""
    return await fetch_relation(work, SQL("select_batch_farms"), {"batch_id": batch_id})


async def select_order_batches(work: Work, order_id: UUID) -> tuple[bytes, object] | None:
    """Return the batches of an order and its pieces without batch, or None when there is no such order."""
    row = await work.fetch_row(SQL("select_order_batches"), {"order_id": order_id})
    return None if row is None else (bytes_of(row[0]), row[1])


async def select_order_farms(work: Work, order_id: UUID) -> tuple[bytes, object] | None:
    """Return the farms of an order and its pieces without batch, or None when there is no such order."""
    row = await work.fetch_row(SQL("select_order_farms"), {"order_id": order_id})
    return None if row is None else (bytes_of(row[0]), row[1])


async def select_graph(work: Work, parameters: Parameters) -> bytes | None:
    """Return the graph around a batch as JSON, or None when there is no such batch."""
    return await work.fetch_json(SQL("select_graph"), parameters)


async def select_start(work: Work, start: Start) -> StartName | None:
    """Return what a start is called, or None when there is no such thing."""
    parameters = {"batch_id": start.batch_id, "farm_id": start.farm_id}
    return await work.fetch_one(StartName, SQL("select_start"), parameters)


async def select_order_count(work: Work, batch_id: UUID, most: int) -> int:
    """Return how many orders got something of a batch, `most` + 1 when there are more."""
    row = await work.fetch_row(SQL("select_order_count"), {"batch_id": batch_id, "most": most})
    return int(str(row[0])) if row else 0
