"""The statements of processes, one function per file in `sql/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.http.answers import Page, fetch_page
from provender.trace.processes.model import Names, NewProcess, ProcessLine, ReversalLine

SQL = SqlFolder(__file__)


async def select_processes(work: Work, parameters: Parameters) -> Page:
    """Return one page of processes, the latest finished first."""
    return await fetch_page(work, SQL("select_processes"), parameters)


async def select_process(work: Work, process_id: UUID) -> bytes | None:
    """Return one process with its lines as JSON."""
    return await work.fetch_json(SQL("select_process"), {"process_id": process_id})


async def insert_process(work: Work, process: NewProcess) -> None:
    """Add a process without its lines."""
    await work.execute(SQL("insert_process"), asdict(process))


async def insert_process_input(work: Work, process: NewProcess, line: ProcessLine) -> None:
    """Add one input; alone, so that a refusal can name its line."""
    await work.execute(SQL("insert_process_input"), _line_parameters(process, line))


async def insert_process_output(work: Work, process: NewProcess, lines: Sequence[ProcessLine]) -> None:
    """Add the outputs."""
    rows = [{**_line_parameters(process, line), "role": line.role} for line in lines]
    await work.execute_many(SQL("insert_process_output"), rows)


async def select_reversal_lines(work: Work, process_id: UUID) -> list[ReversalLine]:
    """Return what reversing a process would do to each of its batches, by batch id."""
    return await work.fetch_all(ReversalLine, SQL("select_reversal_lines"), {"process_id": process_id})


async def select_form_choices(work: Work, kind: str, *, most: int) -> bytes:
    """Return what the form of a process offers, as JSON."""
    return await work.fetch_json(SQL("select_form_choices"), {"kind": kind, "most": most}) or b"{}"


async def select_names(work: Work, material: str, farm: str | None, supplier: str | None) -> Names:
    """Return what the names in a row of receipts mean."""
    parameters = {"material": material, "farm": farm, "supplier": supplier}
    return await work.fetch_one(Names, SQL("select_names"), parameters) or Names(None, None, None)


def _line_parameters(process: NewProcess, line: ProcessLine) -> dict[str, object]:
    return {
        "process_id": process.id,
        "line_no": line.place + 1,
        "batch_id": line.batch_id,
        "quantity": line.quantity,
        "entered_quantity": line.entered_quantity,
        "entered_unit": line.entered_unit,
        "started_at": process.started_at,
        "finished_at": process.finished_at,
    }
