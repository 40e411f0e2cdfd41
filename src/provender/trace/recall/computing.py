"""The answer of a recall: rows are read, the rules decide, nothing is written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.kit.db import Work
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
from provender.trace.recall.records import read_movements
from provender.trace.recall.rules.balance import balance_mass
from provender.trace.recall.rules.exposure import trace_exposure
from provender.trace.recall.rules.graph import build_graph
from provender.trace.recall.rules.reach import reach
from provender.trace.recall.rules.suspects import rank_suspects


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


async def compute_answer(work: Work, roots: Sequence[Root], time_zone: str) -> Answer:
    """Read what moved and let the rules decide; a large answer leaves the event loop free.

    Raises:
        RootMissing: a root is not one of ours.
    """
    root_ids = [UUID(root.id) for root in roots]
    batch_ids = await store.select_affected_ids(work, root_ids, has_doubts=True)
    content = await store.select_movements(work, batch_ids)
    return await asyncio.to_thread(_decide, tuple(roots), tuple(batch_ids), content, time_zone)


def _decide(roots: tuple[Root, ...], batch_ids: tuple[UUID, ...], content: bytes, time_zone: str) -> Answer:
    movements = read_movements(content)
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
