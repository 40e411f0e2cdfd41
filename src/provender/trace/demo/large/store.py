"""The statements of the large load, one function per file in `sql/`; each adds the rows of one organisation."""

from __future__ import annotations

from provender.kit.db import Parameters, SqlFolder
from provender.kit.db.bulk import Bulk

SQL = SqlFolder(__file__)


def insert_farms(bulk: Bulk, plan: Parameters) -> int:
    """Add farms; return how many rows."""
    return bulk.run(SQL("insert_farms"), plan)


def insert_plots(bulk: Bulk, plan: Parameters) -> int:
    """Add plots; return how many rows."""
    return bulk.run(SQL("insert_plots"), plan)


def insert_materials(bulk: Bulk, plan: Parameters) -> int:
    """Add materials; return how many rows."""
    return bulk.run(SQL("insert_materials"), plan)


def insert_products(bulk: Bulk, plan: Parameters) -> int:
    """Add products; return how many rows."""
    return bulk.run(SQL("insert_products"), plan)


def insert_customers(bulk: Bulk, plan: Parameters) -> int:
    """Add customers; return how many rows."""
    return bulk.run(SQL("insert_customers"), plan)


def insert_batches(bulk: Bulk, plan: Parameters) -> int:
    """Add batches; return how many rows."""
    return bulk.run(SQL("insert_batches"), plan)


def insert_origins(bulk: Bulk, plan: Parameters) -> int:
    """Add origins; return how many rows."""
    return bulk.run(SQL("insert_origins"), plan)


def insert_processes(bulk: Bulk, plan: Parameters) -> int:
    """Add processes; return how many rows."""
    return bulk.run(SQL("insert_processes"), plan)


def insert_outputs(bulk: Bulk, plan: Parameters) -> int:
    """Add outputs; return how many rows."""
    return bulk.run(SQL("insert_outputs"), plan)


def insert_inputs(bulk: Bulk, plan: Parameters) -> int:
    """Add inputs; return how many rows."""
    return bulk.run(SQL("insert_inputs"), plan)


def insert_orders(bulk: Bulk, plan: Parameters) -> int:
    """Add orders; return how many rows."""
    return bulk.run(SQL("insert_orders"), plan)


def insert_order_lines(bulk: Bulk, plan: Parameters) -> int:
    """Add order lines; return how many rows."""
    return bulk.run(SQL("insert_order_lines"), plan)


def insert_shipments(bulk: Bulk, plan: Parameters) -> int:
    """Add shipments; return how many rows."""
    return bulk.run(SQL("insert_shipments"), plan)


def insert_shipment_lines(bulk: Bulk, plan: Parameters) -> int:
    """Add shipment lines; return how many rows."""
    return bulk.run(SQL("insert_shipment_lines"), plan)


def insert_allocations(bulk: Bulk, plan: Parameters) -> int:
    """Add allocations; return how many rows."""
    return bulk.run(SQL("insert_allocations"), plan)


def insert_counters(bulk: Bulk, plan: Parameters) -> int:
    """Say which numbers are taken; return how many rows."""
    return bulk.run(SQL("insert_counters"), plan)


def insert_member(bulk: Bulk, plan: Parameters) -> int:
    """Add the person who measures; return how many rows."""
    return bulk.run(SQL("insert_member"), plan)
