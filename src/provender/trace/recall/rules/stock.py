"""What the books say of one batch: put in, drawn, sent, back, and so on hand.

What belongs here: sums over the rows of one batch, in its base unit. What does not: which part
of them is affected (`exposure`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

from provender.kit.quantities.units import EXACT
from provender.trace.recall.model.movements import OutputRole, ShipmentLine
from provender.trace.recall.rules.graph import Graph, is_back_in_same_batch

_NOTHING: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stock:
    """The book account of one batch, base units.

    Attributes:
        put_in: By processes, and by returns from other batches. 0 when its making is not among
            the rows; then nothing is known of what is on hand.
        drawn: Into processes.
        shipped: Departed.
        back: Returned into the same batch.
    """

    put_in: Decimal
    drawn: Decimal
    shipped: Decimal
    back: Decimal

    @property
    def on_hand(self) -> Decimal:
        """What should be there, promised or packed goods included; negative when over-drawn."""
        with localcontext(EXACT):
            return self.put_in + self.back - self.drawn - self.shipped

    @property
    def is_over_drawn(self) -> bool:
        """Whether more was taken out than is known to have been put in."""
        return bool(self.put_in) and self.on_hand < 0


def read_stock(graph: Graph, batch_id: str) -> Stock:
    """Add up the rows of one batch."""
    producers = graph.producers_by_batch.get(batch_id, ())
    consumers = graph.consumers_by_batch.get(batch_id, ())
    lines = graph.lines_by_batch.get(batch_id, ())
    return Stock(
        put_in=_add(row.quantity for move in producers for row in move.outputs if row.batch_id == batch_id),
        drawn=_add(
            row.quantity for move in consumers if move.process for row in move.inputs if row.batch_id == batch_id
        ),
        shipped=_add(line.quantity for line in lines if line.shipped_at is not None),
        back=_add(
            row.quantity
            for line in lines
            if line.id in graph.returns_by_line
            for row in graph.returns_by_line[line.id]
            if is_back_in_same_batch(row, line)
        ),
    )


def returned_of(graph: Graph, line: ShipmentLine) -> Decimal:
    """Return how much of a shipment line came back, whatever became of it."""
    rows = graph.returns_by_line.get(line.id)
    return _add(row.quantity for row in rows) if rows else _NOTHING


def is_scrap(graph: Graph, batch_id: str) -> bool:
    """Whether everything in the batch was put there as scrap."""
    roles = {
        row.role
        for move in graph.producers_by_batch.get(batch_id, ())
        for row in move.outputs
        if row.batch_id == batch_id
    }
    return roles == {OutputRole.SCRAP}


def _add(quantities: Iterable[Decimal]) -> Decimal:
    with localcontext(EXACT):
        return sum(quantities, _NOTHING)
