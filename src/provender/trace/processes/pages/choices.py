"""What the form of a process offers: batches with what is free of them, materials, products, equipment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, cast
from uuid import UUID

from fastapi import Request

from provender.kit.clock import today
from provender.kit.csv.columns import Item, read_items
from provender.kit.db import Work
from provender.kit.errors import Refusal
from provender.kit.http.pages import language_of
from provender.kit.quantities.display import write_quantity
from provender.kit.quantities.units import BaseUnit
from provender.trace.batches.model import LockedBatch
from provender.trace.batches.public import identify_batch, select_stock
from provender.trace.processes import store
from provender.trace.processes.pages.submission import LINE_FIELD

MOST_BATCHES: Final = 150
"""Of the latest made batches, how many are looked at for what is free; others are scanned or typed."""
UNITS: Final = {"g": ("kg", "g", "lb", "oz", "t"), "ml": ("l", "ml", "hl"), "piece": ("piece",)}
"""Units offered for what is kept in a base unit; the first is chosen."""
ALL_UNITS: Final = tuple(unit for units in UNITS.values() for unit in units)


@dataclass(frozen=True)
class Choices:
    """What a form offers, each list as (value, text) pairs.

    Attributes:
        made: material_id, product_id, role and unit of each output of the latest process of the kind.
    """

    batches: list[tuple[str, str]]
    materials: list[tuple[str, str]]
    products: list[tuple[str, str]]
    farms: list[tuple[str, str]]
    suppliers: list[tuple[str, str]]
    equipment: list[tuple[str, str]]
    made: list[dict[str, str]]


@dataclass(frozen=True)
class Chosen:
    """What a code in the form means, to be shown beside it."""

    batch: LockedBatch | None
    sentence: str


def fitting_units(chosen: Chosen | None) -> list[tuple[str, str]]:
    """Return the units in which a line may be entered: those that measure the batch chosen, or all."""
    known = chosen.batch.base_unit if chosen and chosen.batch else ""
    return [(unit, unit) for unit in UNITS.get(known, ALL_UNITS)]


async def read_choices(request: Request, work: Work, kind: str) -> Choices:
    """Return what the form of a kind offers."""
    found = cast(
        "Mapping[str, Any]", read_items(b"[" + await store.select_form_choices(work, kind, most=MOST_BATCHES) + b"]")[0]
    )
    language = language_of(request)

    def named(items: list[Item]) -> list[tuple[str, str]]:
        return [(str(item["id"]), str(item["name"])) for item in items]

    return Choices(
        batches=[(str(batch["code"]), describe_free(batch, language)) for batch in found["batches"]],
        materials=named([material for material in found["materials"] if not material["is_product"]]),
        products=named(found["products"]),
        farms=named(found["farms"]),
        suppliers=named(found["suppliers"]),
        equipment=[(str(name), "") for name in found["equipment"]],
        made=[{name: str(value) for name, value in line.items() if value} for line in found["made"]],
    )


def describe_free(batch: Item, language: str) -> str:
    """Return a batch as a suggestion shows it: its material, and what is free of it."""
    free = write_quantity(Decimal(str(batch["free"])), BaseUnit(str(batch["base_unit"])), language=language)
    return f"{batch['name']} · {free}"


async def read_chosen(work: Work, values: Mapping[str, object]) -> dict[int, Chosen]:
    """Return what the codes of the input lines mean, by the index of the line."""
    chosen: dict[int, Chosen] = {}
    for name, value in values.items():
        at = LINE_FIELD.fullmatch(name)
        if not at or at[1] != "inputs" or at[3] != "batch_code" or not value:
            continue
        try:
            batch_id = await identify_batch(work, str(value), today=today("UTC"))
        except Refusal as refusal:
            chosen[int(at[2])] = Chosen(None, refusal.sentence)
            continue
        chosen[int(at[2])] = Chosen(await read_stock(work, batch_id), "")
    return chosen


async def read_stock(work: Work, batch_id: UUID) -> LockedBatch | None:
    """Return a batch with what is free of it now, or None when it is not ours."""
    found = await select_stock(work, [batch_id])
    return found[0] if found else None
