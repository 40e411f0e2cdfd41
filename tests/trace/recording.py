"""Writes generated records into the database: set by set, in an order of its own, all guards on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar
from uuid import UUID

import orjson

from provender.kit.db import Statement, Work
from provender.trace.recall.model import Process
from tests.maker import Maker
from tests.trace.genealogies import Genealogy

Row = TypeVar("Row")
MASTER = (
    b"INSERT INTO trace.material (organisation_id, id, code, name, kind, base_unit)"
    b" SELECT %(organisation_id)s, row.id, row.kind, row.kind, row.kind, row.unit"
    b" FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id uuid, kind text, unit text)"
)
PRODUCT = (
    b"INSERT INTO trace.product (organisation_id, id, material_id, sku, name, net_mass_g)"
    b" VALUES (%(organisation_id)s, %(id)s, %(material_id)s, 'bar', 'Bar', 50)"
)
CUSTOMER = (
    b"INSERT INTO trace.customer (organisation_id, id, name, country)"
    b" VALUES (%(organisation_id)s, %(id)s, 'Shop', 'DE')"
)
BATCHES = (
    b"INSERT INTO trace.batch (organisation_id, id, material_id, product_id, code, made_on, unit_mass_g)"
    b" SELECT %(organisation_id)s, row.id, row.material_id, row.product_id, row.code, '2026-03-02', row.unit_mass_g"
    b" FROM jsonb_to_recordset(%(rows)s::jsonb)"
    b" AS row (id uuid, material_id uuid, product_id uuid, code text, unit_mass_g numeric)"
)
PROCESSES = (
    b"INSERT INTO trace.process (organisation_id, id, kind, started_at, finished_at, equipment, gain_reason,"
    b" recorded_at, recorded_by_name) SELECT %(organisation_id)s, row.id, row.kind, row.started_at, row.finished_at,"
    b" row.equipment, row.gain_reason, row.recorded_at, 'test'"
    b" FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id uuid, kind text, started_at timestamptz,"
    b" finished_at timestamptz, equipment text, gain_reason text, recorded_at timestamptz)"
)
LINES = (
    b" (organisation_id, process_id, line_no, batch_id, quantity, entered_quantity, entered_unit, started_at,"
    b" finished_at) SELECT %(organisation_id)s, row.process_id, row.line_no, row.batch_id, row.quantity, row.quantity,"
    b" 'g', process.started_at, process.finished_at FROM jsonb_to_recordset(%(rows)s::jsonb)"
    b" AS row (process_id uuid, line_no integer, batch_id uuid, quantity numeric)"
    b" INNER JOIN trace.process AS process"
    b" ON process.organisation_id = %(organisation_id)s AND process.id = row.process_id"
)
REVERSALS = (
    b"INSERT INTO trace.process (organisation_id, kind, started_at, finished_at, recorded_by_name, reverses_process_id)"
    b" SELECT %(organisation_id)s, 'reversal', now(), now(), 'test', row.id"
    b" FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id uuid)"
)
ORDERS = (
    b"INSERT INTO trace.sales_order (organisation_id, id, number, customer_id)"
    b" SELECT %(organisation_id)s, row.order_id, row.order_id::text, row.customer_id"
    b" FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (order_id uuid, customer_id uuid)"
)
ORDER_LINES = (
    b"INSERT INTO trace.order_line (organisation_id, id, order_id, customer_id, product_id, line_no, quantity)"
    b" SELECT %(organisation_id)s, row.order_line_id, row.order_id, row.customer_id, row.product_id, 1, 1000"
    b" FROM jsonb_to_recordset(%(rows)s::jsonb)"
    b" AS row (order_line_id uuid, order_id uuid, customer_id uuid, product_id uuid)"
)
CONFIRMED = b"UPDATE trace.sales_order SET state = 'confirmed' WHERE organisation_id = %(organisation_id)s"
SHIPMENTS = (
    b"INSERT INTO trace.shipment (organisation_id, id, number, order_id, customer_id, shipped_at)"
    b" SELECT %(organisation_id)s, row.shipment_id, row.shipment_id::text, row.order_id, row.customer_id,"
    b" row.shipped_at FROM jsonb_to_recordset(%(rows)s::jsonb)"
    b" AS row (shipment_id uuid, order_id uuid, customer_id uuid, shipped_at timestamptz)"
)
SHIPMENT_LINES = (
    b"INSERT INTO trace.shipment_line (organisation_id, id, shipment_id, order_line_id, order_id, customer_id,"
    b" product_id, batch_id, batch_unknown_reason, quantity) SELECT %(organisation_id)s, row.id, row.shipment_id,"
    b" row.order_line_id, row.order_id, row.customer_id, row.product_id, row.batch_id, row.batch_unknown_reason,"
    b" row.quantity FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id uuid, shipment_id uuid, order_line_id uuid,"
    b" order_id uuid, customer_id uuid, product_id uuid, batch_id uuid, batch_unknown_reason text, quantity numeric)"
)
ALLOCATIONS = (
    b"INSERT INTO trace.allocation (organisation_id, id, order_line_id, order_id, customer_id, product_id, batch_id,"
    b" quantity, state) SELECT %(organisation_id)s, row.id, line.id, line.order_id, line.customer_id, line.product_id,"
    b" row.batch_id, row.quantity, row.state FROM jsonb_to_recordset(%(rows)s::jsonb)"
    b" AS row (id uuid, order_id uuid, batch_id uuid, quantity numeric, state text)"
    b" INNER JOIN trace.order_line AS line"
    b" ON line.organisation_id = %(organisation_id)s AND line.order_id = row.order_id"
)
RECEIPTS = (
    b"INSERT INTO trace.return_receipt (organisation_id, id, number, customer_id, received_at, recorded_by_name)"
    b" SELECT %(organisation_id)s, row.id, row.id::text, %(customer_id)s, row.received_at, 'test'"
    b" FROM jsonb_to_recordset(%(rows)s::jsonb) AS row (id uuid, received_at timestamptz)"
)
RETURNS = (
    b"INSERT INTO trace.return_line (organisation_id, id, return_receipt_id, customer_id, shipment_line_id, batch_id,"
    b" quantity, disposition) SELECT %(organisation_id)s, row.id, row.id, %(customer_id)s, row.shipment_line_id,"
    b" row.batch_id, row.quantity, row.disposition FROM jsonb_to_recordset(%(rows)s::jsonb)"
    b" AS row (id uuid, shipment_line_id uuid, batch_id uuid, quantity numeric, disposition text)"
)


class Recorder:
    """Writes one genealogy for one tenant.

    Args:
        shuffled_by: Seed of the order in which the rows of each set are written.
    """

    def __init__(self, maker: Maker, genealogy: Genealogy, shuffled_by: int) -> None:
        self._maker = maker
        self._genealogy = genealogy
        self._random = Random(shuffled_by)  # noqa: S311  # an order, not a secret

    def record(self) -> None:
        """Write everything in one transaction: goods come in first, or nothing could be drawn."""

        async def write(work: Work) -> None:
            await self._write_master(work)
            genealogy = self._genealogy
            for processes in (genealogy.receipts, genealogy.processes):
                await self._write_processes(work, processes)
            await self._insert(work, REVERSALS, [{"id": one} for one in genealogy.void])
            await self._write_sales(work)

        self._maker.run(write)

    async def _write_master(self, work: Work) -> None:
        genealogy = self._genealogy
        materials = [
            {"id": material_id, "kind": kind.value, "unit": "piece" if kind.value == "finished" else "g"}
            for kind, material_id in genealogy.materials.items()
        ]
        await self._insert(work, MASTER, materials)
        bar = next(row["id"] for row in materials if row["kind"] == "finished")
        await work.execute(PRODUCT, {"id": UUID(genealogy.product_id), "material_id": UUID(bar)})
        await work.execute(CUSTOMER, {"id": UUID(genealogy.customer_id)})
        await self._insert(work, BATCHES, genealogy.batches)

    async def _write_processes(self, work: Work, processes: Sequence[Process]) -> None:
        ids = {process.id for process in processes}
        await self._insert(work, PROCESSES, processes)
        for table, rows in (("output", self._genealogy.outputs), ("input", self._genealogy.inputs)):
            statement = b"INSERT INTO trace.process_" + table.encode() + LINES
            await self._insert(work, statement, [row for row in rows if row.process_id in ids])

    async def _write_sales(self, work: Work) -> None:
        genealogy = self._genealogy
        for statement in (ORDERS, ORDER_LINES):
            await self._insert(work, statement, genealogy.lines)
        await work.execute(CONFIRMED, {})
        for statement in (SHIPMENTS, SHIPMENT_LINES):
            await self._insert(work, statement, genealogy.lines)
        await self._insert(work, ALLOCATIONS, genealogy.allocations)
        for statement in (RECEIPTS, RETURNS):
            await self._insert(work, statement, genealogy.returns)

    async def _insert(self, work: Work, statement: bytes, rows: Sequence[object]) -> None:
        shuffled = self._random.sample(list(rows), len(rows))
        content = orjson.dumps(shuffled, default=str).decode()
        parameters: Mapping[str, object] = {"rows": content, "customer_id": UUID(self._genealogy.customer_id)}
        await work.execute(Statement(statement), parameters)
