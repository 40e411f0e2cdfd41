"""Recording a process with its lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.kit.clock import now
from provender.kit.db import Caller, Work, refusing
from provender.kit.quantities.units import BaseUnit
from provender.trace.batches.errors import refuse_draws
from provender.trace.batches.model import LockedBatch, Making
from provender.trace.batches.public import lock_stock
from provender.trace.processes import store
from provender.trace.processes.actions.naming import name_batches
from provender.trace.processes.actions.outputs import choose_makings, make_output_batch
from provender.trace.processes.errors import REFUSALS
from provender.trace.processes.model import NewProcess, ProcessLine
from provender.trace.processes.payloads import InputLine, OutputLine, ProcessInput
from provender.trace.processes.rules import measure, measure_rest, taken_of

BeforeLines = Callable[[UUID], Awaitable[None]]
Stock = Mapping[UUID, LockedBatch]


@dataclass(frozen=True)
class Recording:
    """A process that is being recorded.

    Attributes:
        day: On which it was finished, in the organisation's zone.
    """

    id: UUID
    header: NewProcess
    day: date


async def record_process(work: Work, process: ProcessInput, *, before_lines: BeforeLines | None = None) -> UUID:
    """Record a process: take from inputs, make the new batches, put into outputs. Return its id.

    Args:
        work: The transaction; the batches stay locked until it ends.
        process: As described by the caller.
        before_lines: Called with the id of the process before it draws: for what must name the process
            and brings the stock it uses, such as goods that came back for rework.

    Raises:
        BatchUnknown: a batch is not ours.
        BatchAmbiguous: a code means several batches.
        BatchHeld: an input is on hold.
        BatchTooSmall: more was taken than there is.
        BatchSetAside: what is left is set aside for orders.
        QuantityRefusal: a quantity or unit cannot be used.
        Refusal: materials, origins, shape, gain, times: see `errors` here and of batches.
    """
    caller = await work.caller()
    named = await name_batches(work, process)
    stock = await lock_stock(work, named.ids)
    named.require(stock)
    makings = await choose_makings(work, process.outputs)
    header = describe_process(process, caller)
    with refusing(REFUSALS):
        process_id = await store.insert_process(work, header)
    if before_lines is not None:
        await before_lines(process_id)
        stock = await lock_stock(work, named.ids)
    recording = Recording(process_id, header, header.finished_at.astimezone(ZoneInfo(caller.time_zone)).date())
    await _take_inputs(work, recording, process.inputs, [stock[batch_id] for batch_id in named.inputs])
    await _put_outputs(work, recording, process.outputs, _sources(makings, named.outputs, stock))
    with refusing(REFUSALS):
        await work.check_now()
    return process_id


def describe_process(process: ProcessInput, caller: Caller) -> NewProcess:
    """Return a process without its lines; it was finished now unless the caller says when."""
    finished_at = process.finished_at or now()
    return NewProcess(
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
    work: Work, recording: Recording, inputs: Sequence[InputLine], batches: Sequence[LockedBatch]
) -> None:
    lines: list[ProcessLine] = []
    for number, (line, batch) in enumerate(zip(inputs, batches, strict=True)):
        place = f"inputs.{number}"
        if line.takes_all:
            measured = measure_rest(batch, recording.header.kind, taken_of(batch.id, lines), place=place)
        else:
            measured = measure(line.quantity, line.unit, batch.unit, place=place)
        taken = ProcessLine(number, batch.id, measured.quantity, measured.entered_quantity, measured.entered_unit)
        with refusing(refuse_draws(f"{place}.quantity")):
            await store.insert_process_input(work, recording.id, recording.header, taken)
        lines.append(taken)


def _sources(
    makings: Sequence[Making | None], batch_ids: Sequence[UUID | None], stock: Stock
) -> list[Making | LockedBatch]:
    """Return for each output what it is made of: a new batch's making, or the batch that exists."""
    existing = (None if batch_id is None else stock[batch_id] for batch_id in batch_ids)
    return [source for pair in zip(makings, existing, strict=True) for source in pair if source is not None]


async def _put_outputs(
    work: Work, recording: Recording, outputs: Sequence[OutputLine], sources: Sequence[Making | LockedBatch]
) -> None:
    lines: list[ProcessLine] = []
    for number, (line, source) in enumerate(zip(outputs, sources, strict=True)):
        place = f"outputs.{number}"
        measured = measure(line.quantity, line.unit, BaseUnit(source.base_unit), place=place)
        batch_id = (
            source.id
            if isinstance(source, LockedBatch)
            else await make_output_batch(work, line, source, place=place, default_day=recording.day)
        )
        lines.append(
            ProcessLine(
                number, batch_id, measured.quantity, measured.entered_quantity, measured.entered_unit, line.role
            )
        )
    await store.insert_process_output(work, recording.id, recording.header, lines)
