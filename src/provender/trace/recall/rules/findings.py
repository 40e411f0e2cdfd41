"""Where one root's material is now, batch by batch, in the root's base unit.

What belongs here: exposure put on the rows of each batch: on hand, sold, returned, scrapped,
corrected away. What does not: the root's own account and the percentages (`balance`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from provender.trace.recall.model.findings import BatchFinding, Exposure, Figure, Row
from provender.trace.recall.model.movements import Batch, Disposition, MaterialKind
from provender.trace.recall.rules.fractions import ONE, ZERO, add_fractions
from provender.trace.recall.rules.graph import SCRAPPING_KIND, Graph, Move, is_correcting
from provender.trace.recall.rules.stock import is_scrap, read_stock, returned_of

Part = tuple[Fraction, Row]


@dataclass(frozen=True, slots=True)
class Scale:
    """How an exposed quantity of any batch is said in the root's base unit.

    A packaging root is counted, its shares are pieces per base unit; a food root is weighed.
    """

    root: Batch

    def factor_of(self, batch: Batch) -> Fraction | None:
        """Return what share x quantity of a batch is multiplied with; None: not weighable."""
        if batch.id == self.root.id or self.root.kind is MaterialKind.PACKAGING:
            return ONE
        if batch.unit_mass_g is None or not self.root.unit_mass_g:
            return None
        return Fraction(batch.unit_mass_g) / Fraction(self.root.unit_mass_g)

    def measure_exposed_mass(self, exposed: Fraction) -> Fraction:
        """Return an exposed mass (or, of packaging, pieces) in the root's base unit."""
        if self.root.kind is MaterialKind.PACKAGING or not self.root.unit_mass_g:
            return exposed
        return exposed / Fraction(self.root.unit_mass_g)


def find_in_batch(graph: Graph, exposure: Exposure, scale: Scale, batch_id: str) -> BatchFinding:
    """Return where the root's part of one batch is. What cannot be weighed counts as 0."""
    batch = graph.batch_by_id[batch_id]
    finder = _Finder(graph, exposure, batch, scale.factor_of(batch))
    stock, is_waste = finder.on_hand(), is_scrap(graph, batch_id)
    on_hand = add_up([] if is_waste else stock)
    scrapped = add_up([*(stock if is_waste else ()), *finder.scrapped()])
    sold, returned = add_up(finder.sold()), add_up(finder.returned())
    return BatchFinding(
        batch_id=batch_id,
        share=exposure.share_by_batch[batch_id],
        found=on_hand.amount + sold.amount + returned.amount + scrapped.amount,
        on_hand=on_hand,
        sold=sold,
        returned=returned,
        scrapped=scrapped,
        unaccounted=add_up(finder.corrected()),
    )


def add_up(parts: Iterable[Part]) -> Figure:
    """Return the sum of some amounts with their rows, sorted, each row once."""
    kept = sorted(parts, key=lambda part: (part[1].table, part[1].id, part[0]))
    total = add_fractions(amount for amount, _ in kept)
    rows = tuple(dict.fromkeys(row for _, row in kept))
    return Figure(amount=total.amount, rows=rows, is_rounded=total.is_rounded)


def row_of_input(process_id: str, line_no: int) -> Row:
    """Name a row of process inputs."""
    return Row("process_input", f"{process_id}/{line_no}")


def row_of_output(process_id: str, line_no: int) -> Row:
    """Name a row of process outputs."""
    return Row("process_output", f"{process_id}/{line_no}")


def is_scrapping(move: Move) -> bool:
    """Whether the move only throws away: a scrap process that makes no scrap batch."""
    return move.process is not None and move.process.kind == SCRAPPING_KIND and not move.outputs


@dataclass(frozen=True, slots=True)
class _Finder:
    graph: Graph
    exposure: Exposure
    batch: Batch
    factor: Fraction | None

    def on_hand(self) -> list[Part]:
        stock = read_stock(self.graph, self.batch.id)
        if not stock.put_in or stock.on_hand <= 0:
            return []
        share = self.exposure.stock_share_by_batch.get(self.batch.id, ZERO)
        return self._part(stock.on_hand, share, Row("batch", self.batch.id))

    def sold(self) -> list[Part]:
        parts: list[Part] = []
        for line in self.graph.lines_by_batch.get(self.batch.id, ()):
            if line.shipped_at is not None:
                quantity = line.quantity - returned_of(self.graph, line)
                parts += self._part(quantity, self._line_share(line.id), Row("shipment_line", line.id))
        return parts

    def returned(self) -> list[Part]:
        parts: list[Part] = []
        for line in self.graph.lines_by_batch.get(self.batch.id, ()):
            for row in self.graph.returns_by_line.get(line.id, ()):
                if row.disposition is Disposition.DESTROY or row.batch_id is None:
                    share = self._line_share(line.id)
                    parts += self._part(row.quantity, share, Row("return_line", row.id))
        return parts

    def scrapped(self) -> list[Part]:
        return self._drawn_by(move for move in self._consumers() if is_scrapping(move))

    def corrected(self) -> list[Part]:
        """Taken out by counts and adjustments, less what they put in."""
        taken = self._drawn_by(move for move in self._consumers() if is_correcting(move))
        share = self.exposure.share_by_batch[self.batch.id]
        added = [
            (-amount, row)
            for move in self.graph.producers_by_batch.get(self.batch.id, ())
            if is_correcting(move)
            for made in move.outputs
            if made.batch_id == self.batch.id
            for amount, row in self._part(made.quantity, share, row_of_output(move.id, made.line_no))
        ]
        return taken + added

    def _consumers(self) -> Iterable[Move]:
        return self.graph.consumers_by_batch.get(self.batch.id, ())

    def _drawn_by(self, moves: Iterable[Move]) -> list[Part]:
        return [
            part
            for move in moves
            for row in move.inputs
            if row.batch_id == self.batch.id
            for part in self._part(
                row.quantity,
                self.exposure.share_by_input.get((move.id, row.line_no), ZERO),
                row_of_input(move.id, row.line_no),
            )
        ]

    def _line_share(self, line_id: str) -> Fraction:
        return self.exposure.share_by_shipment_line.get(line_id, ZERO)

    def _part(self, quantity: Decimal, share: Fraction, row: Row) -> list[Part]:
        """Return one amount with its row; nothing where there is none, or none weighable."""
        if self.factor is None or not share or not quantity:
            return []
        exposed = share * Fraction(quantity)
        return [(exposed if self.factor == 1 else exposed * self.factor, row)]
