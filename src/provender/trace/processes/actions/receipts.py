"""Receipts as rows of a file: one row is one batch that was received."""

from __future__ import annotations

from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.kit.db import Work
from provender.kit.errors import FieldRefusal, InvalidInput, Refusal
from provender.kit.sentences import tell
from provender.trace.batches.errors import OriginUnknown
from provender.trace.processes import store
from provender.trace.processes.actions.recording import record_process
from provender.trace.processes.errors import MaterialUnknown
from provender.trace.processes.model import Names
from provender.trace.processes.payloads import OutputLine, ProcessInput, ReceiptRow


async def record_receipt(work: Work, row: ReceiptRow) -> UUID:
    """Record the receipt of one batch; refusals name the column.

    Raises:
        MaterialUnknown: no material has this code or name.
        OriginUnknown: no farm or supplier has this name.
        InvalidInput: as for any process.
    """
    names = await store.select_names(work, row.material, row.farm, row.supplier)
    _require_known(row, names)
    line = OutputLine(
        material_id=names.material_id,
        code=row.code,
        quantity=row.quantity,
        unit=row.unit,
        best_before_on=row.best_before_on,
        farm_id=names.farm_id,
        supplier_id=names.supplier_id,
    )
    zone = ZoneInfo((await work.caller()).time_zone)
    finished_at = None if row.received_on is None else datetime.combine(row.received_on, time(0, 0), zone)
    try:
        return await record_process(
            work, ProcessInput(kind="receive", finished_at=finished_at, note=row.note, outputs=[line])
        )
    except Refusal as refusal:
        raise InvalidInput(refusal.sentence, hint=refusal.hint, fields=_by_column(refusal)) from refusal


def _require_known(row: ReceiptRow, names: Names) -> None:
    if names.material_id is None:
        raise MaterialUnknown(
            tell("There is no material %(name)s.", name=row.material),
            hint="Write its code or its name.",
            field="material",
        )
    if row.farm is not None and names.farm_id is None:
        raise OriginUnknown(tell("There is no farm %(name)s.", name=row.farm), hint="Add the farm first.", field="farm")
    if row.supplier is not None and names.supplier_id is None:
        raise OriginUnknown(
            tell("There is no supplier %(name)s.", name=row.supplier), hint="Add the supplier first.", field="supplier"
        )


def _by_column(refusal: Refusal) -> tuple[FieldRefusal, ...]:
    """Return the fields at fault, named as the columns of the file."""
    columns = {"finished_at": "received_on"}
    return tuple(
        FieldRefusal(columns.get(fault.field, fault.field.removeprefix("outputs.0.")), fault.sentence)
        for fault in refusal.fields
    )
