"""Loading a million batches: how much for whom, and in which order.

Shape, as in the measurements that chose the schema (docs/reference/performance.md): blocks of twenty
batches in six levels, thirty orders for ten batches of bars, and one silo of sugar whose descendants
have a hundred thousand shipment lines. Kinds of keys (`key_of`): 1 farm, 2 plot, 3 material, 4 product,
5 customer, 6 batch, 7 process, 8 order, 9 order line, 10 shipment, 11 shipment line, 12 allocation.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, cast
from uuid import UUID

from provender.kit import clock
from provender.kit.db.administration import fetch_texts
from provender.kit.db.bulk import Bulk, bulk_load
from provender.trace.demo.large import store

Report = Callable[[str], None]

BLOCKS: Final = 50_000
"""Of twenty batches each: a million batches, 2.3 million inputs and outputs, ten million shipment lines."""
SHARES: Final = (20, 14, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2)
"""Hundredths of everything, by organisation; the first has a fifth."""
YEARS: Final = timedelta(days=3 * 365)
PRODUCTS: Final = 40
SILO_BLOCKS: Final = 477
"""Blocks that take sugar from the silo: times 7 batches of bars times 30 orders, 100,000 shipment lines."""
NAME: Final = "Measured maker"
MEASURER: Final = "measure@provender.example"
"""A member of every loaded organisation, without password; `provender admin token` gives a token for the first."""
TABLES: Final = (
    "trace.farm", "trace.plot", "trace.material", "trace.product", "trace.customer", "trace.batch",
    "trace.batch_origin", "trace.process", "trace.process_output", "trace.process_input", "trace.sales_order",
    "trace.order_line", "trace.allocation", "trace.shipment", "trace.shipment_line",
)  # fmt: skip
ADDITIONS: Final = (
    store.insert_farms, store.insert_plots, store.insert_materials, store.insert_products, store.insert_customers,
    store.insert_batches, store.insert_origins, store.insert_processes, store.insert_outputs, store.insert_inputs,
    store.insert_orders, store.insert_order_lines, store.insert_shipments, store.insert_shipment_lines,
    store.insert_allocations,
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How much one organisation gets. Times in milliseconds.

    Attributes:
        windows: Of ten batches of bars and thirty orders.
        shipped_windows: Those whose orders are delivered; the others are set aside.
        silo_from: First block that takes sugar from the silo, -1 for none.
        silo_to: Last such block.
    """

    organisation_id: UUID
    blocks: int
    windows: int
    shipped_windows: int
    base_ms: int
    step_ms: int
    farms: int
    products: int
    customers: int
    silo_from: int
    silo_to: int


def load_large(admin_url: str, report: Report, *, blocks: int = BLOCKS) -> None:
    """Load once; a second call finds the first organisation and changes nothing.

    For a database nobody else uses meanwhile. Constraints, indexes and triggers step aside and come back
    checked; all of it is one transaction.

    Args:
        admin_url: For a superuser, or an owner who bypasses row-level security.
        report: Told how work goes on.
        blocks: Twenty batches each; fewer for trying out.
    """
    if fetch_texts(admin_url, "SELECT 1 FROM core.organisation WHERE name = %(name)s", {"name": f"{NAME} 1"}):
        report("The large demo is there already.")
        return
    began_at = clock.now()
    with bulk_load(admin_url, TABLES, report) as bulk:
        bulk.run((Path(__file__).parent / "keys.sql").read_bytes())
        for number, share in enumerate(SHARES, start=1):
            _load_one(bulk, number, max(blocks * share // 1000 * 10, 10), report)
    report(f"Loaded in {(clock.now() - began_at).total_seconds():.0f} seconds.")


def _load_one(bulk: Bulk, number: int, blocks: int, report: Report) -> None:
    plan = asdict(_plan(_open_organisation(bulk, number), number, blocks))
    counts = {add.__name__.removeprefix("insert_"): add(bulk, plan) for add in ADDITIONS}
    store.insert_counters(bulk, {**plan, "orders": counts["orders"], "shipments": counts["shipments"]})
    report(
        f"Organisation {number} of {len(SHARES)}: {counts['batches']:,} batches, {counts['orders']:,} orders, "
        f"{counts['shipment_lines']:,} shipment lines."
    )


def _open_organisation(bulk: Bulk, number: int) -> UUID:
    row = bulk.fetch(
        b"SELECT core.open_organisation(%(name)s, 'DE', 'Europe/Berlin', 'en', %(email)s)",
        {"name": f"{NAME} {number}", "email": MEASURER},
    )[0]
    organisation_id = cast("UUID", row[0])
    person = {"organisation_id": organisation_id, "email": MEASURER, "full_name": "Measurer"}
    store.insert_member(bulk, person)
    return organisation_id


def _plan(organisation_id: UUID, number: int, blocks: int) -> Plan:
    windows = blocks * 7 // 10
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    step_ms = int(YEARS.total_seconds() * 1000) // blocks
    has_silo = number == 1
    silo_blocks = min(SILO_BLOCKS, blocks // 4)
    return Plan(
        organisation_id=organisation_id,
        blocks=blocks,
        windows=windows,
        shipped_windows=windows - max(windows // 100, 1),
        base_ms=int((midnight - YEARS - timedelta(days=7)).timestamp() * 1000),
        step_ms=step_ms,
        farms=max(blocks * 4 // 10, 5),
        products=PRODUCTS,
        customers=max(blocks * 2, 10),
        silo_from=blocks // 2 if has_silo else -1,
        silo_to=blocks // 2 + silo_blocks - 1 if has_silo else -1,
    )
