"""Common causes: which source batches can explain the complaints, the narrowest first.

What belongs here: going back from complaints to sources, and ranking those. What does not:
choosing one. That is a person's decision, because going forward from every source would recall
everything that ever saw the same sugar.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from provender.trace.recall.errors import NoRoots
from provender.trace.recall.model.findings import Exposure, Suspect
from provender.trace.recall.model.movements import ComplaintBatches, MaterialKind
from provender.trace.recall.rules.exposure import require_batches
from provender.trace.recall.rules.fractions import ZERO
from provender.trace.recall.rules.graph import Graph
from provender.trace.recall.rules.mixing import mix_shares
from provender.trace.recall.rules.simulation import simulate
from provender.trace.recall.rules.spread import find_ancestors, root_seeds, spread_in_time


def rank_suspects(graph: Graph, complaints: Sequence[ComplaintBatches]) -> tuple[Suspect, ...]:
    """Return every source that reaches a complaint, the best explanation first.

    A source is a batch that was made from no other batch. Order: explains most complaints,
    reaches fewest finished batches nobody complained about, then fewest customers of those,
    then the largest smallest share, then id. What it reaches is counted among the rows given.

    Raises:
        NoRoots: There is no complaint, or one without any candidate batch.
        RootMissing: A candidate batch is not among the rows.
    """
    if not complaints or not all(complaint.batch_ids for complaint in complaints):
        raise NoRoots(
            "Every complaint needs at least one batch it may be about.",
            hint="Search by code or best-before date and pick the batches that fit.",
            field="complaints",
        )
    candidates = frozenset[str]().union(*(complaint.batch_ids for complaint in complaints))
    require_batches(graph, candidates)
    ancestors = find_ancestors(graph, candidates)
    narrow = _narrow(graph, ancestors)
    suspects = [_describe(graph, narrow, batch_id, complaints) for batch_id in ancestors if _is_source(graph, batch_id)]
    return tuple(sorted((suspect for suspect in suspects if suspect.explains), key=_by_explanation))


def _by_explanation(suspect: Suspect) -> tuple[int, int, int, Fraction, str]:
    return (
        -len(suspect.explains),
        suspect.other_batch_count,
        suspect.other_customer_count,
        -suspect.smallest_share,
        suspect.batch_id,
    )


def _describe(graph: Graph, narrow: Graph, batch_id: str, complaints: Sequence[ComplaintBatches]) -> Suspect:
    reached = spread_in_time(graph, root_seeds([batch_id])).entered_at.keys()
    explained = [complaint for complaint in complaints if complaint.batch_ids & reached]
    candidates = frozenset[str]().union(*(complaint.batch_ids for complaint in complaints))
    others = [
        other for other in reached if other not in candidates and graph.batch_by_id[other].kind is MaterialKind.FINISHED
    ]
    exposure = simulate(narrow, frozenset((batch_id,)), mix_shares) if explained else None
    return Suspect(
        batch_id=batch_id,
        explains=tuple(sorted(complaint.complaint_id for complaint in explained)),
        explains_all=len(explained) == len(complaints),
        other_batch_count=len(others),
        other_customer_count=len(_customers_of(graph, others)),
        smallest_share=_smallest_share(exposure, explained),
    )


def _smallest_share(exposure: Exposure | None, explained: Sequence[ComplaintBatches]) -> Fraction:
    """Return the smallest, over complaints, of the largest share among their candidates."""
    if exposure is None:
        return ZERO
    return min(
        max(exposure.share_by_batch.get(batch_id, ZERO) for batch_id in complaint.batch_ids) for complaint in explained
    )


def _customers_of(graph: Graph, batch_ids: Collection[str]) -> frozenset[str]:
    return frozenset(
        line.customer_id
        for batch_id in batch_ids
        for line in graph.lines_by_batch.get(batch_id, ())
        if line.customer_id is not None and line.shipped_at is not None
    )


def _is_source(graph: Graph, batch_id: str) -> bool:
    return not any(move.inputs for move in graph.producers_by_batch.get(batch_id, ()))


def _narrow(graph: Graph, batch_ids: frozenset[str]) -> Graph:
    """Return the part of the graph that settles the shares of these batches and their sources.

    Moves that only draw from them matter where the mix of a batch changes over time, so they
    are kept for batches that were filled more than once.
    """
    producers = {batch_id: graph.producers_by_batch.get(batch_id, ()) for batch_id in batch_ids}
    kept = {move.id: move for moves in producers.values() for move in moves}
    for batch_id in batch_ids:
        if len(producers[batch_id]) >= _FILLED_TWICE:
            kept.update((move.id, move) for move in graph.consumers_by_batch.get(batch_id, ()))
    return replace(
        graph,
        move_by_id=kept,
        producers_by_batch=producers,
        lines_by_batch={
            batch_id: graph.lines_by_batch[batch_id] for batch_id in batch_ids & graph.lines_by_batch.keys()
        },
    )


_FILLED_TWICE: Final = 2
