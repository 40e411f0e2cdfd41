"""Verbs that take goods back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.core.requests.public import next_number
from provender.kit.db import Work, refusing
from provender.kit.errors import FieldRefusal, InvalidInput
from provender.kit.ids import new_id
from provender.trace.batches.public import lock_stock
from provender.trace.orders.public import refuse_future
from provender.trace.processes.public import InputLine, ProcessInput, record_process
from provender.trace.shipments import store
from provender.trace.shipments.errors import BatchUnknownDestroyed, refuse_return
from provender.trace.shipments.model import Disposition, SoldLine
from provender.trace.shipments.payloads import ReturnInput, ReturnLineInput

SERIES: Final = "RT"


async def take_back(work: Work, returned: ReturnInput) -> UUID:
    """Record goods that came back: into stock, into a rework, or destroyed. Return the id.

    A rework is recorded as a process that draws the pieces that came back with the line.

    Raises:
        InvalidInput: a shipment line is unknown or another customer's, a rework names no batch, a moment lies ahead.
        MoreThanShipped: more would come back than left and has not come back.
        BatchUnknownDestroyed: goods of an unknown batch shall be used again.
        Refusal: what a rework process refuses.
    """
    caller = await work.caller()
    require_role(caller.role, Role.STAFF)
    refuse_future(returned.received_at, "received_at")
    sold = await store.select_sold_lines(work, sorted({line.shipment_line_id for line in returned.lines}))
    _refuse_strange(returned, sold)
    _refuse_unknown_batches(returned, sold)
    _refuse_reworks(returned)
    await lock_stock(work, sorted({line.batch_id for line in sold.values() if line.batch_id is not None}))
    return_id = await store.insert_return(
        work,
        {
            **returned.model_dump(include={"customer_id", "received_at", "note"}),
            "number": await next_number(work, SERIES),
            "recorded_by_name": caller.full_name,
        },
    )
    receipt = {"return_id": return_id, "customer_id": returned.customer_id}
    # In the order of the shipment lines, whose rows the trigger locks: two returns never wait for each other in a ring.
    for index, line in sorted(enumerate(returned.lines), key=lambda numbered: numbered[1].shipment_line_id):
        process = _rework_of(line, sold[line.shipment_line_id], returned)
        process_id = None if process is None else new_id()
        with refusing(refuse_return(index)):
            await store.insert_return_line(
                work, {**receipt, **line.model_dump(exclude={"into_batch"}), "rework_process_id": process_id}
            )
        if process is not None:
            await record_process(work, process, process_id=process_id)
    return return_id


def _rework_of(line: ReturnLineInput, sold: SoldLine, returned: ReturnInput) -> ProcessInput | None:
    if line.into_batch is None:
        return None
    taken = InputLine(batch_id=sold.batch_id, quantity=Decimal(line.quantity), unit="piece")
    return ProcessInput(kind="rework", finished_at=returned.received_at, inputs=[taken], outputs=[line.into_batch])


def _refuse_unknown_batches(returned: ReturnInput, sold: Mapping[UUID, SoldLine]) -> None:
    sentence = "The batch of these goods is unknown."
    faults = tuple(
        FieldRefusal(f"lines.{index}.disposition", sentence)
        for index, line in enumerate(returned.lines)
        if line.disposition != Disposition.DESTROY and sold[line.shipment_line_id].batch_id is None
    )
    if faults:
        raise BatchUnknownDestroyed(sentence, hint="Choose destroy: nobody may get them again.", fields=faults)


def _refuse_strange(returned: ReturnInput, sold: Mapping[UUID, SoldLine]) -> None:
    sentence = "This customer was not sent such a line."
    faults = tuple(
        FieldRefusal(f"lines.{index}.shipment_line_id", sentence)
        for index, line in enumerate(returned.lines)
        if line.shipment_line_id not in sold or sold[line.shipment_line_id].customer_id != returned.customer_id
    )
    if faults:
        raise InvalidInput(sentence, hint="Choose a line of a shipment to this customer.", fields=faults)


def _refuse_reworks(returned: ReturnInput) -> None:
    sentence = "A rework names the batch it makes; nothing else does."
    faults = tuple(
        FieldRefusal(f"lines.{index}.into_batch", sentence)
        for index, line in enumerate(returned.lines)
        if (line.disposition == Disposition.REWORK) != (line.into_batch is not None)
    )
    if faults:
        raise InvalidInput(sentence, hint="Give into_batch with rework only.", fields=faults)
