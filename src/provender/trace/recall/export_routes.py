"""REST of a recall case as a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from enum import StrEnum
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Annotated, Final
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask

from provender.kit.clock import today
from provender.kit.csv.spreadsheet import MEDIA_TYPE
from provender.kit.csv.writing import Dialect, disposition, file_name
from provender.kit.errors import NotFound
from provender.kit.http.answers import NO_STORE
from provender.kit.http.edge import reading
from provender.kit.http.exports import Export, csv_answer
from provender.kit.http.routing import rest_router
from provender.trace.recall.exports import store
from provender.trace.recall.exports.model import ExportedCase
from provender.trace.recall.exports.tables import AFFECTED
from provender.trace.recall.exports.workbook import write_case_workbook

router = rest_router("/api/trace", "recall")


class Format(StrEnum):
    """What a case can be exported as."""

    CSV = "csv"
    XLSX = "xlsx"


class ExportWanted(BaseModel):
    """Which file of a case is wanted."""

    format: Format = Field(Format.CSV, description="What kind of file.")
    dialect: Dialect = Field(Dialect.STANDARD, description="Of CSV; `german`: semicolons and a decimal comma.")


@router.get("/recall-cases/{recall_case_id}/export", response_class=Response)
async def export_case(request: Request, recall_case_id: UUID, wanted: Annotated[ExportWanted, Query()]) -> Response:
    """Answer a case as a file: its affected rows, a workbook, or what other systems read."""
    async with reading(request) as work:
        case = await store.select_exported_case(work, recall_case_id)
        caller = await work.caller()
    if case is None:
        raise NotFound("There is no such recall case.")
    if wanted.format is Format.CSV:
        return await _answer_csv(request, case, caller.time_zone, wanted.dialect)
    return await WRITERS[wanted.format](request, case, caller.time_zone)


async def _answer_csv(request: Request, case: ExportedCase, time_zone: str, dialect: Dialect) -> Response:
    export = Export(case.number, AFFECTED, key_width=1)
    return await csv_answer(
        request, export, dialect, lambda work, key: store.select_exported_items(work, case.id, time_zone, key)
    )


async def _answer_workbook(request: Request, case: ExportedCase, time_zone: str) -> Response:
    folder = Path(mkdtemp(prefix="provender-export-"))
    try:
        path = await write_case_workbook(request, case, time_zone, folder)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    name = file_name(case.number, today(time_zone), "xlsx")
    return FileResponse(
        path,
        media_type=MEDIA_TYPE,
        headers={**NO_STORE, "Content-Disposition": disposition(name)},
        background=BackgroundTask(rmtree, folder, ignore_errors=True),
    )


Writer = Callable[[Request, ExportedCase, str], Awaitable[Response]]
WRITERS: Final[dict[Format, Writer]] = {Format.XLSX: _answer_workbook}
