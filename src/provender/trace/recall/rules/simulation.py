"""What is in every batch at every moment: all moves and draws, run once in order, exactly.

What belongs here: batches being filled and drawn from, each draw taking the batch's mix of
that moment (everything is taken as well mixed). What does not: how a process mixes its inputs
(`mixing`), the order (`schedule`), what the shares are used for (`exposure`, `findings`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

from provender.kit.quantities.units import EXACT
from provender.trace.recall.model.findings import Exposure, ProcessLoss
from provender.trace.recall.model.movements import ShipmentLine
from provender.trace.recall.rules.fractions import ONE, ZERO, cut_to_sixty_digits, is_too_long
from provender.trace.recall.rules.graph import (
    BEGINNING,
    Graph,
    Move,
    is_back_in_same_batch,
    is_correcting,
)
from provender.trace.recall.rules.mixing import Draw, Mix, MixingRule
from provender.trace.recall.rules.schedule import schedule_moves
from provender.trace.recall.rules.spread import spread_at_batch_level
from provender.trace.recall.rules.stock import read_stock


@dataclass(frozen=True, slots=True, order=True)
class _Delivery:
    """A shipment line leaving a changing batch, or part of it coming back into it.

    Fields are in sort order. Rank 0 leaves, rank 1 comes back: at one moment goods leave first.
    """

    at: datetime
    rank: int
    id: str
    line: ShipmentLine = field(compare=False)
    quantity: Decimal = field(compare=False)


def _depart(line: ShipmentLine, shipped_at: datetime) -> _Delivery:
    return _Delivery(shipped_at, 0, line.id, line=line, quantity=line.quantity)


@dataclass(slots=True)
class _Contents:
    """What is in one batch now: base units and share; and all that was ever put in."""

    quantity: Decimal = Decimal(0)
    share: Fraction = ZERO
    put_in: Decimal = Decimal(0)
    share_put_in: Fraction = ZERO


def simulate(graph: Graph, roots: Collection[str], mixing: MixingRule) -> Exposure:
    """Run all moves and draws; what is in a root always has share 1, whatever was put into it.

    Shipment lines are drawn at their time only from batches that were filled more than once;
    elsewhere the mix never changes, and their share is the batch's.
    """
    simulation = _Simulation(graph, roots, mixing)
    simulation.run()
    return simulation.tell()


@dataclass(slots=True)
class _Simulation:
    graph: Graph
    roots: Collection[str]
    mixing: MixingRule
    contents: dict[str, _Contents] = field(default_factory=dict[str, _Contents])
    input_shares: dict[tuple[str, int], Fraction] = field(default_factory=dict[tuple[str, int], Fraction])
    process_shares: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    line_shares: dict[str, Fraction] = field(default_factory=dict[str, Fraction])
    losses: list[ProcessLoss] = field(default_factory=list[ProcessLoss])
    unknown_mass: set[str] = field(default_factory=set[str])
    over_drawn: set[str] = field(default_factory=set[str])
    out_of_order: tuple[str, ...] = ()
    is_rounded: bool = False

    def run(self) -> None:
        """Run the schedule, with the shipment lines of changing batches in between."""
        schedule = schedule_moves(self.graph, self.roots, spread_at_batch_level(self.graph, self.roots))
        self.out_of_order = schedule.out_of_order_ids
        waiting = self._deliveries()
        now = BEGINNING
        with localcontext(EXACT):
            for move in schedule.moves:
                now = max(now, move.happens_at)
                while waiting and self._is_due(waiting[-1], now, move):
                    self._deliver(waiting.pop())
                self._run_move(move)
            while waiting:
                self._deliver(waiting.pop())
            self._note_constant_lines()

    def _deliveries(self) -> list[_Delivery]:
        """Departures from batches filled more than once, and returns into them, latest first."""
        deliveries: list[_Delivery] = []
        for batch_id, lines in self.graph.lines_by_batch.items():
            for line in lines if self._is_changing(batch_id) else ():
                if line.shipped_at is not None:
                    deliveries.append(_depart(line, line.shipped_at))
                deliveries.extend(
                    _Delivery(row.received_at, 1, row.id, line=line, quantity=row.quantity)
                    for row in self.graph.returns_by_line.get(line.id, ())
                    if is_back_in_same_batch(row, line)
                )
        return sorted(deliveries, reverse=True)

    def _is_changing(self, batch_id: str) -> bool:
        if batch_id in self.roots:
            return False
        producers = self.graph.producers_by_batch.get(batch_id, ())
        return len(producers) > 1 or any(
            sum(row.batch_id == batch_id for row in move.outputs) > 1 for move in producers
        )

    @staticmethod
    def _is_due(delivery: _Delivery, now: datetime, move: Move) -> bool:
        """At one moment processes come first, then deliveries, then returns elsewhere."""
        return delivery.at <= now if move.return_line else delivery.at < now

    def _run_move(self, move: Move) -> None:
        if move.return_line is not None:
            self._take_back(move)
            return
        draws = [self._draw(row.batch_id, row.quantity) for row in move.inputs]
        for row, draw in zip(move.inputs, draws, strict=True):
            if draw.share:
                self.input_shares[move.id, row.line_no] = draw.share
        mix = self._mix(move, draws)
        if mix.share:
            self.process_shares[move.id] = mix.share
        is_correction = is_correcting(move)
        for row in move.outputs:
            # What a count finds too much of is more of the same.
            share = self._share_of(row.batch_id) if is_correction else mix.share_of(row.batch_id)
            self._fill(row.batch_id, row.quantity, share)

    def _mix(self, move: Move, draws: Sequence[Draw]) -> Mix:
        if not any(draw.share for draw in draws):
            return _NOTHING_CARRIED
        mix = self.mixing(draws, move.outputs, self.graph.batch_by_id)
        self.unknown_mass.update(mix.unknown_mass_batch_ids)
        if mix.lost_mass_g is None:
            self._name_unweighed(move)
        elif mix.lost_exposed:
            self.losses.append(ProcessLoss(move.id, mix.lost_mass_g, mix.lost_exposed))
        return mix

    def _name_unweighed(self, move: Move) -> None:
        rows = (*move.inputs, *move.outputs)
        batches = (self.graph.batch_by_id[row.batch_id] for row in rows)
        self.unknown_mass.update(batch.id for batch in batches if batch.unit_mass_g is None)

    def _take_back(self, move: Move) -> None:
        """Put returned goods into the batch named, with the share they left with."""
        row = move.outputs[0]
        share = ZERO
        for drawn in move.inputs:
            line_id = move.return_line.shipment_line_id if move.return_line else ""
            share = self.line_shares.get(line_id, self._share_of(drawn.batch_id))
        self._fill(row.batch_id, row.quantity, share)

    def _deliver(self, delivery: _Delivery) -> None:
        line = delivery.line
        batch_id = line.batch_id or ""
        if delivery.rank:
            share = self.line_shares.get(line.id, ZERO)
            self._fill(batch_id, delivery.quantity, share)
            return
        draw = self._draw(batch_id, delivery.quantity)
        if draw.share:
            self.line_shares[line.id] = draw.share

    def _share_of(self, batch_id: str) -> Fraction:
        if batch_id in self.roots:
            return ONE
        contents = self.contents.get(batch_id)
        return contents.share if contents else ZERO

    def _draw(self, batch_id: str, quantity: Decimal) -> Draw:
        share = self._share_of(batch_id)
        contents = self.contents.get(batch_id)
        if contents is not None:
            contents.quantity -= quantity
            if contents.quantity < 0:
                if self._is_changing(batch_id):
                    self.over_drawn.add(batch_id)
                contents.quantity = Decimal(0)
        return Draw(self.graph.batch_by_id[batch_id], quantity, share)

    def _fill(self, batch_id: str, quantity: Decimal, share: Fraction) -> None:
        contents = self.contents.setdefault(batch_id, _Contents())
        contents.share = self._blend(contents.share, contents.quantity, share, quantity)
        contents.share_put_in = self._blend(contents.share_put_in, contents.put_in, share, quantity)
        contents.quantity += quantity
        contents.put_in += quantity

    def _blend(self, share: Fraction, quantity: Decimal, added_share: Fraction, added: Decimal) -> Fraction:
        if not quantity or share == added_share:
            return added_share
        carried = share * Fraction(quantity) + added_share * Fraction(added)
        return self._shorten(carried / Fraction(quantity + added))

    def _shorten(self, share: Fraction) -> Fraction:
        if not is_too_long(share):
            return share
        self.is_rounded = True
        return cut_to_sixty_digits(share)

    def _note_constant_lines(self) -> None:
        """Give the lines of batches with one mix, and those still here, the batch's share."""
        for batch_id, lines in self.graph.lines_by_batch.items():
            share = self._share_of(batch_id)
            if not share:
                continue
            is_changing = self._is_changing(batch_id)
            for line in lines:
                if not is_changing or line.shipped_at is None:
                    self.line_shares[line.id] = share

    def tell(self) -> Exposure:
        """Return what was found."""
        known = dict.fromkeys(self.roots, ONE)
        lifetime = {key: each.share_put_in for key, each in self.contents.items()}
        present = {key: each.share for key, each in self.contents.items()}
        share_by_batch = {key: share for key, share in {**lifetime, **known}.items() if share}
        over_shipped = (key for key in share_by_batch if read_stock(self.graph, key).is_over_drawn)
        exposed = self.process_shares.keys()
        return Exposure(
            share_by_batch=share_by_batch,
            stock_share_by_batch={k: v for k, v in {**present, **known}.items() if v},
            share_by_process=self.process_shares,
            share_by_shipment_line=self.line_shares,
            share_by_input=self.input_shares,
            losses=tuple(sorted(self.losses, key=lambda loss: loss.process_id)),
            unknown_mass_batch_ids=tuple(sorted(self.unknown_mass)),
            over_drawn_batch_ids=tuple(sorted((self.over_drawn & share_by_batch.keys()).union(over_shipped))),
            out_of_order_process_ids=tuple(key for key in self.out_of_order if key in exposed),
            is_rounded=self.is_rounded,
        )


_NOTHING_CARRIED: Final = Mix(ZERO, {}, None, ZERO)
