"""The mass balance of a root: its own account, and what of it is found downstream.

Source:
    EU 178/2002 articles 18 and 19 ask for one step back and forward; that quantities are
    checked in both directions is the practice of BRCGS 3.9, which tolerates 95 to 105 %.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from provender.trace.recall.model.findings import (
    BatchFinding,
    Exposure,
    Figure,
    MassBalance,
    Row,
)
from provender.trace.recall.model.movements import MaterialKind
from provender.trace.recall.rules.exposure import require_batches
from provender.trace.recall.rules.findings import (
    Part,
    Scale,
    add_up,
    find_in_batch,
    is_scrapping,
    row_of_input,
    row_of_output,
)
from provender.trace.recall.rules.fractions import ZERO, add_fractions
from provender.trace.recall.rules.graph import Graph, Move, is_back_in_same_batch, is_correcting
from provender.trace.recall.rules.mixing import carry_pieces, mix_shares
from provender.trace.recall.rules.simulation import simulate
from provender.trace.recall.rules.stock import is_scrap, read_stock, returned_of


def balance_mass(graph: Graph, root_batch_id: str) -> MassBalance:
    """Return the mass balance of one root.

    Its own account is in book quantities; counts and adjustments are not use, so what they took
    out is unaccounted for. On hand is never below zero: taking out more than there was shows as
    more than 100 % explained. Downstream, every batch's on hand, sold, returned and scrapped
    part is the root's share of it; losses of processes are the root's share of what did not
    come out. Packaging is counted instead of weighed, and nothing of it is lost by mass.

    Raises:
        NoRoots: No root was named.
        RootMissing: The root is not among the rows.
    """
    require_batches(graph, (root_batch_id,))
    root = graph.batch_by_id[root_batch_id]
    mixing = carry_pieces if root.kind is MaterialKind.PACKAGING else mix_shares
    exposure = simulate(graph, frozenset((root_batch_id,)), mixing)
    scale = Scale(root)
    findings = tuple(find_in_batch(graph, exposure, scale, batch_id) for batch_id in sorted(exposure.share_by_batch))
    return _conclude(_Account(graph, root_batch_id), exposure, findings, _lost(graph, exposure, scale))


class _Account:
    """The root's own rows as figures, in its base unit."""

    def __init__(self, graph: Graph, batch_id: str) -> None:
        producers = graph.producers_by_batch.get(batch_id, ())
        consumers = [move for move in graph.consumers_by_batch.get(batch_id, ()) if move.process]
        making = [move for move in producers if not is_correcting(move)]
        correcting = [move for move in consumers if is_correcting(move)]
        scrapping = [move for move in consumers if is_scrapping(move)]
        using = [move for move in consumers if not is_correcting(move) and not is_scrapping(move)]
        stock, is_waste = _stock_parts(graph, batch_id), is_scrap(graph, batch_id)
        self.graph = graph
        self.batch_id = batch_id
        self.received = add_up(_outputs(making, batch_id))
        self.used = add_up(_inputs(using, batch_id))
        self.on_hand = add_up([] if is_waste else stock)
        self.scrapped = add_up([*(stock if is_waste else ()), *_inputs(scrapping, batch_id)])
        self.sold, self.returned = _deliveries(graph, batch_id)
        self.corrections = add_up(
            [
                *_inputs(correcting, batch_id),
                *_outputs([move for move in producers if is_correcting(move)], batch_id),
            ]
        )

    @property
    def explained(self) -> Fraction:
        """Used, on hand, sold, returned and scrapped together."""
        figures = (self.used, self.on_hand, self.sold, self.returned, self.scrapped)
        return sum((figure.amount for figure in figures), ZERO)


def _conclude(account: _Account, exposure: Exposure, findings: tuple[BatchFinding, ...], lost: Figure) -> MassBalance:
    received = account.received.amount
    found = add_fractions(finding.found for finding in findings)
    explained = _share_of(account.explained, received)
    found_and_lost = _share_of(found.amount + lost.amount, received)
    return MassBalance(
        root_batch_id=account.batch_id,
        base_unit=account.graph.batch_by_id[account.batch_id].base_unit,
        received=account.received,
        used=account.used,
        on_hand=account.on_hand,
        sold=account.sold,
        returned=account.returned,
        scrapped=account.scrapped,
        unaccounted=Figure(received - account.explained, account.corrections.rows),
        explained=explained,
        findings=findings,
        found=found.amount,
        lost=lost,
        found_share=_share_of(found.amount, received),
        found_and_lost_share=found_and_lost,
        is_exact=not (exposure.unknown_mass_batch_ids or exposure.is_rounded or found.is_rounded or lost.is_rounded),
        is_over=(explained or ZERO) > 1 or (found_and_lost or ZERO) > 1,
    )


def _lost(graph: Graph, exposure: Exposure, scale: Scale) -> Figure:
    """Return the root's part of process losses; throwing away and correcting are no losses."""
    parts: list[Part] = []
    for loss in exposure.losses:
        move = graph.move_by_id[loss.process_id]
        if is_scrapping(move) or is_correcting(move):
            continue
        rows = [row_of_input(move.id, row.line_no) for row in move.inputs]
        rows += [row_of_output(move.id, row.line_no) for row in move.outputs]
        parts.append((scale.measure_exposed_mass(loss.exposed), rows[0]))
        parts += [(ZERO, row) for row in rows[1:]]
    return add_up(parts)


def _share_of(amount: Fraction, received: Fraction) -> Fraction | None:
    return amount / received if received else None


def _stock_parts(graph: Graph, batch_id: str) -> list[Part]:
    stock = read_stock(graph, batch_id)
    if not stock.put_in or stock.on_hand <= 0:
        return []
    return [(Fraction(stock.on_hand), Row("batch", batch_id))]


def _inputs(moves: list[Move], batch_id: str) -> list[Part]:
    return [
        (Fraction(row.quantity), row_of_input(move.id, row.line_no))
        for move in moves
        for row in move.inputs
        if row.batch_id == batch_id
    ]


def _outputs(moves: list[Move], batch_id: str) -> list[Part]:
    return [
        (
            Fraction(row.quantity),
            Row("return_line", move.id) if move.return_line else row_of_output(move.id, row.line_no),
        )
        for move in moves
        for row in move.outputs
        if row.batch_id == batch_id
    ]


def _deliveries(graph: Graph, batch_id: str) -> tuple[Figure, Figure]:
    """Return what customers have, and what came back and is not in this batch again."""
    sold: list[Part] = []
    returned: list[Part] = []
    for line in graph.lines_by_batch.get(batch_id, ()):
        if line.shipped_at is None:
            continue
        left: Decimal = line.quantity - returned_of(graph, line)
        sold.append((Fraction(left), Row("shipment_line", line.id)))
        returned += [
            (Fraction(row.quantity), Row("return_line", row.id))
            for row in graph.returns_by_line.get(line.id, ())
            if not is_back_in_same_batch(row, line)
        ]
    return add_up(sold), add_up(returned)
