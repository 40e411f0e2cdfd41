"""The answer of a recall: rows are read, the rules decide, nothing is written."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.kit.db import Work
from provender.trace.batches.public import lock_batches
from provender.trace.recall import store
from provender.trace.recall.errors import RootMissing
from provender.trace.recall.model import (
    CodeMatch,
    ComplaintBatches,
    Exposure,
    Item,
    MassBalance,
    Movements,
    RecallResult,
    Root,
    Source,
    Suspect,
)
from provender.trace.recall.records import ItemRows, read_movements, write_root
from provender.trace.recall.rules.balance import balance_mass
from provender.trace.recall.rules.exposure import trace_exposure
from provender.trace.recall.rules.graph import build_graph
from provender.trace.recall.rules.reach import reach
from provender.trace.recall.rules.result import hash_result
from provender.trace.recall.rules.suspects import rank_suspects

ITEMS_PER_PART = 10_000
"""Rows of one INSERT: 5 MB of JSON."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a recall from some roots finds now.

    Attributes:
        batch_ids: Every batch that was looked at.
    """

    roots: tuple[Root, ...]
    batch_ids: tuple[UUID, ...]
    movements: Movements
    items: tuple[Item, ...]
    exposure: Exposure
    balances: tuple[MassBalance, ...]

    @property
    def result(self) -> RecallResult:
        """The part that is hashed and compared."""
        return RecallResult(self.roots, self.items, self.exposure.share_by_batch, self.balances)


@dataclass(frozen=True, slots=True)
class RankedSource:
    """A source of complained batches, with what speaks for and against it."""

    source: Source
    suspect: Suspect


def roots_of(batch_ids: Sequence[UUID], normalised_ids: Sequence[UUID] = ()) -> tuple[Root, ...]:
    """Return roots, some found only by their folded code; each once, in the order of their ids."""
    matched = dict.fromkeys(batch_ids, CodeMatch.EXACT) | dict.fromkeys(normalised_ids, CodeMatch.NORMALISED)
    return tuple(Root(str(batch_id), match=match) for batch_id, match in sorted(matched.items()))


async def lock_affected(work: Work, roots: Sequence[Root]) -> None:
    """Make everybody wait who would draw from, pack or send off what these roots may have reached.

    Processes that were under way commit while this waits, and may have made further batches: it looks again until
    nothing is added. That ends, because from then on only locked batches could be drawn from.
    """
    root_ids = [UUID(root.id) for root in roots]
    locked: set[UUID] = set()
    while True:
        reached = await store.select_affected_ids(work, root_ids, has_doubts=True)
        added = [batch_id for batch_id in reached if batch_id not in locked]
        if not added:
            return
        await lock_batches(work, added)
        locked.update(added)


@dataclass(frozen=True, slots=True)
class FrozenAnswer:
    """An answer as it is stored: the roots' rows, and the hash of everything."""

    roots: list[dict[str, object]]
    result_hash: str


async def freeze_answer(answer: Answer) -> FrozenAnswer:
    """Return what keeps an answer beside its items; a large one leaves the event loop free."""
    return await asyncio.to_thread(_freeze, answer)


def _freeze(answer: Answer) -> FrozenAnswer:
    root_by_id = {root.id: root for root in answer.roots}
    with _without_collector():
        roots = [write_root(root_by_id[balance.root_batch_id], balance) for balance in answer.balances]
        return FrozenAnswer(roots, hash_result(answer.result))


async def write_items(answer: Answer) -> AsyncGenerator[str]:
    """Yield the items as JSON arrays of rows, part by part, so that a large case never stands in memory as a whole."""
    rows = ItemRows(answer.movements, answer.exposure)
    for start in range(0, len(answer.items), ITEMS_PER_PART):
        part = answer.items[start : start + ITEMS_PER_PART]
        yield await asyncio.to_thread(rows.write, part, first_line_no=start + 1)


async def compute_answer(work: Work, roots: Sequence[Root], time_zone: str) -> Answer:
    """Read what moved and let the rules decide; a large answer leaves the event loop free.

    Raises:
        RootMissing: a root is not one of ours.
    """
    root_ids = [UUID(root.id) for root in roots]
    batch_ids = await store.select_affected_ids(work, root_ids, has_doubts=True)
    content = await store.select_movements(work, batch_ids)
    return await asyncio.to_thread(_decide, tuple(roots), tuple(batch_ids), content, time_zone)


@contextmanager
def _without_collector() -> Generator[None]:
    """Keep the cyclic collector away from a computation that makes millions of small objects and no cycles.

    It would look through all of them again and again: a quarter of the time for 100,000 shipment lines.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _decide(roots: tuple[Root, ...], batch_ids: tuple[UUID, ...], content: bytes, time_zone: str) -> Answer:
    with _without_collector():
        return _answer(roots, batch_ids, read_movements(content), time_zone)


def _answer(roots: tuple[Root, ...], batch_ids: tuple[UUID, ...], movements: Movements, time_zone: str) -> Answer:
    known = {batch.id for batch in movements.batches}
    for root in roots:
        if root.id not in known:
            raise RootMissing("One of the suspect batches does not exist.", hint="Pick it again.", field="batch_ids")
    graph = build_graph(movements)
    return Answer(
        roots=roots,
        batch_ids=batch_ids,
        movements=movements,
        items=reach(graph, roots, zone=ZoneInfo(time_zone)),
        exposure=trace_exposure(graph, {root.id for root in roots}),
        balances=tuple(balance_mass(graph, root.id) for root in roots),
    )


async def rank_sources(work: Work, complaints: Sequence[ComplaintBatches]) -> list[RankedSource]:
    """Return the sources of the batches complained about, the best common explanation first.

    Raises:
        NoRoots: a complaint names no batch.
    """
    batch_ids = sorted({UUID(batch_id) for complaint in complaints for batch_id in complaint.batch_ids})
    sources = {str(source.id): source for source in await store.select_sources(work, batch_ids)}
    reached = await store.select_affected_ids(work, [source.id for source in sources.values()], has_doubts=False)
    content = await store.select_movements(work, reached)
    suspects = await asyncio.to_thread(_rank, content, complaints)
    return [RankedSource(sources[suspect.batch_id], suspect) for suspect in suspects if suspect.batch_id in sources]


def _rank(content: bytes, complaints: Sequence[ComplaintBatches]) -> tuple[Suspect, ...]:
    return rank_suspects(build_graph(read_movements(content)), complaints)
