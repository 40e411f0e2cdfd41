"""Taking a process back, and booking what a stocktaking found or missed."""

from __future__ import annotations

from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.clock import now
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.ids import new_id
from provender.trace.batches.errors import refuse_draws
from provender.trace.batches.public import lock_stock
from provender.trace.processes import store
from provender.trace.processes.actions.recording import describe_process
from provender.trace.processes.errors import REFUSALS
from provender.trace.processes.model import NewProcess, ProcessKind, ProcessLine
from provender.trace.processes.payloads import CountInput, ProcessInput, ReversalInput
from provender.trace.processes.rules import counted_difference, measure_count


async def reverse_process(work: Work, process_id: UUID, reversal: ReversalInput) -> UUID:
    """Make a process void by recording its reversal, and return the reversal's id.

    A manager does where a batch of it is on hold: an edge less could shorten a recall.

    Raises:
        NotFound: there is no such process.
        OutputUsed: what it made was used, shipped or set aside since.
        AlreadyReversed: it is void already.
        ReversalIrreversible: it is a reversal itself.
        NotAllowed: a batch of it is on hold, and the caller is no manager.
    """
    caller = await work.caller()
    if await store.select_process(work, process_id) is None:
        raise NotFound("There is no such process.")
    lines = await store.select_reversal_lines(work, process_id)
    stock = await lock_stock(work, [line.batch_id for line in lines])
    if any(batch.is_held for batch in stock.values()):
        require_role(caller.role, Role.MANAGER)
    moment = now()
    header = NewProcess(
        id=new_id(),
        kind=ProcessKind.REVERSAL,
        started_at=moment,
        finished_at=moment,
        equipment=None,
        note=reversal.note,
        gain_reason=None,
        reverses_process_id=process_id,
        recorded_by_account_id=caller.account_id,
        recorded_by_name=caller.full_name,
    )
    with refusing(REFUSALS):
        await store.insert_process(work, header)
        await work.check_now()
    return header.id


async def record_count(work: Work, batch_id: UUID, count: CountInput) -> UUID:
    """Book the difference between what was counted and what the record says, and return the process's id.

    Raises:
        NotFound: there is no such batch.
        CountNeedless: there is no difference.
        QuantityRefusal: the quantity or unit cannot be used.
    """
    caller = await work.caller()
    batch = (await lock_stock(work, [batch_id])).get(batch_id)
    if batch is None:
        raise NotFound("There is no such batch.")
    difference = counted_difference(batch, measure_count(count.quantity, count.unit, batch.unit))
    header = describe_process(ProcessInput(kind="count", finished_at=count.finished_at, note=count.note), caller)
    line = ProcessLine(0, batch_id, abs(difference), abs(difference), batch.base_unit)
    with refusing(REFUSALS):
        await store.insert_process(work, header)
    if difference < 0:
        with refusing(refuse_draws("quantity")):
            await store.insert_process_input(work, header, line)
    else:
        await store.insert_process_output(work, header, [line])
    with refusing(REFUSALS):
        await work.check_now()
    return header.id
