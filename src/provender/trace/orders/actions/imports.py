"""Files of orders: rows with one number are the lines of one order, saved whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from provender.kit.csv.errors import Fault
from provender.kit.csv.reading import Entries, Headings
from provender.kit.db import Work
from provender.kit.errors import Refusal
from provender.kit.http.imports import ALWAYS_FATAL, Import, faults_of
from provender.kit.sentences import tell
from provender.kit.validation import tell_fault
from provender.trace.orders import store
from provender.trace.orders.actions.orders import add_order
from provender.trace.orders.payloads import OrderInput, OrderLineInput, OrderRow, OrderRowText

HEADINGS: Final = Headings(
    required=("number", "customer", "sku", "quantity"),
    optional=("unit_price", "customer_reference", "currency", "ordered_on", "expected_on"),
    numbers=frozenset({"quantity", "unit_price"}),
)
OF_THE_ORDER: Final = ("customer", "customer_reference", "currency", "ordered_on", "expected_on")
"""Columns that say something of the order, not of the line: all rows of one order must agree."""

COLUMN_BY_FIELD: Final = {"ordered_at": "ordered_on"}


@dataclass
class OrderGroup:
    """The rows of one order, and what is wrong with them."""

    number: str
    rows: list[tuple[int, OrderRow]] = field(default_factory=list[tuple[int, OrderRow]])
    lines: list[int] = field(default_factory=list[int])
    faults: list[Fault] = field(default_factory=list[Fault])


@dataclass(frozen=True)
class KnownNames:
    """Ids behind the names of a file."""

    customers: Mapping[str, UUID]
    products: Mapping[str, UUID]


async def add_orders(work: Work, parsed: Entries[OrderRowText]) -> list[Fault]:
    """Add confirmed orders; an order of which a row is wrong is left out with all its rows, each named."""
    groups = group_rows(parsed.entries)
    rows = [row for group in groups for _, row in group.rows]
    names = KnownNames(
        await store.select_customers_by_name(work, sorted({row.customer for row in rows})),
        await store.select_products_by_sku(work, sorted({row.sku for row in rows})),
    )
    zone = (await work.caller()).time_zone
    faults: list[Fault] = []
    for group in groups:
        find_faults(group, names)
        if not group.faults:
            await _add_group(work, group, names, zone)
        faults += with_left_out(group)
    return faults


ORDER_IMPORT: Final = Import(HEADINGS, OrderRowText, add_orders)


def group_rows(entries: Sequence[tuple[int, OrderRowText]]) -> list[OrderGroup]:
    """Return the rows by order, in the order in which the file names them first."""
    groups: dict[str, OrderGroup] = {}
    for line, text in entries:
        group = groups.setdefault(text.number, OrderGroup(text.number))
        group.lines.append(line)
        try:
            group.rows.append((line, OrderRow.model_validate(text.model_dump(exclude={"number"}, exclude_none=True))))
        except ValidationError as error:
            group.faults += [
                Fault(line, ".".join(map(str, fault["loc"])), tell_fault(fault))
                for fault in error.errors(include_url=False, include_input=False)
            ]
    return list(groups.values())


def find_faults(group: OrderGroup, names: KnownNames) -> None:
    """Add to a group what is wrong with it: unknown names, and rows that contradict the first."""
    for line, row in group.rows:
        first = group.rows[0][1]
        if row.customer not in names.customers:
            group.faults.append(Fault(line, "customer", tell("There is no customer %(name)s.", name=row.customer)))
        if row.sku not in names.products:
            group.faults.append(Fault(line, "sku", tell("There is no product %(sku)s for sale.", sku=row.sku)))
        group.faults += [
            Fault(line, column, tell("Another row of order %(number)s says otherwise.", number=group.number))
            for column in OF_THE_ORDER
            if getattr(row, column) != getattr(first, column)
        ]


def with_left_out(group: OrderGroup) -> list[Fault]:
    """Return the faults of a group, and for its other rows that they are left out with it."""
    if not group.faults:
        return []
    wrong = {fault.line for fault in group.faults}
    others = [
        Fault(line, "", tell("Left out with line %(line)s, of the same order.", line=str(min(wrong))))
        for line in group.lines
        if line not in wrong
    ]
    return group.faults + others


async def _add_group(work: Work, group: OrderGroup, names: KnownNames, zone: str) -> None:
    try:
        async with work.savepoint():
            await add_order(work, _order_of(group, names, zone))
    except Refusal as refusal:
        if refusal.status in ALWAYS_FATAL:
            raise
        group.faults += [
            replace(fault, field=COLUMN_BY_FIELD.get(fault.field, fault.field))
            for fault in faults_of(group.lines[0], refusal)
        ]


def _order_of(group: OrderGroup, names: KnownNames, zone: str) -> OrderInput:
    first = group.rows[0][1]
    return OrderInput(
        number=group.number,
        customer_id=names.customers[first.customer],
        customer_reference=first.customer_reference,
        currency=first.currency,
        ordered_at=_begin_of(first.ordered_on, zone),
        expected_on=first.expected_on,
        lines=[
            OrderLineInput(product_id=names.products[row.sku], quantity=row.quantity, unit_price=row.unit_price)
            for _, row in group.rows
        ],
        confirm=True,
    )


def _begin_of(day: date | None, zone: str) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), ZoneInfo(zone))
