"""The order in which moves are computed: time, and where times cannot be true, need.

What belongs here: one sequence for all moves, the same whatever the order of the rows. Makers
often record a whole day's processes with one time, or a process after the one that used its
output; a draw from a batch that nothing was put into yet would then lose what it carried.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from provender.trace.recall.rules.graph import Graph, Move


@dataclass(frozen=True, slots=True)
class Schedule:
    """Moves in the order of computing, and those that had to wait for a later one."""

    moves: tuple[Move, ...]
    out_of_order_ids: tuple[str, ...]


def schedule_moves(graph: Graph, endless: Collection[str], carriers: Collection[str]) -> Schedule:
    """Order all moves.

    Time order (end of the process, then start, then id), except that before a move come: the
    moves of the very same moment that fill one of its inputs; and, for an input that nothing
    was put into yet, the earliest move that fills it, whatever its time says. Loops among those
    are cut where they are entered.

    Args:
        graph: The records.
        endless: Batches whose share is known without looking, the roots: nobody waits for them.
        carriers: Batches that can hold anything of the roots, whatever the hours. Nobody waits for others: what
            they hold is 0 at any time, and rows about them may be missing, which must change nothing.
    """
    run = _Scheduling(graph, frozenset(carriers) - frozenset(endless))
    for move in sorted(graph.move_by_id.values(), key=lambda each: each.sort_key):
        run.add_with_suppliers(move)
    return Schedule(tuple(run.moves), tuple(sorted(run.out_of_order)))


@dataclass(slots=True)
class _Scheduling:
    graph: Graph
    awaited: Collection[str]
    moves: list[Move] = field(default_factory=list[Move])
    entered: set[str] = field(default_factory=set[str])
    filled: set[str] = field(default_factory=set[str])
    out_of_order: set[str] = field(default_factory=set[str])
    waiting: dict[str, list[Move]] = field(default_factory=dict[str, list[Move]])

    def add_with_suppliers(self, move: Move) -> None:
        """Add a move behind those it needs; an explicit stack, for chains of any length."""
        if move.id in self.entered:
            return
        self.entered.add(move.id)
        stack = [(move, self._suppliers(move))]
        while stack:
            current, suppliers = stack[-1]
            supplier = next(suppliers, None)
            if supplier is None:
                stack.pop()
                self.moves.append(current)
                self.filled.update(row.batch_id for row in current.outputs)
                continue
            self.entered.add(supplier.id)
            if supplier.happens_at > current.happens_at:
                self.out_of_order.add(current.id)
            stack.append((supplier, self._suppliers(supplier)))

    def _suppliers(self, move: Move) -> Iterator[Move]:
        """Yield what must come before, asked anew after each: one may have filled several."""
        for batch_id in sorted({row.batch_id for row in move.inputs}):
            if batch_id not in self.awaited:
                continue
            while supplier := self._next_supplier(batch_id):
                if supplier.happens_at > move.happens_at and batch_id in self.filled:
                    break
                yield supplier

    def _next_supplier(self, batch_id: str) -> Move | None:
        """Return the earliest move that fills the batch and is not entered yet.

        Entered ones are dropped for good, so that a tank filled ten thousand times is walked
        through once and not once for every draw.
        """
        waiting = self.waiting.get(batch_id)
        if waiting is None:
            producers = self.graph.producers_by_batch.get(batch_id, ())
            waiting = sorted(producers, key=lambda each: each.sort_key, reverse=True)
            self.waiting[batch_id] = waiting
        while waiting and waiting[-1].id in self.entered:
            waiting.pop()
        return waiting[-1] if waiting else None
