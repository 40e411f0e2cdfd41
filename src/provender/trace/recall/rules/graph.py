"""The records as a graph: batches joined by moves (processes, and returns into a batch).

What belongs here: indexes over the rows, and the hours that count for each move. What does
not: any decision about what is affected (`spread`, `reach`) or how much (`simulation`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from provender.kit.quantities.units import BaseUnit
from provender.trace.recall.model.movements import (
    Allocation,
    Batch,
    Disposition,
    MaterialKind,
    Movements,
    Process,
    ProcessInput,
    ProcessOutput,
    ReturnLine,
    ShipmentLine,
)

BEGINNING: Final = datetime.min.replace(tzinfo=UTC)
END: Final = datetime.max.replace(tzinfo=UTC)

CORRECTING_KINDS: Final = frozenset({"adjust", "count"})
"""Processes that say what is there, after counting or weighing; nothing was made or used."""

SCRAPPING_KIND: Final = "scrap"


@dataclass(frozen=True, slots=True)
class Move:
    """Material going from batches into batches.

    Attributes:
        id: The process, or the return line.
        enters_at: The earliest moment at which something of it can be in its outputs.
        drawn_until: The latest moment at which it can have drawn from its inputs.
        return_line: The return, when goods came back into another batch than they left.
    """

    id: str
    enters_at: datetime
    drawn_until: datetime
    inputs: tuple[ProcessInput, ...]
    outputs: tuple[ProcessOutput, ...]
    process: Process | None
    return_line: ReturnLine | None = None

    @property
    def sort_key(self) -> tuple[datetime, datetime, str]:
        """Time order, settled by id where the times are equal."""
        return (self.happens_at, self.enters_at, self.id)

    @property
    def happens_at(self) -> datetime:
        """When it is finished and its outputs are there."""
        return self.enters_at if self.return_line else self.drawn_until


@dataclass(frozen=True, slots=True)
class Graph:
    """Rows by what they are looked up by. Lists are in no promised order.

    Attributes:
        products_by_batch: What a batch is sold as: as recorded, and as shipped.
    """

    batch_by_id: Mapping[str, Batch]
    move_by_id: Mapping[str, Move]
    consumers_by_batch: Mapping[str, Sequence[Move]]
    producers_by_batch: Mapping[str, Sequence[Move]]
    shipment_lines: tuple[ShipmentLine, ...]
    lines_by_batch: Mapping[str, Sequence[ShipmentLine]]
    lines_without_batch: tuple[ShipmentLine, ...]
    products_by_batch: Mapping[str, Set[str]]
    line_by_id: Mapping[str, ShipmentLine]
    returns_by_line: Mapping[str, Sequence[ReturnLine]]
    allocations: tuple[Allocation, ...]


def build_graph(movements: Movements) -> Graph:
    """Index the rows.

    A return that puts goods back into the batch they came from is no move: it joins nothing.
    A batch that is named but not among the rows is an end of the graph of unknown mass; rows of
    a process that is not among the rows (a reversed one) are left out.
    """
    line_by_id = {line.id: line for line in movements.shipment_lines}
    moves = [*_moves_of_processes(movements), *_moves_of_returns(movements, line_by_id)]
    consumers: dict[str, list[Move]] = defaultdict(list)
    producers: dict[str, list[Move]] = defaultdict(list)
    for move in moves:
        for batch_id in {row.batch_id for row in move.inputs}:
            consumers[batch_id].append(move)
        for batch_id in {row.batch_id for row in move.outputs}:
            producers[batch_id].append(move)
    lines: dict[str, list[ShipmentLine]] = defaultdict(list)
    for line in movements.shipment_lines:
        if line.batch_id is not None:
            lines[line.batch_id].append(line)
    returns: dict[str, list[ReturnLine]] = defaultdict(list)
    for row in movements.return_lines:
        returns[row.shipment_line_id].append(row)
    return Graph(
        batch_by_id=_batches_named(movements, [*consumers, *producers, *lines]),
        move_by_id={move.id: move for move in moves},
        consumers_by_batch=dict(consumers),
        producers_by_batch=dict(producers),
        shipment_lines=movements.shipment_lines,
        lines_by_batch=dict(lines),
        lines_without_batch=tuple(line for line in movements.shipment_lines if line.batch_id is None),
        products_by_batch=_products_of(movements),
        line_by_id=line_by_id,
        returns_by_line=dict(returns),
        allocations=movements.allocations,
    )


def is_back_in_same_batch(row: ReturnLine, line: ShipmentLine) -> bool:
    """Whether returned goods are again in the batch they were shipped from."""
    return row.disposition is not Disposition.DESTROY and row.batch_id == line.batch_id


def is_correcting(move: Move) -> bool:
    """Whether the move only corrects a book: a count or an adjustment, not a making."""
    return move.process is not None and move.process.kind in CORRECTING_KINDS


def _batches_named(movements: Movements, batch_ids: Iterable[str]) -> dict[str, Batch]:
    batch_by_id = {batch.id: batch for batch in movements.batches}
    for batch_id in batch_ids:
        if batch_id not in batch_by_id:
            batch_by_id[batch_id] = Batch(
                id=batch_id,
                code="",
                material_id=batch_id,
                kind=MaterialKind.OTHER,
                base_unit=BaseUnit.GRAM,
                unit_mass_g=None,
            )
    return batch_by_id


def _products_of(movements: Movements) -> dict[str, set[str]]:
    products: dict[str, set[str]] = defaultdict(set)
    for batch in movements.batches:
        if batch.product_id is not None:
            products[batch.id].add(batch.product_id)
    for line in movements.shipment_lines:
        if line.batch_id is not None:
            products[line.batch_id].add(line.product_id)
    return dict(products)


def _moves_of_processes(movements: Movements) -> list[Move]:
    inputs: dict[str, list[ProcessInput]] = defaultdict(list)
    outputs: dict[str, list[ProcessOutput]] = defaultdict(list)
    for given in movements.inputs:
        inputs[given.process_id].append(given)
    for made in movements.outputs:
        outputs[made.process_id].append(made)
    moves: list[Move] = []
    for process in movements.processes:
        started = process.started_at or BEGINNING
        finished = process.finished_at or END
        moves.append(
            Move(
                id=process.id,
                enters_at=min(started, finished),
                drawn_until=max(started, finished),
                inputs=tuple(sorted(inputs[process.id], key=lambda row: row.line_no)),
                outputs=tuple(sorted(outputs[process.id], key=lambda row: row.line_no)),
                process=process,
            )
        )
    return moves


def _moves_of_returns(movements: Movements, line_by_id: Mapping[str, ShipmentLine]) -> list[Move]:
    moves: list[Move] = []
    for row in movements.return_lines:
        line = line_by_id.get(row.shipment_line_id)
        if (
            line is None
            or row.batch_id is None
            or row.disposition is Disposition.DESTROY
            or is_back_in_same_batch(row, line)
        ):
            continue
        drawn = () if line.batch_id is None else (ProcessInput(row.id, 1, line.batch_id, row.quantity),)
        moves.append(
            Move(
                id=row.id,
                enters_at=row.received_at,
                drawn_until=line.shipped_at or END,
                inputs=drawn,
                outputs=(ProcessOutput(row.id, 1, row.batch_id, row.quantity),),
                process=None,
                return_line=row,
            )
        )
    return moves
