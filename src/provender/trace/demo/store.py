"""The statements of the demo, one function per file in `sql/`: each adds all rows of a table at once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import orjson

from provender.kit.db import SqlFolder, Work

SQL = SqlFolder(__file__)


async def _insert(work: Work, name: str, told: Sequence[object]) -> int:
    return await work.execute(SQL(name), {"told": orjson.dumps(told, default=str).decode()})


async def insert_farms(work: Work, told: Sequence[object]) -> int:
    """Add farms; return how many."""
    return await _insert(work, "insert_farms", told)


async def insert_plots(work: Work, told: Sequence[object]) -> int:
    """Add plots; return how many."""
    return await _insert(work, "insert_plots", told)


async def insert_suppliers(work: Work, told: Sequence[object]) -> int:
    """Add suppliers; return how many."""
    return await _insert(work, "insert_suppliers", told)


async def insert_materials(work: Work, told: Sequence[object]) -> int:
    """Add materials; return how many."""
    return await _insert(work, "insert_materials", told)


async def insert_products(work: Work, told: Sequence[object]) -> int:
    """Add products; return how many."""
    return await _insert(work, "insert_products", told)


async def insert_batches(work: Work, told: Sequence[object]) -> int:
    """Add batches; return how many."""
    return await _insert(work, "insert_batches", told)


async def insert_origins(work: Work, told: Sequence[object]) -> int:
    """Add from which plots harvests came; return how many."""
    return await _insert(work, "insert_origins", told)


async def insert_processes(work: Work, told: Sequence[object]) -> int:
    """Add processes; return how many."""
    return await _insert(work, "insert_processes", told)


async def insert_inputs(work: Work, told: Sequence[object]) -> int:
    """Add what processes took out of batches; return how many."""
    return await _insert(work, "insert_inputs", told)


async def insert_outputs(work: Work, told: Sequence[object]) -> int:
    """Add what processes put into batches; return how many."""
    return await _insert(work, "insert_outputs", told)


async def insert_customers(work: Work, told: Sequence[object]) -> int:
    """Add customers; return how many."""
    return await _insert(work, "insert_customers", told)


async def insert_sites(work: Work, told: Sequence[object]) -> int:
    """Add places where customers receive goods; return how many."""
    return await _insert(work, "insert_sites", told)


async def insert_orders(work: Work, told: Sequence[object]) -> int:
    """Add orders; return how many."""
    return await _insert(work, "insert_orders", told)


async def insert_order_lines(work: Work, told: Sequence[object]) -> int:
    """Add order lines; return how many."""
    return await _insert(work, "insert_order_lines", told)


async def insert_allocations(work: Work, told: Sequence[object]) -> int:
    """Add what is or was set aside; return how many."""
    return await _insert(work, "insert_allocations", told)


async def insert_shipments(work: Work, told: Sequence[object]) -> int:
    """Add shipments; return how many."""
    return await _insert(work, "insert_shipments", told)


async def insert_shipment_lines(work: Work, told: Sequence[object]) -> int:
    """Add what left; return how many."""
    return await _insert(work, "insert_shipment_lines", told)


async def insert_returns(work: Work, told: Sequence[object]) -> int:
    """Add returns; return how many."""
    return await _insert(work, "insert_returns", told)


async def insert_return_lines(work: Work, told: Sequence[object]) -> int:
    """Add what came back; return how many."""
    return await _insert(work, "insert_return_lines", told)


async def insert_holds(work: Work, told: Sequence[object]) -> int:
    """Add holds; return how many."""
    return await _insert(work, "insert_holds", told)


async def insert_complaints(work: Work, told: Sequence[object]) -> int:
    """Add complaints; return how many."""
    return await _insert(work, "insert_complaints", told)


async def move_orders(work: Work, to_state: str, order_ids: Sequence[UUID]) -> int:
    """Move orders on by one state; return how many."""
    return await work.execute(SQL("move_orders"), {"to_state": to_state, "order_ids": list(order_ids)})


async def take_numbers(work: Work, series: str, wanted: int) -> None:
    """Take so many numbers of a series."""
    await work.execute(SQL("take_numbers"), {"series": series, "wanted": wanted})
