"""From the rows of the database to the words of the rules, and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar, cast

import orjson

from provender.kit.quantities.units import BaseUnit
from provender.trace.recall.model import (
    Allocation,
    AllocationState,
    Batch,
    Disposition,
    Exposure,
    Figure,
    Item,
    ItemClass,
    ItemKind,
    MassBalance,
    MaterialKind,
    Movements,
    OutputRole,
    Process,
    ProcessInput,
    ProcessOutput,
    ReturnLine,
    Root,
    ShipmentLine,
)

Thing = TypeVar("Thing")
Fields = Sequence[object]
SHARE_DIGITS: Final = 18
"""Decimal places of a stored share; the exact fraction stands beside it."""
LONGEST_FRACTION: Final = 60
"""Characters of a fraction that a person would still read."""


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value))


def _amount(value: object) -> Decimal:
    return Decimal(str(value))


def _batch(row: Fields) -> Batch:
    return Batch(
        str(row[0]),
        str(row[1]),
        str(row[2]),
        MaterialKind(str(row[3])),
        BaseUnit(str(row[4])),
        _decimal(row[5]),
        _text(row[6]),
    )


def _process(row: Fields) -> Process:
    return Process(
        str(row[0]), str(row[1]), _moment(row[2]), _moment(row[3]), _text(row[4]), _text(row[5]), _moment(row[6])
    )


def _input(row: Fields) -> ProcessInput:
    return ProcessInput(str(row[0]), cast("int", row[1]), str(row[2]), _amount(row[3]))


def _output(row: Fields) -> ProcessOutput:
    return ProcessOutput(str(row[0]), cast("int", row[1]), str(row[2]), _amount(row[3]), OutputRole(str(row[4])))


def _shipment_line(row: Fields) -> ShipmentLine:
    return ShipmentLine(
        id=str(row[0]),
        shipment_id=str(row[1]),
        customer_id=str(row[2]),
        product_id=str(row[3]),
        batch_id=_text(row[4]),
        quantity=_amount(row[5]),
        shipped_at=_moment(row[6]),
        order_id=str(row[7]),
        delivered_at=_moment(row[8]),
        batch_unknown_reason=_text(row[9]),
    )


def _allocation(row: Fields) -> Allocation:
    return Allocation(str(row[0]), str(row[1]), str(row[2]), str(row[3]), _amount(row[4]), AllocationState(str(row[5])))


def _return_line(row: Fields) -> ReturnLine:
    return ReturnLine(
        str(row[0]),
        str(row[1]),
        _text(row[2]),
        _amount(row[3]),
        Disposition(str(row[4])),
        datetime.fromisoformat(str(row[5])),
    )


def read_movements(content: bytes) -> Movements:
    """Return the movements that `select_movements.sql` answered."""
    parts = cast("dict[str, list[Fields] | None]", orjson.loads(content))

    def read(name: str, make: Callable[[Fields], Thing]) -> tuple[Thing, ...]:
        return tuple(make(row) for row in parts.get(name) or ())

    return Movements(
        batches=read("batches", _batch),
        processes=read("processes", _process),
        inputs=read("inputs", _input),
        outputs=read("outputs", _output),
        shipment_lines=read("shipment_lines", _shipment_line),
        allocations=read("allocations", _allocation),
        return_lines=read("return_lines", _return_line),
    )


def to_decimal(share: Fraction) -> Decimal:
    """Return a fraction as a decimal with 18 places: close enough to show, the exact one stands beside."""
    with localcontext() as context:
        context.prec = 60
        return round(Decimal(share.numerator) / Decimal(share.denominator), SHARE_DIGITS)


@lru_cache(maxsize=16_384)
def write_decimal(amount: Fraction) -> str:
    """Return an amount as plain text with 18 places at most: never an exponent, no zeros at the end."""
    text = f"{to_decimal(amount):f}"
    return text.rstrip("0").removesuffix(".")


def write_fraction(share: Fraction) -> str | None:
    """Return `2/5`, or None when nobody would read it."""
    text = str(share)
    return text if len(text) <= LONGEST_FRACTION else None


def action_of(item: Item) -> str:
    """Return what has to be done about an item: notify, stop, hold, sign_off or none."""
    if item.certainty is ItemClass.TIME_EXCLUDED:
        return "sign_off" if item.kind in {ItemKind.SHIPMENT_LINE, ItemKind.STOCK, ItemKind.ALLOCATION} else "none"
    if item.kind is ItemKind.SHIPMENT_LINE and item.item_class in {ItemClass.DIRECT, ItemClass.POSSIBLE}:
        return "notify"
    if item.item_class is ItemClass.CONTAINED:
        return "hold" if item.kind is ItemKind.STOCK else "stop"
    return "none"


class ItemRows:
    """The items of a case as rows for `insert_recall_items.sql`."""

    def __init__(self, movements: Movements, exposure: Exposure) -> None:
        self._batches = {batch.id: batch for batch in movements.batches}
        self._line_of_return = {row.id: row.shipment_line_id for row in movements.return_lines}
        self._exposure = exposure

    def write(self, items: Sequence[Item], *, first_line_no: int) -> str:
        """Return rows as JSON text, numbered from `first_line_no`; amounts as text, so that none is rounded."""
        rows = [self._row(item, line_no) for line_no, item in enumerate(items, start=first_line_no)]
        return orjson.dumps(rows).decode()

    def _row(self, item: Item, line_no: int) -> dict[str, object]:
        batch = self._batches.get(item.batch_id or "")
        share = self._share(item)
        action = action_of(item)
        return {
            "line_no": line_no,
            "kind": item.kind.value,
            "subject_id": item.id,
            "class": item.item_class.value,
            "certainty": item.certainty.value,
            "reasons": ",".join(item.reasons),
            "depth": item.depth,
            "batch_id": item.batch_id,
            "order_id": item.order_id,
            "customer_id": item.customer_id,
            "quantity": _text(item.quantity),
            "returned_quantity": _text(item.returned),
            "unit": batch.base_unit.value if batch else ("piece" if item.quantity is not None else None),
            "mass_g": _mass_g(item, batch),
            "share": None if share is None else write_decimal(share),
            "share_fraction": None if share is None else write_fraction(share),
            "is_notified": action == "notify",
            "action": action,
        }

    def _share(self, item: Item) -> Fraction | None:
        exposure = self._exposure
        if item.kind is ItemKind.SHIPMENT_LINE:
            return exposure.share_by_shipment_line.get(item.id)
        if item.kind is ItemKind.RETURN_LINE:
            return exposure.share_by_shipment_line.get(self._line_of_return[item.id])
        if item.kind is ItemKind.PROCESS:
            return exposure.share_by_process.get(item.id)
        shares = exposure.share_by_batch if item.kind is ItemKind.BATCH else exposure.stock_share_by_batch
        return shares.get(item.batch_id or "")


def _mass_g(item: Item, batch: Batch | None) -> str | None:
    if batch is None or batch.unit_mass_g is None or item.quantity is None:
        return None
    return str(item.quantity * batch.unit_mass_g)


def write_root(root: Root, balance: MassBalance) -> dict[str, object]:
    """Return one row for `insert_recall_roots.sql`; amounts as text, so that none is rounded on the way."""
    figures: dict[str, Figure] = {
        "received": balance.received,
        "used": balance.used,
        "on_hand": balance.on_hand,
        "sold": balance.sold,
        "returned": balance.returned,
        "scrapped": balance.scrapped,
        "unaccounted": balance.unaccounted,
    }
    return {
        **{name: write_decimal(figure.amount) for name, figure in figures.items()},
        "batch_id": root.id,
        "code_match": root.match.value,
        "base_unit": balance.base_unit.value,
        "explained": None if balance.explained is None else write_decimal(balance.explained),
        "found": write_decimal(balance.found),
        "lost": write_decimal(balance.lost.amount),
        "is_exact": balance.is_exact,
        "is_over": balance.is_over,
        "evidence": {
            name: [[row.table, row.id] for row in figure.rows]
            for name, figure in {**figures, "lost": balance.lost}.items()
        },
        "findings": [
            {
                "batch_id": finding.batch_id,
                "share": str(finding.share),
                "found": write_decimal(finding.found),
                "on_hand": write_decimal(finding.on_hand.amount),
                "sold": write_decimal(finding.sold.amount),
                "returned": write_decimal(finding.returned.amount),
                "scrapped": write_decimal(finding.scrapped.amount),
                "unaccounted": write_decimal(finding.unaccounted.amount),
            }
            for finding in balance.findings
        ],
    }
