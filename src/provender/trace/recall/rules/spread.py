"""How far a suspicion spreads: closure over batches and moves, at batch level and in time.

What belongs here: the least fixed point, the same whatever the order of the rows. What does
not: what an affected thing is called (`reach`) or how much of it is affected (`exposure`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from provender.trace.recall.rules.graph import BEGINNING, Graph, Move


@dataclass(frozen=True, slots=True)
class Seeds:
    """Where a suspicion starts.

    Attributes:
        entered_at_by_batch: Suspect batches, and from when on each is suspect.
        move_ids: Suspect processes: everything they made is.
    """

    entered_at_by_batch: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    move_ids: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.entered_at_by_batch) or bool(self.move_ids)


@dataclass(frozen=True, slots=True)
class Spread:
    """What is affected.

    Attributes:
        entered_at: Per affected batch, the earliest moment at which suspect material was in it.
        batch_depth: Per affected batch, process steps from the nearest seed.
        move_depth: Per affected move; seed moves have 0.
        batch_via: The move that reached a batch; among equally near ones the smallest id.
        move_via: The batch through which a move was reached; the same.
    """

    entered_at: dict[str, datetime] = field(default_factory=dict[str, datetime])
    batch_depth: dict[str, int] = field(default_factory=dict[str, int])
    move_depth: dict[str, int] = field(default_factory=dict[str, int])
    batch_via: dict[str, str] = field(default_factory=dict[str, str])
    move_via: dict[str, str] = field(default_factory=dict[str, str])


NOTHING: Final = Spread()


def spread_in_time(graph: Graph, seeds: Seeds) -> Spread:
    """Follow suspect material forward, only where it can have been drawn after it entered.

    A move is affected through a batch when an affected move began to put material into that
    batch not later than this one ended (or the batch is a seed). The test is generous on
    purpose: overlapping hours count as contact. Levels are worked off one after the other, so
    that depth is the smallest number of steps; every (batch, move) pair is looked at once.
    """
    return _Spreading(graph).run(seeds)


def spread_at_batch_level(graph: Graph, batch_ids: Iterable[str]) -> frozenset[str]:
    """Return every batch that can be reached from these, whatever the hours; these included."""

    def made_from(batch_id: str) -> Iterable[str]:
        for move in graph.consumers_by_batch.get(batch_id, ()):
            yield from (row.batch_id for row in move.outputs)

    return _close_over(batch_ids, made_from)


def find_ancestors(graph: Graph, batch_ids: Iterable[str]) -> frozenset[str]:
    """Return every batch from which these were made, whatever the hours; these included."""

    def went_into(batch_id: str) -> Iterable[str]:
        for move in graph.producers_by_batch.get(batch_id, ()):
            yield from (row.batch_id for row in move.inputs)

    return _close_over(batch_ids, went_into)


def _close_over(batch_ids: Iterable[str], neighbours_of: Callable[[str], Iterable[str]]) -> frozenset[str]:
    reached = set(batch_ids)
    waiting = list(reached)
    while waiting:
        new = set(neighbours_of(waiting.pop())) - reached
        reached |= new
        waiting.extend(new)
    return frozenset(reached)


class _Spreading:
    """One run of `spread_in_time`: the answer so far, and what is still to be looked at."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.spread = Spread()
        self.unreached: dict[str, list[Move]] = {}
        self.frontier: set[str] = set()

    def run(self, seeds: Seeds) -> Spread:
        for batch_id, entered_at in seeds.entered_at_by_batch.items():
            self._enter_batch(batch_id, entered_at, depth=0)
        for move_id in seeds.move_ids:
            self.spread.move_depth[move_id] = 0
            self._fill_outputs(self.graph.move_by_id[move_id], depth=0)
        depth = 0
        while self.frontier:
            depth += 1
            # The hours are read before the level is worked off: what this level lowers counts
            # for the next one, else the depth would depend on the order of the rows.
            level = [(batch_id, self.spread.entered_at[batch_id]) for batch_id in self.frontier]
            self.frontier = set()
            for batch_id, entered_at in level:
                for move in self._take_reached(batch_id, entered_at):
                    self._reach_move(move, batch_id, depth)
        return self.spread

    def _take_reached(self, batch_id: str, entered_at: datetime) -> list[Move]:
        """Remove and return the moves that drew from the batch at or after `entered_at`."""
        waiting = self.unreached.get(batch_id)
        if waiting is None:
            consumers = self.graph.consumers_by_batch.get(batch_id, ())
            waiting = sorted(consumers, key=lambda move: (move.drawn_until, move.id))
            self.unreached[batch_id] = waiting
        reached: list[Move] = []
        while waiting and waiting[-1].drawn_until >= entered_at:
            reached.append(waiting.pop())
        return reached

    def _reach_move(self, move: Move, via_batch_id: str, depth: int) -> None:
        known = self.spread.move_depth.get(move.id)
        if known is None:
            self.spread.move_depth[move.id] = depth
            self.spread.move_via[move.id] = via_batch_id
            self._fill_outputs(move, depth)
        elif known == depth:
            smaller = min(via_batch_id, self.spread.move_via[move.id])
            self.spread.move_via[move.id] = smaller

    def _fill_outputs(self, move: Move, depth: int) -> None:
        for row in move.outputs:
            self._enter_batch(row.batch_id, move.enters_at, depth)
            if self.spread.batch_depth[row.batch_id] == depth:
                via = self.spread.batch_via.get(row.batch_id, move.id)
                self.spread.batch_via[row.batch_id] = min(via, move.id)

    def _enter_batch(self, batch_id: str, entered_at: datetime, depth: int) -> None:
        self.spread.batch_depth.setdefault(batch_id, depth)
        known = self.spread.entered_at.get(batch_id)
        if known is None or entered_at < known:
            self.spread.entered_at[batch_id] = entered_at
            self.frontier.add(batch_id)


def root_seeds(batch_ids: Iterable[str], move_ids: Iterable[str] = ()) -> Seeds:
    """Return seeds for batches that are suspect from the beginning, and for processes."""
    return Seeds(dict.fromkeys(batch_ids, BEGINNING), frozenset(move_ids))
