"""The ordinary orders: who bought what, first in first out, in every state an order can be in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from provender.trace.demo.rules.ledger import Ledger, Lot
from provender.trace.demo.rules.rows import OrderLineRow
from provender.trace.demo.rules.sales import Draw, Sales, Times, Wish, usual_times

ORDERS: Final = 395
FIRST_DAY: Final = 222
"""Days before loading on which the first ordinary order came in: the first bars were packed by then."""
ORDERS_OF_LATE: Final = 50
DAYS_OF_LATE: Final = 11
"""Of the last days there are more, so that every state an order can be in has some."""
RETURNED_OF_HUNDRED: Final = 1.5
NEVER_ORDERS: Final = "Spätkauf Südvorstadt"
SMALLEST_DRAW: Final = 12
DAYS_TO_SHIP: Final = 2
DAYS_TO_FAR_COUNTRIES: Final = 6
FAR_COUNTRIES: Final = frozenset({"JP", "US"})
CANCELLED_OF_HUNDRED: Final = 4


@dataclass
class Shelf:
    """Finished batches that ordinary orders may draw from, by SKU, oldest first.

    Attributes:
        promised: Pieces set aside, by batch.
    """

    ledger: Ledger
    queues: dict[str, list[Lot]] = field(default_factory=lambda: defaultdict[str, list[Lot]](list))
    promised: dict[UUID | None, int] = field(default_factory=lambda: defaultdict[UUID | None, int](int))

    def put(self, lots: Sequence[Lot]) -> None:
        """Add batches of the ordinary runs."""
        sku_by_product = {product.id: sku for sku, product in self.ledger.products.items()}
        for lot in lots:
            assert lot.row.product_id is not None  # noqa: S101 - they are finished bars
            self.queues[sku_by_product[lot.row.product_id]].append(lot)

    def find(self, sku: str, pieces: int, at: datetime) -> list[tuple[Lot, int]]:
        """Return up to so many pieces of what had been packed by then, oldest first."""
        found: list[tuple[Lot, int]] = []
        for lot in self.queues[sku]:
            free = int(lot.left) - self.promised[lot.row.id]
            part = min(free, pieces - sum(each for _, each in found))
            if part > 0 and self.ledger.calendar.at(lot.row.made_on, 18) < at:
                found.append((lot, part))
        return found


def sell_ordinarily(ledger: Ledger, sales: Sales, finished: Sequence[Lot]) -> None:
    """Record the ordinary orders, the oldest first."""
    shelf = Shelf(ledger)
    shelf.put(finished)
    names = [name for name in sales.customers if name != NEVER_ORDERS]
    favourites = names + names[:12] * 2
    chance = ledger.random
    days = [int(FIRST_DAY * chance.betavariate(1.1, 1.3)) for _ in range(ORDERS)]
    days += [chance.randint(1, DAYS_OF_LATE) for _ in range(ORDERS_OF_LATE)]
    for number, day in enumerate(sorted(days, reverse=True), start=1):
        ordered_at = ledger.calendar.days_ago(max(day, 1), 7 + chance.randint(0, 39) / 4)
        _sell_one(shelf, sales, chance.choice(favourites), (ordered_at, number))


def _sell_one(shelf: Shelf, sales: Sales, name: str, when: tuple[datetime, int]) -> None:
    ledger, (ordered_at, number) = sales.ledger, when
    packed_at = ordered_at + timedelta(days=DAYS_TO_SHIP, hours=1)
    wanted = _choose(shelf, packed_at)
    state = _state(ledger, ordered_at, is_far=is_far(sales, name)) if wanted else "cancelled"
    wanted = wanted or [(next(iter(shelf.queues)), SMALLEST_DRAW)]
    reference = f"PO-{number:04d}" if ledger.random.random() < 0.4 else None  # noqa: PLR2004 - two of five have one
    lines = sales.order(name, Wish(ordered_at, state, reference=reference), wanted)
    found = [(line, shelf.find(sku, pieces, packed_at)) for line, (sku, pieces) in zip(lines, wanted, strict=True)]
    draws = [Draw(line, lot, Decimal(part)) for line, parts in found for lot, part in parts]
    _fulfil(shelf, sales, name, (state, packed_at, draws))


def _choose(shelf: Shelf, packed_at: datetime) -> list[tuple[str, int]]:
    """Return one to four products of which there will be enough, with pieces in whole dozens."""
    chance = shelf.ledger.random
    skus = chance.sample(list(shelf.queues), len(shelf.queues))
    asked = [(sku, 12 * chance.randint(1, 6)) for sku in skus]
    enough = [
        (sku, pieces) for sku, pieces in asked if sum(part for _, part in shelf.find(sku, pieces, packed_at)) >= pieces
    ]
    return enough[: chance.choices((1, 2, 3, 4), (2, 4, 3, 2))[0]]


def is_far(sales: Sales, name: str) -> bool:
    """Whether goods are under way to a customer for a week."""
    return sales.customers[name].shop.country in FAR_COUNTRIES


def _state(ledger: Ledger, ordered_at: datetime, *, is_far: bool) -> str:
    """Return where an order of that age stands."""
    age = (ledger.calendar.days_ago(0, 0) - ordered_at) / timedelta(days=1)
    if ledger.random.randint(1, 100) <= CANCELLED_OF_HUNDRED:
        return "cancelled"
    for younger_than, states in (
        (2, ("draft", "confirmed", "confirmed")),
        (5, ("confirmed", "in_production", "packed")),
        (9, ("shipped",) if is_far else ("shipped", "shipped", "delivered")),
        (12, ("shipped", "delivered")),
    ):
        if age < younger_than:
            return ledger.random.choice(states)
    return "delivered"


def _fulfil(shelf: Shelf, sales: Sales, name: str, what: tuple[str, datetime, list[Draw]]) -> None:
    state, packed_at, draws = what
    if not draws or state == "draft":
        return
    if state in {"confirmed", "cancelled", "in_production"}:
        _set_aside(shelf, sales, state, draws)
        return
    times = usual_times(packed_at, DAYS_TO_FAR_COUNTRIES if is_far(sales, name) else DAYS_TO_SHIP)
    if state == "packed":
        times = Times(min(packed_at, sales.ledger.calendar.days_ago(1, 17)), None, None)
    if state == "shipped":
        times = Times(times.packed_at, times.shipped_at, None)
    lines = sales.ship(name, times, draws)
    is_back = sales.ledger.random.uniform(0, 100) < RETURNED_OF_HUNDRED
    if is_back and times.delivered_at and times.delivered_at < sales.ledger.calendar.days_ago(14, 9):
        receipt = sales.open_return(name, times.delivered_at + timedelta(days=8), "Delivered too much.")
        sales.take_back(lines[0], receipt, SMALLEST_DRAW // 2, "restock")
        # Not sold again: the story is stored with all sales before all returns.
        shelf.promised[lines[0].batch_id] += SMALLEST_DRAW // 2


def _set_aside(shelf: Shelf, sales: Sales, state: str, draws: Sequence[Draw]) -> None:
    line_at: dict[UUID, OrderLineRow] = {draw.line.id: draw.line for draw in draws}
    for draw in draws:
        if draw.lot is None:
            continue
        at = next(order.ordered_at for order in sales.ledger.rows.orders if order.id == line_at[draw.line.id].order_id)
        allocated = {"in_production": "picked", "cancelled": "released"}.get(state, "planned")
        sales.allocate(draw.line, draw.lot, int(draw.quantity), at=at + timedelta(hours=1), state=allocated)
        if state != "cancelled":
            shelf.promised[draw.lot.row.id] += int(draw.quantity)
