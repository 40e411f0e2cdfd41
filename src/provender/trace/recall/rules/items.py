"""One item per affected row: how it is connected, where its goods are, and why it is listed."""

from __future__ import annotations

from dataclasses import dataclass

from provender.trace.recall.model.findings import Item, ItemClass, ItemKind, Reason
from provender.trace.recall.model.movements import (
    Allocation,
    AllocationState,
    Disposition,
    ReturnLine,
    ShipmentLine,
)
from provender.trace.recall.rules.graph import Graph
from provender.trace.recall.rules.stock import is_scrap, read_stock, returned_of


@dataclass(frozen=True, slots=True)
class Connection:
    """How something hangs together with the roots: direct, possible or time_excluded."""

    certainty: ItemClass
    reasons: tuple[Reason, ...]
    depth: int

    def because(self, reason: Reason) -> tuple[Reason, ...]:
        """Its reasons and one more, sorted."""
        return tuple(sorted({*self.reasons, reason}))

    def unless_excluded(self, item_class: ItemClass) -> ItemClass:
        """Where the goods are; what was drawn too early stays time_excluded wherever it is."""
        if self.certainty is ItemClass.TIME_EXCLUDED:
            return ItemClass.TIME_EXCLUDED
        return item_class


def item_of_stock(graph: Graph, batch_id: str, connection: Connection) -> Item | None:
    """Return what an affected batch has on hand, or None when its book is empty.

    The quantity is None when the making of the batch is not among the rows: then nobody can
    say how much there is, and it is listed.
    """
    stock = read_stock(graph, batch_id)
    if stock.put_in and stock.on_hand <= 0:
        return None
    is_waste = is_scrap(graph, batch_id)
    return Item(
        kind=ItemKind.STOCK,
        id=batch_id,
        item_class=connection.unless_excluded(ItemClass.DESTROYED if is_waste else ItemClass.CONTAINED),
        certainty=connection.certainty,
        reasons=connection.because(Reason.SCRAPPED if is_waste else Reason.ON_HAND),
        depth=connection.depth,
        batch_id=batch_id,
        quantity=stock.on_hand if stock.put_in else None,
    )


def item_of_allocation(row: Allocation, connection: Connection) -> Item:
    """Return the item of goods promised to an order and still in the house."""
    is_picked = row.state is AllocationState.PICKED
    return Item(
        kind=ItemKind.ALLOCATION,
        id=row.id,
        item_class=connection.unless_excluded(ItemClass.CONTAINED),
        certainty=connection.certainty,
        reasons=connection.because(Reason.PICKED if is_picked else Reason.PLANNED),
        depth=connection.depth,
        batch_id=row.batch_id,
        quantity=row.quantity,
        customer_id=row.customer_id,
        order_id=row.order_id,
    )


def item_of_line(graph: Graph, line: ShipmentLine, connection: Connection) -> Item:
    """Return the item of a shipment line: with the customer, not departed, or all back."""
    returned = returned_of(graph, line)
    item_class, reasons = connection.certainty, connection.reasons
    if line.shipped_at is None:
        item_class = connection.unless_excluded(ItemClass.CONTAINED)
        reasons = connection.because(Reason.NOT_DEPARTED)
    elif returned and returned >= line.quantity:
        item_class, reason = _class_of_returned_line(graph, line)
        item_class, reasons = connection.unless_excluded(item_class), connection.because(reason)
    return Item(
        kind=ItemKind.SHIPMENT_LINE,
        id=line.id,
        item_class=item_class,
        certainty=connection.certainty,
        reasons=reasons,
        depth=connection.depth,
        batch_id=line.batch_id,
        quantity=line.quantity,
        returned=returned,
        customer_id=line.customer_id,
        order_id=line.order_id,
    )


def item_of_return(row: ReturnLine, line: ShipmentLine, connection: Connection) -> Item:
    """Return the item of goods that came back: recovered, or destroyed."""
    is_destroyed = row.disposition is Disposition.DESTROY
    if is_destroyed:
        reason = Reason.RETURN_DESTROYED
    else:
        reason = Reason.RETURNED if row.batch_id else Reason.RETURNED_BATCH_UNKNOWN
    return Item(
        kind=ItemKind.RETURN_LINE,
        id=row.id,
        item_class=connection.unless_excluded(ItemClass.DESTROYED if is_destroyed else ItemClass.RECOVERED),
        certainty=connection.certainty,
        reasons=connection.because(reason),
        depth=connection.depth,
        batch_id=row.batch_id,
        quantity=row.quantity,
        customer_id=line.customer_id,
        order_id=line.order_id,
    )


def _class_of_returned_line(graph: Graph, line: ShipmentLine) -> tuple[ItemClass, Reason]:
    dispositions = {row.disposition for row in graph.returns_by_line[line.id]}
    if dispositions == {Disposition.DESTROY}:
        return ItemClass.DESTROYED, Reason.RETURN_DESTROYED
    return ItemClass.RECOVERED, Reason.RETURNED
