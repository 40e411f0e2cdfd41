"""Which rows a recall affects, each with its class and its reasons.

What belongs here: putting the spreads together and naming what each row is. What does not:
following material (`spread`), finding doubts (`doubts`), quantities of it (`exposure`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from provender.kit.sentences import name_word, tell
from provender.trace.recall.errors import NoRoots, RootMissing
from provender.trace.recall.model.findings import Item, ItemClass, ItemKind, Reason
from provender.trace.recall.model.movements import CodeMatch, Root, RootKind, ShipmentLine
from provender.trace.recall.rules.doubts import (
    find_equipment_seeds,
    find_lines_of_unknown_batch,
    find_rework_bin_seeds,
    find_unknown_return_seeds,
)
from provender.trace.recall.rules.graph import Graph, Move
from provender.trace.recall.rules.items import (
    Connection,
    item_of_allocation,
    item_of_line,
    item_of_return,
    item_of_stock,
)
from provender.trace.recall.rules.spread import (
    NOTHING,
    Seeds,
    Spread,
    root_seeds,
    spread_at_batch_level,
    spread_in_time,
)

_KIND_ORDER = {kind: place for place, kind in enumerate(ItemKind)}
_CLASS_ORDER = {item_class: place for place, item_class in enumerate(ItemClass)}


def reach(graph: Graph, roots: Sequence[Root], *, zone: tzinfo = UTC) -> tuple[Item, ...]:
    """Return every row the roots affect, classified; the rows' order changes nothing.

    Order: batches, processes, stock, allocations, shipment lines, returns; within a kind by
    class (direct first), depth, id. A row appears once per kind, with its strongest class.

    Args:
        graph: The records, see `Movements` for what they must hold.
        roots: Suspects picked by a person. One found only by its folded code makes everything
            that hangs on it alone possible instead of direct.
        zone: Where the equipment stands (its midnight ends the exposure of a day).

    Raises:
        NoRoots: `roots` is empty.
        RootMissing: A root is not among the rows.
    """
    _require_roots(graph, roots)
    finding = _find(graph, roots, zone)
    items = [
        *_batch_items(finding),
        *_move_items(finding),
        *_allocation_items(finding),
        *_line_items(finding),
    ]
    items.sort(
        key=lambda item: (
            _KIND_ORDER[item.kind],
            _CLASS_ORDER[item.item_class],
            item.depth,
            item.id,
        )
    )
    return tuple(items)


_EXCLUDED = Connection(ItemClass.TIME_EXCLUDED, (Reason.DRAWN_BEFORE,), 0)


@dataclass(frozen=True, slots=True)
class _Entry:
    """When, why and how far from its start suspicion came into one batch."""

    reason: Reason
    entered_at: datetime
    depth: int


@dataclass(frozen=True, slots=True)
class _Settled:
    """The connection of everything drawn from one batch at or after a moment."""

    entered_at: datetime
    connection: Connection


@dataclass(frozen=True, slots=True)
class _Finding:
    """All spreads of one recall.

    Attributes:
        direct: From the roots found as printed.
        doubts: Per reason, what is possible for it.
        entries: Per affected batch, its entries, a direct one first.
        settled_by_batch: Per affected batch, the connection of whatever was drawn late enough.
        batch_level: Reachable from the roots when hours are left aside.
        unknown_lines: Lines without batch in doubt, with their depth.
    """

    graph: Graph
    direct: Spread
    doubts: Sequence[tuple[Reason, Spread]]
    entries: Mapping[str, Sequence[_Entry]]
    settled_by_batch: Mapping[str, _Settled]
    batch_level: frozenset[str]
    unknown_lines: Mapping[str, int]
    root_ids: frozenset[str]

    def connect_draw(self, batch_id: str, drawn_until: datetime | None) -> Connection | None:
        """Say how something drawn from the batch until then (None: still here) is connected."""
        settled = self.settled_by_batch.get(batch_id)
        if settled and (drawn_until is None or settled.entered_at <= drawn_until):
            return settled.connection
        entries = self.entries.get(batch_id, ()) if drawn_until else ()
        held = [entry for entry in entries if drawn_until and entry.entered_at <= drawn_until]
        if held:
            return _connect(held)
        return _EXCLUDED if batch_id in self.batch_level else None

    def connect_move(self, move: Move) -> Connection | None:
        """Say how a process is connected."""
        if move.id in self.direct.move_depth:
            is_root = move.id in self.root_ids
            reason = Reason.ROOT if is_root else Reason.DESCENT
            return Connection(ItemClass.DIRECT, (reason,), self.direct.move_depth[move.id])
        held = [(reason, spread) for reason, spread in self.doubts if move.id in spread.move_depth]
        if held:
            return Connection(
                ItemClass.POSSIBLE,
                tuple(sorted(reason for reason, _ in held)),
                min(spread.move_depth[move.id] for _, spread in held),
            )
        if any(row.batch_id in self.batch_level for row in move.inputs):
            return _EXCLUDED
        return None

    def connect_line(self, line: ShipmentLine) -> Connection | None:
        """Say how a shipment line is connected."""
        if line.batch_id is not None:
            return self.connect_draw(line.batch_id, line.shipped_at)
        depth = self.unknown_lines.get(line.id)
        if depth is None:
            return None
        return Connection(ItemClass.POSSIBLE, (Reason.BATCH_UNKNOWN,), depth)


def _require_roots(graph: Graph, roots: Sequence[Root]) -> None:
    if not roots:
        raise NoRoots("A recall needs at least one suspect to start from.", field="roots")
    for root in roots:
        known = graph.batch_by_id if root.kind is RootKind.BATCH else graph.move_by_id
        if root.id not in known:
            raise RootMissing(
                tell(
                    "The suspect %(kind)s %(id)s is not among the records.", kind=name_word(root.kind.value), id=root.id
                ),
                hint="It may have been reversed since; pick it again.",
                field="roots",
            )


def _find(graph: Graph, roots: Sequence[Root], zone: tzinfo) -> _Finding:
    exact = [root for root in roots if root.match is CodeMatch.EXACT]
    folded = [root for root in roots if root.match is CodeMatch.NORMALISED]
    direct = spread_in_time(graph, _seeds_of(exact))
    suspected = spread_in_time(graph, _seeds_of(roots)) if folded else direct
    doubts = [
        (Reason.CODE_NORMALISED, _spread_if_any(graph, _seeds_of(folded))),
        (
            Reason.SAME_EQUIPMENT,
            _spread_if_any(graph, find_equipment_seeds(graph, suspected, zone)),
        ),
        (Reason.SHARED_REWORK_BIN, _spread_if_any(graph, find_rework_bin_seeds(graph, suspected))),
    ]
    spreads = [suspected, *(spread for _, spread in doubts)]
    unknown_lines, unknown = _follow_unknown_lines(graph, spreads)
    doubts.append((Reason.BATCH_UNKNOWN, unknown))
    entries = _entries_of([(Reason.DESCENT, direct), *doubts])
    return _Finding(
        graph=graph,
        direct=direct,
        doubts=doubts,
        entries=entries,
        settled_by_batch={batch_id: _settle(found) for batch_id, found in entries.items()},
        batch_level=spread_at_batch_level(graph, _batches_of(graph, roots)),
        unknown_lines=unknown_lines,
        root_ids=frozenset(root.id for root in roots),
    )


def _entries_of(spreads: Sequence[tuple[Reason, Spread]]) -> dict[str, list[_Entry]]:
    entries: dict[str, list[_Entry]] = defaultdict(list)
    for reason, spread in spreads:
        for batch_id, entered_at in spread.entered_at.items():
            depth = spread.batch_depth[batch_id]
            entries[batch_id].append(_Entry(reason, entered_at, depth))
    return dict(entries)


def _connect(held: Sequence[_Entry]) -> Connection:
    if held[0].reason is Reason.DESCENT:
        return Connection(ItemClass.DIRECT, (Reason.DESCENT,), held[0].depth)
    reasons = tuple(sorted(entry.reason for entry in held))
    return Connection(ItemClass.POSSIBLE, reasons, min(entry.depth for entry in held))


def _settle(entries: Sequence[_Entry]) -> _Settled:
    if entries[0].reason is Reason.DESCENT:
        return _Settled(entries[0].entered_at, _connect(entries))
    return _Settled(max(entry.entered_at for entry in entries), _connect(entries))


def _follow_unknown_lines(graph: Graph, spreads: Sequence[Spread]) -> tuple[Mapping[str, int], Spread]:
    """Return the lines of unknown batch in doubt, and what their returns put into the house.

    What a return put into a batch can bring further products into doubt, so this is repeated
    until nothing is added; every round adds a line, so it ends.
    """
    unknown = NOTHING
    lines = find_lines_of_unknown_batch(graph, spreads)
    while True:
        unknown = _spread_if_any(graph, find_unknown_return_seeds(graph, lines))
        widened = find_lines_of_unknown_batch(graph, [*spreads, unknown])
        if len(widened) == len(lines):
            return widened, unknown
        lines = widened


def _seeds_of(roots: Sequence[Root]) -> Seeds:
    return root_seeds(
        (root.id for root in roots if root.kind is RootKind.BATCH),
        (root.id for root in roots if root.kind is RootKind.PROCESS),
    )


def _batches_of(graph: Graph, roots: Sequence[Root]) -> Iterator[str]:
    for root in roots:
        if root.kind is RootKind.BATCH:
            yield root.id
        else:
            yield from (row.batch_id for row in graph.move_by_id[root.id].outputs)


def _spread_if_any(graph: Graph, seeds: Seeds) -> Spread:
    return spread_in_time(graph, seeds) if seeds else NOTHING


def _batch_items(finding: _Finding) -> Iterator[Item]:
    for batch_id in finding.batch_level | finding.entries.keys():
        connection = finding.connect_draw(batch_id, None) or _EXCLUDED
        is_root = batch_id in finding.root_ids and connection.certainty is ItemClass.DIRECT
        yield Item(
            kind=ItemKind.BATCH,
            id=batch_id,
            item_class=connection.certainty,
            certainty=connection.certainty,
            reasons=(Reason.ROOT,) if is_root else connection.reasons,
            depth=connection.depth,
            batch_id=batch_id,
            via_process_id=_nearest_via(finding, batch_id),
        )
        if connection.certainty is not ItemClass.TIME_EXCLUDED:
            stock = item_of_stock(finding.graph, batch_id, connection)
            if stock is not None:
                yield stock


def _nearest_via(finding: _Finding, batch_id: str) -> str | None:
    for spread in (finding.direct, *(spread for _, spread in finding.doubts)):
        if batch_id in spread.entered_at:
            return spread.batch_via.get(batch_id)
    return None


def _move_items(finding: _Finding) -> Iterator[Item]:
    for move in finding.graph.move_by_id.values():
        connection = finding.connect_move(move) if move.process else None
        if connection is None:
            continue
        vias = (
            spread.move_via.get(move.id)
            for spread in (finding.direct, *(spread for _, spread in finding.doubts))
            if move.id in spread.move_depth
        )
        yield Item(
            kind=ItemKind.PROCESS,
            id=move.id,
            item_class=connection.certainty,
            certainty=connection.certainty,
            reasons=connection.reasons,
            depth=connection.depth,
            via_batch_id=next(vias, None),
        )


def _allocation_items(finding: _Finding) -> Iterator[Item]:
    for row in finding.graph.allocations:
        connection = finding.connect_draw(row.batch_id, None)
        if connection is not None:
            yield item_of_allocation(row, connection)


def _line_items(finding: _Finding) -> Iterator[Item]:
    graph = finding.graph
    for line in graph.shipment_lines:
        connection = finding.connect_line(line)
        if connection is None:
            continue
        yield item_of_line(graph, line, connection)
        for row in graph.returns_by_line.get(line.id, ()):
            yield item_of_return(row, line, connection)
