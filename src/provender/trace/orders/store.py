"""The statements of orders, one function per file in `sql/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.trace.orders.model import Choice, FreeBatch, LineBalance, LockedOrder, OrderHeader, SetAside

SQL = SqlFolder(__file__)


@dataclass(frozen=True)
class OrderKey:
    """Where an order stands in a list."""

    ordered_at: datetime
    id: UUID


@dataclass(frozen=True)
class Row:
    """An id by itself."""

    id: UUID


@dataclass(frozen=True)
class BatchProduct:
    """Which product a batch is."""

    id: UUID
    product_id: UUID


@dataclass(frozen=True)
class Named:
    """The id behind a name."""

    name: str
    id: UUID


@dataclass(frozen=True)
class PaidPrice:
    """What was paid last for a piece of a product."""

    product_id: UUID
    unit_price: Decimal


@dataclass(frozen=True)
class AllocationPlace:
    """Which order and batch an allocation is of, and its state when it was read."""

    order_id: UUID
    batch_id: UUID
    state: str


async def select_order_keys(work: Work, parameters: Parameters) -> list[OrderKey]:
    """Return the keys of one page of orders, and one more when there are more; newest first."""
    return await work.fetch_all(OrderKey, SQL("select_order_keys"), parameters)


async def select_order_keys_of_customer(work: Work, parameters: Parameters) -> list[OrderKey]:
    """Return the keys of one page of a customer's orders, and one more when there are more."""
    return await work.fetch_all(OrderKey, SQL("select_order_keys_of_customer"), parameters)


async def select_order_keys_of_product(work: Work, parameters: Parameters) -> list[OrderKey]:
    """Return the keys of one page of the orders of a product, and one more when there are more."""
    return await work.fetch_all(OrderKey, SQL("select_order_keys_of_product"), parameters)


async def select_orders(work: Work, order_ids: Sequence[UUID]) -> bytes:
    """Return some orders as a JSON array, newest first."""
    return await work.fetch_json(SQL("select_orders"), {"order_ids": list(order_ids)}) or b"[]"


