"""Storing the story: the order in which the guards of the database let it in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from provender.kit import clock
from provender.kit.db import Work
from provender.trace.demo import store
from provender.trace.demo.model import TIME_ZONE, DemoStory
from provender.trace.demo.rules.rows import OrderRow, Rows
from provender.trace.demo.rules.telling import tell

STATES_ON_THE_WAY: tuple[tuple[str, frozenset[str]], ...] = (
    ("in_production", frozenset({"in_production"})),
    ("packed", frozenset({"packed"})),
    ("shipped", frozenset({"shipped", "delivered"})),
    ("delivered", frozenset({"delivered"})),
    ("cancelled", frozenset({"cancelled"})),
)
"""State to move to, and the final states of the orders that pass through it."""


async def load_small(work: Work, seed: int, today: date | None = None) -> DemoStory:
    """Record nine months of a maker's life in the organisation that `work` has become.

    Everything goes through the program's own role: row-level security, guards and audit hold. The caller
    has made the organisation, and nothing is in it yet.

    Args:
        work: A transaction of the application's own role, after `Work.become`.
        seed: The same seed gives the same codes and quantities, and the same days counted from `today`.
        today: The day to count from, by default the present one at the maker's; the records end the evening before.
    """
    loaded_on = today or clock.today(TIME_ZONE)
    telling = tell(seed, loaded_on)
    await _store_masters(work, telling.rows)
    await _store_production(work, telling.rows)
    await _store_sales(work, telling.rows)
    await _store_rest(work, telling.rows)
    await work.check_now()
    return DemoStory(
        loaded_on=loaded_on,
        complaint_id=telling.complaint_id,
        reported_batch_id=telling.reported_batch_id,
        suspect_batch_id=telling.suspect_batch_id,
        mock_root_id=telling.mock_root_id,
        row_counts={name: len(rows) for name, rows in vars(telling.rows).items()},
    )


async def _store_masters(work: Work, rows: Rows) -> None:
    await store.insert_farms(work, rows.farms)
    await store.insert_plots(work, rows.plots)
    await store.insert_suppliers(work, rows.suppliers)
    await store.insert_materials(work, rows.materials)
    await store.insert_products(work, rows.products)
    await store.insert_customers(work, rows.customers)
    await store.insert_sites(work, rows.sites)


async def _store_production(work: Work, rows: Rows) -> None:
    await store.insert_batches(work, rows.batches)
    await store.insert_origins(work, rows.origins)
    await store.insert_processes(work, [row for row in rows.processes if row.reverses_process_id is None])
    await store.insert_outputs(work, rows.outputs)


async def _store_sales(work: Work, rows: Rows) -> None:
    await store.insert_orders(work, rows.orders)
    await store.insert_order_lines(work, rows.order_lines)
    await store.insert_shipments(work, rows.shipments)
    await store.insert_shipment_lines(work, rows.shipment_lines)
    await store.insert_allocations(work, rows.allocations)
    await store.insert_returns(work, rows.returns)
    await store.insert_return_lines(work, rows.return_lines)


async def _store_rest(work: Work, rows: Rows) -> None:
    # Inputs come after returns: what came back may have been melted down.
    await store.insert_inputs(work, rows.inputs)
    await store.insert_processes(work, [row for row in rows.processes if row.reverses_process_id is not None])
    for to_state, passing in STATES_ON_THE_WAY:
        await store.move_orders(work, to_state, _passing(rows.orders, passing))
    await store.insert_holds(work, rows.holds)
    await store.insert_complaints(work, rows.complaints)
    for series, numbered in (
        ("SO", len(rows.orders)),
        ("SH", len(rows.shipments)),
        ("RT", len(rows.returns)),
        ("CP", len(rows.complaints)),
    ):
        await store.take_numbers(work, series, numbered)


def _passing(orders: Sequence[OrderRow], states: frozenset[str]) -> list[UUID]:
    return [order.id for order in orders if order.state in states]
