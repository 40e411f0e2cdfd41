"""The batches that a process makes, and what it puts into them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from provender.kit.clock import today
from provender.kit.db import Work, refusing
from provender.kit.quantities.units import BaseUnit
from provender.trace.batches.errors import OriginUnknown, refuse_changes
from provender.trace.batches.model import Making, NewBatch, Origin
from provender.trace.batches.public import (
    frozen_unit_mass_g,
    make_batch,
    propose_best_before,
    propose_code,
    select_makings,
    select_plot_farms,
)
from provender.trace.processes.errors import InFuture, LineIncomplete, MaterialMismatch, MaterialUnknown
from provender.trace.processes.payloads import OutputLine
from provender.trace.processes.rules import measure


async def choose_makings(
    work: Work, outputs: Sequence[OutputLine], default_material_id: UUID | None
) -> list[Making | None]:
    """Return what each new batch consists of; None for an output into a batch that exists.

    Args:
        work: The transaction.
        outputs: As described by the caller.
        default_material_id: Of a new batch that names neither material nor product.

    Raises:
        LineIncomplete: a new batch that says nothing, and there is no default.
        MaterialUnknown: no such material or product.
        MaterialMismatch: the product is not made of that material.
    """
    asked = [
        line.model_copy(update={"material_id": line.material_id or (None if line.product_id else default_material_id)})
        for line in outputs
    ]
    new = [line for line in asked if line.is_new]
    makings: list[Making] = []
    if new:
        material_ids = [line.material_id for line in new if line.material_id]
        makings = await select_makings(work, material_ids, [line.product_id for line in new if line.product_id])
    return [
        _choose_making(line, makings, f"outputs.{place}.") if line.is_new else None for place, line in enumerate(asked)
    ]


async def make_output_batch(work: Work, line: OutputLine, making: Making, *, place: str, default_day: date) -> UUID:
    """Make the new batch of an output and return its id.

    Args:
        work: The transaction.
        line: The output.
        making: What it consists of.
        place: The line in the caller's input, such as `outputs.0`.
        default_day: Day of making when the line names none.

    Raises:
        InFuture: made tomorrow.
        OriginUnknown: no such farm, supplier or plot.
        BatchCodeTaken: the material has a batch with this code.
        DatesReversed: best before the day of making.
    """
    made_on = line.made_on or default_day
    if made_on > today((await work.caller()).time_zone):
        raise InFuture("The day of making lies in the future.", hint="Correct the day.", field=f"{place}.made_on")
    origins = await _find_origins(work, line, making, place)
    shelf_end = propose_best_before(made_on, making.shelf_life_days)
    batch = NewBatch(
        material_id=making.material_id,
        product_id=making.product_id,
        farm_id=line.farm_id or _only_farm(origins),
        supplier_id=line.supplier_id,
        code=line.code or await propose_code(work, made_on),
        made_on=made_on,
        best_before_on=line.best_before_on or (shelf_end if line.proposes_best_before else None),
        unit_mass_g=frozen_unit_mass_g(BaseUnit(making.base_unit), making.net_mass_g, line.unit_mass_g),
        note=line.batch_note,
    )
    with refusing(refuse_changes(f"{place}.")):
        return await make_batch(work, batch, origins)


def _choose_making(line: OutputLine, makings: Sequence[Making], place: str) -> Making:
    for making in makings:
        if line.product_id is not None and making.product_id == line.product_id:
            if line.material_id not in {None, making.material_id}:
                raise MaterialMismatch(
                    "This product is not made of that material.",
                    hint="Leave the material out.",
                    field=f"{place}material_id",
                )
            return making
        if line.product_id is None and making.material_id == line.material_id:
            return making
    if line.product_id is None and line.material_id is None:
        raise LineIncomplete("The material is missing.", hint="Choose what it is.", field=f"{place}material_id")
    if line.product_id is None:
        raise MaterialUnknown(
            "There is no such material.", hint="Choose one of your materials.", field=f"{place}material_id"
        )
    raise MaterialUnknown("There is no such product.", hint="Choose one of your products.", field=f"{place}product_id")


async def _find_origins(work: Work, line: OutputLine, making: Making, place: str) -> list[Origin]:
    if not line.origins:
        return []
    found = await select_plot_farms(work, [origin.plot_id for origin in line.origins])
    farm_by_plot = {plot.plot_id: plot.farm_id for plot in found}
    origins: dict[UUID, Origin] = {}
    for number, origin in enumerate(line.origins):
        at = f"{place}.origins.{number}"
        if origin.plot_id not in farm_by_plot or origin.plot_id in origins:
            raise OriginUnknown(
                "There is no such plot, or it is named twice.",
                hint="Name each of your plots once.",
                field=f"{at}.plot_id",
            )
        unit = BaseUnit(making.base_unit)
        amount = None if origin.quantity is None else measure(origin.quantity, line.unit, unit, place=at).quantity
        origins[origin.plot_id] = Origin(origin.plot_id, farm_by_plot[origin.plot_id], amount)
    return list(origins.values())


def _only_farm(origins: Sequence[Origin]) -> UUID | None:
    farms = {origin.farm_id for origin in origins}
    return farms.pop() if len(farms) == 1 else None