async def select_order(work: Work, order_id: UUID) -> tuple[bytes, int] | None:
    """Return one order as JSON and its version."""
    row = await work.fetch_row(SQL("select_order"), {"order_id": order_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def select_order_allocations(work: Work, order_id: UUID) -> bytes | None:
    """Return the allocations of an order as a JSON array, None when there is no such order."""
    return await work.fetch_json(SQL("select_order_allocations"), {"order_id": order_id})


async def customer_exists(work: Work, customer_id: UUID) -> bool:
    """Return whether there is such a customer."""
    return await _fetch_flag(work, "customer_exists", {"customer_id": customer_id})


async def product_exists(work: Work, product_id: UUID) -> bool:
    """Return whether there is such a product."""
    return await _fetch_flag(work, "product_exists", {"product_id": product_id})


async def order_number_exists(work: Work, number: str) -> bool:
    """Return whether an order has this number."""
    return await _fetch_flag(work, "order_number_exists", {"number": number})


async def batch_is_held(work: Work, batch_id: UUID) -> bool:
    """Return whether a batch is on hold."""
    return await _fetch_flag(work, "batch_is_held", {"batch_id": batch_id})


async def insert_order(work: Work, order: Parameters) -> UUID:
    """Add a draft and return its id."""
    row = await work.fetch_row(SQL("insert_order"), order)
    return cast("tuple[UUID]", row)[0]


async def insert_order_lines(work: Work, order: LockedOrder, lines: Sequence[tuple[UUID, int, Decimal]]) -> list[UUID]:
    """Add lines of (product, pieces, price per piece) and return their ids in order."""
    rows = await work.fetch_all(
        Row,
        SQL("insert_order_lines"),
        {
            "order_id": order.id,
            "customer_id": order.customer_id,
            "product_ids": [line[0] for line in lines],
            "quantities": [Decimal(line[1]) for line in lines],
            "unit_prices": [line[2] for line in lines],
        },
    )
    return [row.id for row in rows]


async def select_unknown_products(work: Work, product_ids: Sequence[UUID]) -> set[UUID]:
    """Return those ids that are no product that can be sold now."""
    rows = await work.fetch_all(Row, SQL("select_unknown_products"), {"product_ids": list(product_ids)})
    return {row.id for row in rows}


async def select_products_by_sku(work: Work, skus: Sequence[str]) -> dict[str, UUID]:
    """Return the products with some SKUs that can be sold now."""
    rows = await work.fetch_all(Named, SQL("select_products_by_sku"), {"skus": list(skus)})
    return {row.name: row.id for row in rows}


async def select_customers_by_name(work: Work, names: Sequence[str]) -> dict[str, UUID]:
    """Return the customers with some names that are not retired."""
    rows = await work.fetch_all(Named, SQL("select_customers_by_name"), {"names": list(names)})
    return {row.name: row.id for row in rows}


async def select_products_by_code(work: Work, codes: Sequence[str]) -> dict[str, UUID]:
    """Return the products that can be sold now, by the SKU or GTIN that was typed."""
    rows = await work.fetch_all(Named, SQL("select_products_by_code"), {"codes": list(codes)})
    return {row.name: row.id for row in rows}


async def select_site_by_name(work: Work, customer_id: UUID, name: str) -> UUID | None:
    """Return the site of a customer that has a name."""
    row = await work.fetch_row(SQL("select_site_by_name"), {"customer_id": customer_id, "name": name})
    return None if row is None else cast("UUID", row[0])


async def select_last_prices(
    work: Work, customer_id: UUID, currency: str, product_ids: Sequence[UUID]
) -> dict[UUID, Decimal]:
    """Return what a customer paid last for some products in a currency."""
    rows = await work.fetch_all(
        PaidPrice,
        SQL("select_last_prices"),
        {"customer_id": customer_id, "currency": currency, "product_ids": list(product_ids)},
    )
    return {row.product_id: row.unit_price for row in rows}


async def select_order_choices(work: Work) -> bytes:
    """Return what the form of an order offers, as a JSON object."""
    return await work.fetch_json(SQL("select_order_choices"), {"organisation_id": work.organisation_id}) or b"{}"


async def count_open_orders(work: Work) -> bytes:
    """Return how many orders are in each state that asks for work, as a JSON object."""
    return await work.fetch_json(SQL("count_open_orders"), {"organisation_id": work.organisation_id}) or b"{}"


async def lock_order(work: Work, order_id: UUID) -> LockedOrder | None:
    """Lock an order until the transaction ends."""
    return await work.fetch_one(LockedOrder, SQL("lock_order"), {"order_id": order_id})


async def select_line_balances(work: Work, order_id: UUID) -> list[LineBalance]:
    """Return where the pieces of each line are, by line number."""
    return await work.fetch_all(LineBalance, SQL("select_line_balances"), {"order_id": order_id})


async def select_order_header(work: Work, order_id: UUID) -> OrderHeader | None:
    """Return what can be changed of an order apart from its lines."""
    return await work.fetch_one(OrderHeader, SQL("select_order_header"), {"order_id": order_id})


async def update_order_header(work: Work, order_id: UUID, header: OrderHeader) -> int:
    """Replace what can be changed of an order apart from its lines."""
    return await work.execute(SQL("update_order_header"), {"order_id": order_id, **asdict(header)})


async def raise_order_version(work: Work, order_id: UUID) -> int:
    """Raise the version of an order whose lines were changed."""
    return await work.execute(SQL("raise_order_version"), {"order_id": order_id})


async def update_order_state(work: Work, order_id: UUID, state: str, reason: str | None) -> int:
    """Move an order to a state."""
    return await work.execute(SQL("update_order_state"), {"order_id": order_id, "state": state, "reason": reason or ""})


async def delete_order(work: Work, order_id: UUID) -> int:
    """Delete a draft; return how many there were."""
    return await work.execute(SQL("delete_order"), {"order_id": order_id})


async def update_order_line(work: Work, order_id: UUID, order_line_id: UUID, line: tuple[UUID, int, Decimal]) -> int:
    """Change a line to (product, pieces, price per piece); return how many there were."""
    product_id, quantity, unit_price = line
    return await work.execute(
        SQL("update_order_line"),
        {
            "order_id": order_id,
            "order_line_id": order_line_id,
            "product_id": product_id,
            "quantity": Decimal(quantity),
            "unit_price": unit_price,
        },
    )


async def delete_order_line(work: Work, order_id: UUID, order_line_id: UUID) -> int:
    """Remove a line; return how many there were."""
    return await work.execute(SQL("delete_order_line"), {"order_id": order_id, "order_line_id": order_line_id})


async def select_candidate_batches(work: Work, product_ids: Sequence[UUID], today: date) -> list[UUID]:
    """Return the batches of some products with free pieces, not held and not expired, by id."""
    rows = await work.fetch_all(
        Row, SQL("select_candidate_batches"), {"product_ids": list(product_ids), "today": today}
    )
    return [row.id for row in rows]


async def lock_batches(work: Work, batch_ids: Sequence[UUID]) -> list[UUID]:
    """Lock batches in the order of their ids; return those that exist."""
    rows = await work.fetch_all(Row, SQL("lock_batches"), {"batch_ids": list(batch_ids)})
    return [row.id for row in rows]


async def select_free_batches(work: Work, batch_ids: Sequence[UUID], today: date) -> list[FreeBatch]:
    """Return what is free of locked batches, by id."""
    return await work.fetch_all(FreeBatch, SQL("select_free_batches"), {"batch_ids": list(batch_ids), "today": today})


async def select_batch_products(work: Work, batch_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Return the product of each batch that exists and is one of a product."""
    rows = await work.fetch_all(BatchProduct, SQL("select_batch_products"), {"batch_ids": list(batch_ids)})
    return {row.id: row.product_id for row in rows}


async def insert_allocation(work: Work, order_id: UUID, choice: Choice, state: str) -> UUID | None:
    """Set pieces aside and return the allocation's id, None when the order has no such line."""
    row = await work.fetch_row(SQL("insert_allocation"), {"order_id": order_id, "state": state, **asdict(choice)})
    return None if row is None else cast("UUID", row[0])


async def select_set_aside(work: Work, order_id: UUID) -> list[SetAside]:
    """Return the allocations of an order that are not released, oldest first."""
    return await work.fetch_all(SetAside, SQL("select_set_aside"), {"order_id": order_id})


async def release_allocations(work: Work, allocation_ids: Sequence[UUID]) -> int:
    """Release allocations; return how many were not released before."""
    return await work.execute(SQL("release_allocations"), {"allocation_ids": list(allocation_ids)})


async def select_allocation(work: Work, allocation_id: UUID) -> AllocationPlace | None:
    """Return which order and batch an allocation is of."""
    return await work.fetch_one(AllocationPlace, SQL("select_allocation"), {"allocation_id": allocation_id})


async def select_allocation_shown(work: Work, allocation_id: UUID) -> bytes | None:
    """Return one allocation as JSON."""
    return await work.fetch_json(SQL("select_allocation_shown"), {"allocation_id": allocation_id})


async def update_allocation_state(work: Work, allocation_id: UUID, state: str) -> int:
    """Move an allocation to a state; return how many there were."""
    return await work.execute(SQL("update_allocation_state"), {"allocation_id": allocation_id, "state": state})


async def _fetch_flag(work: Work, name: str, parameters: Parameters) -> bool:
    row = await work.fetch_row(SQL(name), parameters)
    return row is not None and row[0] is True
