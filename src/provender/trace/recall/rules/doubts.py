"""What is only possibly affected: shared equipment, shared rework bins, unknown batches.

What belongs here: from what is affected, the further places a suspicion may have got to that
no recorded quantity shows. Doubt spreads one step from what is directly affected and then
along recorded quantities; carry-over of carry-over is not followed, or every recall would be
a recall of the whole house. Missing records widen the answer, they never narrow it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from provender.trace.recall.model.movements import MaterialKind
from provender.trace.recall.rules.graph import BEGINNING, END, Graph, Move
from provender.trace.recall.rules.spread import Seeds, Spread
from provender.trace.recall.rules.stock import read_stock

DAYS_UNTIL_CLEANING: Final = 1
"""Local days, the day a process finished included, during which its equipment counts as not yet
cleaned. Cleanings are not recorded; makers clean at the end of a working day, so what runs on
the same equipment later that day is taken to have touched the remains."""


@dataclass(frozen=True, slots=True)
class _Window:
    """Hours during which equipment or a bin held suspect material, both ends included."""

    first: datetime
    last: datetime


def find_equipment_seeds(graph: Graph, direct: Spread, zone: tzinfo) -> Seeds:
    """Return the processes that ran on equipment while suspect material was on or in it.

    Args:
        graph: The records.
        direct: What is directly affected; its processes are not returned.
        zone: Where the equipment stands: its midnight ends the day.
    """
    windows_by_equipment: dict[str, list[_Window]] = defaultdict(list)
    for move_id in direct.move_depth:
        move = graph.move_by_id[move_id]
        if move.process and move.process.equipment:
            window = _Window(move.enters_at, _end_of_exposure(move.drawn_until, zone))
            windows_by_equipment[move.process.equipment].append(window)
    merged = {name: _merge(windows) for name, windows in windows_by_equipment.items()}
    return Seeds(
        move_ids=frozenset(
            move.id
            for move in graph.move_by_id.values()
            if move.id not in direct.move_depth
            and move.process
            and _overlaps_any(move, merged.get(move.process.equipment or "", ()))
        )
    )


def find_rework_bin_seeds(graph: Graph, direct: Spread) -> Seeds:
    """Return the rework batches that lay in the same bin with affected rework of one material.

    Rework of one material is one heap to the people who scoop from it. A batch of it is in
    doubt from the moment affected rework came in, when both were there at the same time: from
    the first filling to the last draw, or until now while something is left.
    """
    bins: dict[str, list[str]] = defaultdict(list)
    for batch in graph.batch_by_id.values():
        if batch.kind is MaterialKind.REWORK:
            bins[batch.material_id].append(batch.id)
    entered_at_by_batch: dict[str, datetime] = {}
    for batch_ids in bins.values():
        affected = [batch_id for batch_id in batch_ids if batch_id in direct.entered_at]
        stays = {batch_id: _stay_of(graph, batch_id) for batch_id in batch_ids if affected}
        for batch_id, stay in stays.items():
            contacts = [
                direct.entered_at[other]
                for other in affected
                if other != batch_id and max(stay.first, direct.entered_at[other]) <= min(stay.last, stays[other].last)
            ]
            if contacts:
                entered_at_by_batch[batch_id] = min(contacts)
    return Seeds(entered_at_by_batch)


def find_lines_of_unknown_batch(graph: Graph, spreads: Sequence[Spread]) -> Mapping[str, int]:
    """Return the shipment lines without batch that may hold affected goods, with their depth.

    A line is in doubt when an affected batch of its product had begun to be made before the
    line departed, or the line is still here. Its depth is the smallest of those batches.
    """
    made_at: dict[str, datetime] = {}
    depth: dict[str, int] = {}
    for spread in spreads:
        for batch_id, batch_depth in spread.batch_depth.items():
            first = _made_at(graph, batch_id)
            for product_id in graph.products_by_batch.get(batch_id, ()):
                made_at[product_id] = min(first, made_at.get(product_id, END))
                depth[product_id] = min(batch_depth, depth.get(product_id, batch_depth))
    return {
        line.id: depth[line.product_id]
        for line in graph.lines_without_batch
        if line.product_id in made_at and (line.shipped_at is None or made_at[line.product_id] <= line.shipped_at)
    }


def find_unknown_return_seeds(graph: Graph, line_ids: Iterable[str]) -> Seeds:
    """Return the returns that put goods of such lines into a batch."""
    return Seeds(
        move_ids=frozenset(
            row.id
            for line_id in line_ids
            for row in graph.returns_by_line.get(line_id, ())
            if row.id in graph.move_by_id
        )
    )


def _end_of_exposure(finished_at: datetime, zone: tzinfo) -> datetime:
    if finished_at >= END - timedelta(days=DAYS_UNTIL_CLEANING + 1):
        return END
    last_day = finished_at.astimezone(zone).date() + timedelta(days=DAYS_UNTIL_CLEANING)
    return datetime.combine(last_day, time.min, zone) - timedelta.resolution


def _merge(windows: list[_Window]) -> list[_Window]:
    """Return the same hours as windows that do not touch, in order."""
    merged: list[_Window] = []
    for window in sorted(windows, key=lambda each: (each.first, each.last)):
        if merged and window.first <= merged[-1].last:
            merged[-1] = _Window(merged[-1].first, max(merged[-1].last, window.last))
        else:
            merged.append(window)
    return merged


def _overlaps_any(move: Move, windows: Sequence[_Window]) -> bool:
    place = bisect_right(windows, move.drawn_until, key=lambda window: window.first)
    return place > 0 and windows[place - 1].last >= move.enters_at


def _stay_of(graph: Graph, batch_id: str) -> _Window:
    producers = graph.producers_by_batch.get(batch_id, ())
    consumers = graph.consumers_by_batch.get(batch_id, ())
    first = min((move.enters_at for move in producers), default=BEGINNING)
    stock = read_stock(graph, batch_id)
    if not consumers or not stock.put_in or stock.on_hand > 0:
        return _Window(first, END)
    return _Window(first, max(move.drawn_until for move in consumers))


def _made_at(graph: Graph, batch_id: str) -> datetime:
    producers = graph.producers_by_batch.get(batch_id, ())
    batch = graph.batch_by_id.get(batch_id)
    recorded = batch.made_at if batch and batch.made_at else BEGINNING
    return min((move.enters_at for move in producers), default=recorded)
