"""The diary of what happened, one process with its balance, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Query, Request, Response

from provender.kit.db import Work
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import _, save_form
from provender.kit.http.pages import show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.batches.public import typed_items
from provender.trace.processes import actions, reads
from provender.trace.processes.model import ProcessKind
from provender.trace.processes.payloads import Process, ProcessFilter, ReversalInput

router = page_router("/trace/processes")


@router.get("")
async def show_processes(request: Request, wanted: Annotated[ProcessFilter, Query()]) -> Response:
    """Show the diary, day by day, the latest first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_processes(work, wanted, last_seen)
        caller = await work.caller()
    processes = typed_items(Process, page.items)
    filters = wanted.model_dump(exclude={"limit", "cursor"})
    context = {
        "days": _by_day(processes, caller.time_zone),
        "shown": len(processes),
        "next": next_address(request, page.next_key),
        "kinds": list(ProcessKind),
        "f": Form(request.query_params),
        "is_filtered": any(value is not None for value in filters.values()),
    }
    return show(request, caller, "processes/list.html", context)


@router.get("/{process_id}")
async def show_process(request: Request, process_id: UUID) -> Response:
    """Show one process with what went in and what came out."""
    async with reading(request) as work:
        body = await reads.read_process(work, process_id)
        caller = await work.caller()
    return show(request, caller, "processes/show.html", {"process": Process.model_validate_json(body)})


@router.get("/{process_id}/reversal")
async def show_reversal(request: Request, process_id: UUID) -> Response:
    """Show what reversing a process would do, and ask why."""
    return await _show_reversal(request, process_id, Form())


@router.post("/{process_id}/reversal")
async def reverse_process(request: Request, process_id: UUID) -> Response:
    """Reverse a process, or show what stands against it."""

    async def save(work: Work, reversal: ReversalInput, _version: int) -> str:
        await actions.reverse_process(work, process_id, reversal)
        return f"/trace/processes/{process_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_reversal(request, process_id, form, status=status)

    return await save_form(request, ReversalInput, save, said=_("The process was reversed."), again=again)


async def _show_reversal(request: Request, process_id: UUID, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        body = await reads.read_process(work, process_id)
        lines = await reads.preview_reversal(work, process_id)
        caller = await work.caller()
    context = {
        "process": Process.model_validate_json(body),
        "lines": lines,
        "is_blocked": any(line.is_blocking for line in lines),
        "needs_manager": caller.role == "staff" and any(line.is_held for line in lines),
        "f": form,
    }
    return show(request, caller, "processes/reversal.html", context, status=status)


def _by_day(processes: Sequence[Process], time_zone: str) -> list[tuple[date, list[tuple[str, Process]]]]:
    """Return processes, each with its time, by the day on which they were finished where the organisation is."""
    zone = ZoneInfo(time_zone)
    timed = [(process.finished_at.astimezone(zone), process) for process in processes]
    by_day = groupby(timed, key=lambda pair: pair[0].date())
    return [(day, [(f"{at:%H:%M}", process) for at, process in found]) for day, found in by_day]
