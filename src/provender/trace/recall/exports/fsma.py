"""The sortable spreadsheet of 21 CFR 1.1455(c)(3): key data elements by critical tracking event.

Source:
    21 CFR part 1 subpart S: 1.1340 (shipping), 1.1345 (receiving), 1.1350 (transformation).

Chocolate and cocoa are not on the Food Traceability List, nut butter is: the sheet is a format in
which an authority can read a case, not a duty that this program claims to meet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final, cast
from zoneinfo import ZoneInfo

from fastapi import Request

from provender.kit.csv.columns import Column, Item, Kind
from provender.kit.csv.spreadsheet import Sheet, write_workbook
from provender.trace.recall.exports import store
from provender.trace.recall.exports.model import ExportedCase
from provender.trace.recall.exports.paging import Spool

UNKNOWN_LOT: Final = "unknown"
DOCUMENT: Final = (Column("reference document type"), Column("reference document number"))
FOOD: Final = (
    Column("traceability lot code"),
    Column("quantity", kind=Kind.NUMBER),
    Column("unit of measure"),
    Column("product description"),
)
SHIPPING: Final = (
    *FOOD,
    Column("location of the immediate subsequent recipient"),
    Column("location shipped from"),
    Column("date shipped", kind=Kind.DAY),
    Column("traceability lot code source"),
    *DOCUMENT,
)
RECEIVING: Final = (
    *FOOD,
    Column("location of the immediate previous source"),
    Column("location received at"),
    Column("date received", kind=Kind.DAY),
    Column("traceability lot code source"),
    *DOCUMENT,
)
TRANSFORMATION: Final = (
    Column("used or new"),
    *FOOD,
    Column("location transformed at, traceability lot code source"),
    Column("date transformation completed", kind=Kind.DAY),
    *DOCUMENT,
)
NOTES: Final = (
    "Key data elements of 21 CFR 1.1340, 1.1345 and 1.1350 for the affected batches of this case.",
    "Cocoa and chocolate are not on the Food Traceability List; this sheet is a format, not a claim of duty.",
    "Process and shipment numbers are ours; shipments that have not departed are not listed.",
)


class _Rows:
    """Rows of the sheets of one case."""

    def __init__(self, case: ExportedCase, time_zone: str) -> None:
        self._zone = ZoneInfo(time_zone)
        self._maker = f"{case.organisation_name}, {case.organisation_country}"

    def shipping(self, movements: Iterator[Item]) -> Iterator[Item]:
        """Yield what departed."""
        for line in movements:
            if line["kind"] == "shipment_line" and line["shipped_at"] is not None:
                recipient = ", ".join(str(line[part]) for part in ("customer", "address", "country") if line[part])
                yield {
                    **_food(line),
                    "location of the immediate subsequent recipient": recipient,
                    "location shipped from": self._maker,
                    "date shipped": self._day(line["shipped_at"]),
                    "traceability lot code source": self._maker,
                    **_document("shipment", line["shipment_number"]),
                }

    def receiving(self, processes: Iterator[Item]) -> Iterator[Item]:
        """Yield what came in."""
        for process in processes:
            if process["kind"] == "receive":
                for line in _affected(process, "outputs"):
                    source = _source(line)
                    yield {
                        **_food(line),
                        "location of the immediate previous source": source,
                        "location received at": self._maker,
                        "date received": self._day(process["finished_at"]),
                        "traceability lot code source": source or self._maker,
                        **_document("receipt", process["id"]),
                    }

    def transformation(self, processes: Iterator[Item]) -> Iterator[Item]:
        """Yield what was used, then what was new, process by process."""
        for process in processes:
            if process["inputs"] and process["outputs"]:
                yield from self._changed(process, "inputs", "used")
                yield from self._changed(process, "outputs", "new")

    def _changed(self, process: Item, side: str, what: str) -> Iterator[Item]:
        for line in cast("list[Item]", process[side]):
            yield {
                "used or new": what,
                **_food(line),
                "location transformed at, traceability lot code source": self._maker,
                "date transformation completed": self._day(process["finished_at"]),
                **_document(f"{process['kind']} record", process["id"]),
            }

    def _day(self, at: object) -> date:
        return datetime.fromisoformat(str(at)).astimezone(self._zone).date()


def _affected(process: Item, name: str) -> list[Item]:
    return [line for line in cast("list[Item]", process[name]) if line["is_affected"]]


def _food(line: Item) -> dict[str, object]:
    return {
        "traceability lot code": line["batch_code"] or UNKNOWN_LOT,
        "quantity": line["quantity"],
        "unit of measure": line["unit"],
        "product description": line["product"] or line["material"],
    }


def _document(kind: str, number: object) -> dict[str, object]:
    return {"reference document type": kind, "reference document number": str(number)}


def _source(line: Item) -> str:
    names = [
        f"{line[kind]}, {line[f'{kind}_country']}" for kind in ("farm", "supplier") if line[f"{kind}_id"] is not None
    ]
    return "; ".join(names)


async def write_tracking_sheet(request: Request, case: ExportedCase, time_zone: str, folder: Path) -> Path:
    """Write the sheet of a case into a folder and return where it is; the event loop stays free."""
    processes, movements = Spool(folder / "processes"), Spool(folder / "movements")
    await processes.fill(request, lambda work, key: store.select_exported_processes(work, case.id, key), 2)
    await movements.fill(request, lambda work, key: store.select_exported_movements(work, case.id, key), 1)
    rows = _Rows(case, time_zone)
    about = (f"{case.number}: {case.title}", f"{case.organisation_name}, {case.organisation_country}", *NOTES)
    sheets = [
        Sheet("Shipping 1.1340", SHIPPING, rows.shipping(movements.items())),
        Sheet("Receiving 1.1345", RECEIVING, rows.receiving(processes.items())),
        Sheet("Transformation 1.1350", TRANSFORMATION, rows.transformation(processes.items())),
        Sheet("About", (Column("note"),), [{"note": note} for note in about]),
    ]
    path = folder / "tracking.xlsx"
    await asyncio.to_thread(write_workbook, path, sheets, time_zone=time_zone)
    return path
