"""Exposure: how much of everything made comes from the roots, as exact fractions.

Shown beside the class of an item and never used to shrink a recall: it is an estimate, because
every batch and every process is taken as well mixed.
"""

from __future__ import annotations

from collections.abc import Collection

from provender.kit.sentences import tell
from provender.trace.recall.errors import NoRoots, RootMissing
from provender.trace.recall.model.findings import Exposure
from provender.trace.recall.rules.graph import Graph
from provender.trace.recall.rules.mixing import mix_shares
from provender.trace.recall.rules.simulation import simulate


def trace_exposure(graph: Graph, root_batch_ids: Collection[str]) -> Exposure:
    """Return the shares of the roots together, each root counted as 1 wherever it lies.

    For the part of one root alone, ask with that one.

    Raises:
        NoRoots: No root was named.
        RootMissing: A root is not among the rows.
    """
    require_batches(graph, root_batch_ids)
    return simulate(graph, frozenset(root_batch_ids), mix_shares)


def require_batches(graph: Graph, root_batch_ids: Collection[str]) -> None:
    """Refuse roots that are not among the rows, and an empty question.

    Raises:
        NoRoots: No root was named.
        RootMissing: A root is not among the rows.
    """
    if not root_batch_ids:
        raise NoRoots("Exposure needs at least one batch to start from.", field="roots")
    for batch_id in sorted(root_batch_ids):
        if batch_id not in graph.batch_by_id:
            raise RootMissing(tell("The batch %(id)s is not among the records.", id=batch_id), field="roots")
