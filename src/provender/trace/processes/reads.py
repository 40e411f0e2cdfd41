"""Questions about processes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.trace.processes import store
from provender.trace.processes.model import ReversalLine
from provender.trace.processes.payloads import ProcessFilter

PROCESS_EXPORT: Final = Export(
    "processes",
    (
        Column("kind"),
        Column("started_at", kind=Kind.MOMENT),
        Column("finished_at", kind=Kind.MOMENT),
        Column("equipment"),
        Column("mass_in_g", kind=Kind.NUMBER),
        Column("mass_out_g", kind=Kind.NUMBER),
        Column("gain_reason"),
        Column("is_void"),
        Column("note"),
        Column("recorded_by_name"),
        Column("recorded_at", kind=Kind.MOMENT),
        Column("id"),
    ),
    key_width=2,
)


async def list_processes(work: Work, wanted: ProcessFilter, last_seen: Key) -> Page:
    """Return one page of processes, the latest first, after the key (finished_at, id) of the last row seen."""
    last_finished_at, last_id = last_seen
    days = wanted.finished_from or wanted.finished_to
    zone = (await work.caller()).time_zone if days else "UTC"
    return await store.select_processes(
        work,
        {
            "kind": wanted.kind,
            "batch_id": wanted.batch,
            "is_void": wanted.void,
            "finished_from": _begin_of(wanted.finished_from, zone),
            "finished_to": _begin_of(wanted.finished_to and wanted.finished_to + timedelta(days=1), zone),
            "last_finished_at": last_finished_at,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_process(work: Work, process_id: UUID) -> bytes:
    """Return a process as JSON.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_process(work, process_id)
    if found is None:
        raise NotFound("There is no such process.")
    return found


async def preview_reversal(work: Work, process_id: UUID) -> list[ReversalLine]:
    """Return what reversing a process would do to each of its batches."""
    return await store.select_reversal_lines(work, process_id)


def _begin_of(day: date | None, time_zone: str) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(time_zone))
