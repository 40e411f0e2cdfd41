"""Recording a process with its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.kit.clock import now
from provender.kit.db import Caller, Work, refusing
from provender.kit.ids import new_id
from provender.kit.quantities.units import BaseUnit
from provender.trace.batches.errors import refuse_draws
from provender.trace.batches.model import LockedBatch, Making
from provender.trace.batches.public import lock_stock
from provender.trace.processes import store
from provender.trace.processes.actions.naming import name_batches
from provender.trace.processes.actions.outputs import choose_makings, make_output_batch
from provender.trace.processes.errors import REFUSALS
from provender.trace.processes.model import NewProcess, ProcessKind, ProcessLine
from provender.trace.processes.payloads import InputLine, OutputLine, ProcessInput
from provender.trace.processes.rules import measure, measure_rest, taken_of

SAME_MATERIAL: Final = frozenset({ProcessKind.SPLIT, ProcessKind.MERGE})
Stock = Mapping[UUID, LockedBatch]


async def record_process(work: Work, process: ProcessInput, *, process_id: UUID | None = None) -> UUID:
    """Record a process: take from inputs, make the new batches, put into outputs. Return its id.

    Args:
        work: The transaction; the batches stay locked until it ends.
        process: As described by the caller.
        process_id: The key it gets; for what must name the process before it is there, such as goods that
            came back for rework. None: a new one.

    Raises:
        BatchUnknown: a batch is not ours.
        BatchAmbiguous: a code means several batches.
        BatchHeld: an input is on hold.
        NotEnoughOnHand: more was taken than there is.
        SetAsideForOrders: what is left is set aside for orders.
        QuantityRefusal: a quantity or unit cannot be used.
        Refusal: materials, origins, shape, gain, times: see `errors` here and of batches.
    """
    caller = await work.caller()
    named = await name_batches(work, process)
    stock = await lock_stock(work, named.ids)
    named.require(stock)
    makings = await choose_makings(work, process.outputs, _default_material(process.kind, named.inputs, stock))
    header = describe_process(process, caller, process_id=process_id)
    with refusing(REFUSALS):
        await store.insert_process(work, header)
    await _take_inputs(work, header, process.inputs, [stock[batch_id] for batch_id in named.inputs])
    await _put_outputs(work, header, process.outputs, _sources(makings, named.outputs, stock))
    with refusing(REFUSALS):
        await work.check_now()
    return header.id


def describe_process(process: ProcessInput, caller: Caller, *, process_id: UUID | None = None) -> NewProcess:
    """Return a process without its lines; it was finished now unless the caller says when."""
    finished_at = process.finished_at or now()
    return NewProcess(
        id=process_id or new_id(),
        kind=process.kind,
        started_at=process.started_at or finished_at,
        finished_at=finished_at,
        equipment=process.equipment,
        note=process.note,
        gain_reason=process.gain_reason,
        reverses_process_id=None,
        recorded_by_account_id=caller.account_id,
        recorded_by_name=caller.full_name,
    )


async def _take_inputs(
    work: Work, header: NewProcess, inputs: Sequence[InputLine], batches: Sequence[LockedBatch]
) -> None:
    lines: list[ProcessLine] = []
    for number, (line, batch) in enumerate(zip(inputs, batches, strict=True)):
        place = f"inputs.{number}"
        if line.takes_all:
            measured = measure_rest(batch, header.kind, taken_of(batch.id, lines), place=place)
        else:
            measured = measure(line.quantity, line.unit, batch.unit, place=place)
        taken = ProcessLine(number, batch.id, measured.quantity, measured.entered_quantity, measured.entered_unit)
        with refusing(refuse_draws(f"{place}.quantity")):
            await store.insert_process_input(work, header, taken)
        lines.append(taken)


def _default_material(kind: str, input_ids: Sequence[UUID], stock: Stock) -> UUID | None:
    """Return the material of new batches that name none: a part, or a pool, is of what went in."""
    materials = {stock[batch_id].material_id for batch_id in input_ids}
    return materials.pop() if kind in SAME_MATERIAL and len(materials) == 1 else None


def _sources(
    makings: Sequence[Making | None], batch_ids: Sequence[UUID | None], stock: Stock
) -> list[Making | LockedBatch]:
    """Return for each output what it is made of: a new batch's making, or the batch that exists."""
    existing = (None if batch_id is None else stock[batch_id] for batch_id in batch_ids)
    return [source for pair in zip(makings, existing, strict=True) for source in pair if source is not None]


async def _put_outputs(
    work: Work, header: NewProcess, outputs: Sequence[OutputLine], sources: Sequence[Making | LockedBatch]
) -> None:
    lines: list[ProcessLine] = []
    made_on = header.finished_at.astimezone(ZoneInfo((await work.caller()).time_zone)).date()
    for number, (line, source) in enumerate(zip(outputs, sources, strict=True)):
        place = f"outputs.{number}"
        measured = measure(line.quantity, line.unit, BaseUnit(source.base_unit), place=place)
        batch_id = (
            source.id
            if isinstance(source, LockedBatch)
            else await make_output_batch(work, line, source, place=place, default_day=made_on)
        )
        lines.append(
            ProcessLine(
                number, batch_id, measured.quantity, measured.entered_quantity, measured.entered_unit, line.role
            )
        )
    await store.insert_process_output(work, header, lines)
