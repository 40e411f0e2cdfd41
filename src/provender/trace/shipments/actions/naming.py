"""From what people scan and choose in forms to what the verbs of shipments take."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from provender.kit import clock
from provender.kit.db import Work
from provender.kit.errors import FieldRefusal, InvalidInput
from provender.trace.orders.public import resolve_batches, select_line_balances
from provender.trace.processes.public import OutputLine
from provender.trace.shipments.forms import PackForm, PackLineForm, ReturnForm, ReturnLineForm
from provender.trace.shipments.model import Disposition
from provender.trace.shipments.payloads import ReturnInput, ReturnLineInput, ShipmentInput, ShipmentLineInput


async def resolve_shipment(work: Work, order_id: UUID, form: PackForm) -> ShipmentInput:
    """Return the shipment that a form describes; lines without pieces are left out.

    Raises:
        InvalidInput: nothing is packed, or a line is not one of the order.
        BatchUnknown: no batch of the line's product has the code.
        BatchAmbiguous: several have.
    """
    lines = [(index, line) for index, line in enumerate(form.lines) if line.quantity is not None]
    if not lines:
        raise InvalidInput("Nothing is packed.", hint="Say how many pieces of which batch.", field="lines.0.quantity")
    batches = await _resolve_batches(work, order_id, lines)
    return ShipmentInput(
        order_id=order_id,
        carrier=form.carrier,
        tracking_number=form.tracking_number,
        shipped_at=clock.now() if form.has_left else None,
        lines=[
            ShipmentLineInput(
                order_line_id=line.order_line_id,
                batch_id=batches.get(index),
                batch_unknown_reason=line.batch_unknown_reason,
                quantity=line.quantity or 0,
            )
            for index, line in lines
        ],
    )


def resolve_return(customer_id: UUID, form: ReturnForm) -> ReturnInput:
    """Return the return that a form describes; lines without pieces are left out.

    Raises:
        InvalidInput: nothing came back, or a rework does not say what it becomes.
    """
    lines = [(index, line) for index, line in enumerate(form.lines) if line.quantity is not None]
    if not lines:
        raise InvalidInput("Nothing came back.", hint="Say how many pieces of which line.", field="lines.0.quantity")
    sentence = "Say what the rework becomes, and how much."
    faults = tuple(
        FieldRefusal(f"lines.{index}.{'mass_kg' if line.material_id else 'material_id'}", sentence)
        for index, line in lines
        if line.disposition == Disposition.REWORK and (line.material_id is None or line.mass_kg is None)
    )
    if faults:
        raise InvalidInput(sentence, hint="Weigh it; broken bars weigh what they weighed whole.", fields=faults)
    return ReturnInput(customer_id=customer_id, note=form.note, lines=[_return_line(line) for _, line in lines])


def _return_line(line: ReturnLineForm) -> ReturnLineInput:
    is_reworked = line.disposition == Disposition.REWORK and line.mass_kg is not None
    return ReturnLineInput(
        shipment_line_id=line.shipment_line_id,
        quantity=line.quantity or 0,
        disposition=line.disposition,
        into_batch=OutputLine.model_validate(
            {"material_id": line.material_id, "quantity": line.mass_kg, "unit": "kg", "role": "rework"}
        )
        if is_reworked
        else None,
    )


async def _resolve_batches(work: Work, order_id: UUID, lines: Sequence[tuple[int, PackLineForm]]) -> dict[int, UUID]:
    product_by_line = {line.order_line_id: line.product_id for line in await select_line_balances(work, order_id)}
    strange = [index for index, line in lines if line.order_line_id not in product_by_line]
    if strange:
        raise InvalidInput("The order has no such line.", field=f"lines.{strange[0]}.order_line_id")
    scanned = [(index, line, line.batch) for index, line in lines if line.batch is not None]
    found = await resolve_batches(
        work, [(product_by_line[line.order_line_id], scan, f"lines.{index}.batch") for index, line, scan in scanned]
    )
    return {index: batch_id for (index, _, _), batch_id in zip(scanned, found, strict=True)}
