"""The story before it is stored: the same every time, possible at every moment, true to its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from provender.core.demo.actions import PEOPLE
from provender.core.demo.public import TIME_ZONE as MAKERS_TIME_ZONE
from provender.trace.demo.model import DEMO_SEED, RECORDERS, TIME_ZONE
from provender.trace.demo.origins import read_origins, read_shops
from provender.trace.demo.rules.masters import SINGLE_ORIGINS
from provender.trace.demo.rules.rows import Rows
from provender.trace.demo.rules.telling import tell

FRIDAY = date(2026, 11, 20)
ZONE = ZoneInfo(TIME_ZONE)
NOT_IN_STOCK = {"scrap", "sample"}


Movement = tuple[datetime, int, UUID, Decimal]


def movements(rows: Rows) -> list[Movement]:
    """Return when what came into a batch or left it, in order; of one instant, first what came in."""
    told = [*made_and_used(rows), *sold_and_returned(rows)]
    return sorted(told, key=lambda movement: movement[:2])


def made_and_used(rows: Rows) -> Iterator[Movement]:
    for output in rows.outputs:
        if output.role not in NOT_IN_STOCK:
            yield output.finished_at, 0, output.batch_id, output.quantity
    reversed_ids = {row.reverses_process_id for row in rows.processes}
    for drawn in rows.inputs:
        if drawn.process_id not in reversed_ids:
            yield drawn.started_at, 1, drawn.batch_id, -drawn.quantity


def sold_and_returned(rows: Rows) -> Iterator[Movement]:
    packed_at = {shipment.id: shipment.packed_at for shipment in rows.shipments}
    batch_of = {line.id: line.batch_id for line in rows.shipment_lines if line.batch_id}
    for line in rows.shipment_lines:
        if line.id in batch_of:
            yield packed_at[line.shipment_id], 1, batch_of[line.id], -line.quantity
    received_at = {receipt.id: receipt.received_at for receipt in rows.returns}
    for returned in rows.return_lines:
        if returned.disposition != "destroy":
            yield received_at[returned.return_receipt_id], 0, batch_of[returned.shipment_line_id], returned.quantity


def test_the_same_seed_and_day_tell_the_same_story() -> None:
    assert tell(DEMO_SEED, FRIDAY) == tell(DEMO_SEED, FRIDAY)


def test_another_seed_tells_another_story() -> None:
    assert tell(DEMO_SEED, FRIDAY).rows.batches != tell(1, FRIDAY).rows.batches


def test_a_week_later_codes_and_quantities_are_the_same_and_every_day_is_a_week_later() -> None:
    now, later = tell(DEMO_SEED, FRIDAY).rows, tell(DEMO_SEED, FRIDAY + timedelta(days=7)).rows

    assert [batch.code for batch in now.batches] == [batch.code for batch in later.batches]
    assert [line.quantity for line in now.shipment_lines] == [line.quantity for line in later.shipment_lines]
    assert [order.number for order in now.orders] == [order.number for order in later.orders]
    assert [batch.made_on + timedelta(days=7) for batch in now.batches] == [batch.made_on for batch in later.batches]


@pytest.mark.parametrize("days", range(7))
def test_on_whatever_weekday_it_is_loaded_no_batch_ever_holds_less_than_nothing(days: int) -> None:
    rows = tell(DEMO_SEED, FRIDAY + timedelta(days=days)).rows
    code_by_id = {batch.id: batch.code for batch in rows.batches}
    on_hand: dict[UUID, Decimal] = defaultdict(Decimal)
    overdrawn: set[str] = set()

    for at, _, batch_id, quantity in movements(rows):
        on_hand[batch_id] += quantity
        if on_hand[batch_id] < 0:
            overdrawn.add(f"{code_by_id[batch_id]} at {at}")

    assert overdrawn == set()


@pytest.mark.parametrize("day", [FRIDAY, date(2026, 3, 29), date(2026, 10, 26), date(2027, 1, 1), date(2028, 2, 29)])
def test_nothing_happened_after_the_evening_before_loading(day: date) -> None:
    rows = tell(DEMO_SEED, day).rows
    instants = [process.recorded_at for process in rows.processes]
    instants += [shipment.packed_at for shipment in rows.shipments]
    instants += [shipment.shipped_at for shipment in rows.shipments if shipment.shipped_at]
    instants += [shipment.delivered_at for shipment in rows.shipments if shipment.delivered_at]
    instants += [order.ordered_at for order in rows.orders]
    instants += [receipt.received_at for receipt in rows.returns]
    instants += [complaint.received_at for complaint in rows.complaints]

    assert max(instant.astimezone(ZONE).date() for instant in instants) < day


def test_on_one_day_a_machine_serves_one_run_only() -> None:
    # A recall counts what ran later that day on the same machine as possibly affected; the story wants none of it.
    rows = tell(DEMO_SEED, FRIDAY).rows
    days_by_machine: dict[str, list[date]] = defaultdict(list)
    for process in rows.processes:
        if process.equipment and process.equipment != "Packing line":
            first, last = (at.astimezone(ZONE).date() for at in (process.started_at, process.finished_at))
            days_by_machine[process.equipment] += [first + timedelta(days=n) for n in range((last - first).days + 1)]

    assert {machine for machine, days in days_by_machine.items() if len(days) != len(set(days))} == set()


def test_every_bar_of_one_origin_has_a_percentage_that_the_source_lists_for_it() -> None:
    by_short = {origin.short: origin for origin in read_origins()}

    strange = [short for short, percent in SINGLE_ORIGINS if percent not in by_short[short].cocoa_percentages]

    assert strange == []


def test_it_is_as_large_as_a_small_maker() -> None:
    rows = tell(DEMO_SEED, FRIDAY).rows

    assert len({farm.country for farm in rows.farms}) == 12
    assert (len(rows.farms), len(rows.suppliers), len(rows.products), len(rows.customers)) == (30, 6, 24, 60)
    assert len(read_shops()) == 60
    assert 120 <= len([batch for batch in rows.batches if batch.farm_id]) <= 180
    assert 400 <= len(rows.processes) <= 600
    assert 700 <= len(rows.batches) <= 1000
    assert 480 <= len(rows.orders) <= 520
    assert {order.state for order in rows.orders} == {
        "draft", "confirmed", "in_production", "packed", "shipped", "delivered", "cancelled",
    }  # fmt: skip
    assert {process.kind for process in rows.processes} == {
        "receive", "roast", "winnow", "grind", "conche", "mould", "pack", "split", "merge", "rework", "scrap",
        "adjust", "count", "reversal",
    }  # fmt: skip


def test_what_was_shipped_of_an_order_is_never_more_than_was_ordered() -> None:
    rows = tell(DEMO_SEED, FRIDAY).rows
    shipped: dict[UUID, Decimal] = defaultdict(Decimal)
    for line in rows.shipment_lines:
        shipped[line.order_line_id] += line.quantity

    assert all(shipped[line.id] <= line.quantity for line in rows.order_lines)


def test_what_is_shipped_or_delivered_has_left_whole_and_the_rest_has_not() -> None:
    rows = tell(DEMO_SEED, FRIDAY).rows
    shipped: dict[UUID, Decimal] = defaultdict(Decimal)
    ordered: dict[UUID, Decimal] = defaultdict(Decimal)
    departed = {shipment.id for shipment in rows.shipments if shipment.shipped_at}
    for sold in rows.shipment_lines:
        if sold.shipment_id in departed:
            shipped[sold.order_id] += sold.quantity
    for line in rows.order_lines:
        ordered[line.order_id] += line.quantity

    gone = {order.id for order in rows.orders if order.state in {"shipped", "delivered"}}
    assert {order_id for order_id, pieces in ordered.items() if shipped[order_id] == pieces} == gone


def test_it_was_recorded_by_the_people_of_the_maker_where_the_maker_is() -> None:
    assert set(RECORDERS) == {full_name for _, _, full_name in PEOPLE}
    assert TIME_ZONE == MAKERS_TIME_ZONE
