"""REST of a recall case as a file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, Field
from starlette.background import BackgroundTask

from provender.kit.clock import today
from provender.kit.csv.spreadsheet import MEDIA_TYPE as WORKBOOK
from provender.kit.csv.writing import Dialect, disposition, file_name
from provender.kit.errors import NotFound
from provender.kit.http.answers import NO_STORE
from provender.kit.http.edge import reading
from provender.kit.http.exports import Export, csv_answer
from provender.kit.http.routing import rest_router
from provender.trace.recall.exports import epcis, plots, store
from provender.trace.recall.exports.epcis import write_epcis
from provender.trace.recall.exports.fsma import write_tracking_sheet
from provender.trace.recall.exports.model import ExportedCase, Format
from provender.trace.recall.exports.plots import write_plots
from provender.trace.recall.exports.tables import AFFECTED
from provender.trace.recall.exports.workbook import write_case_workbook

router = rest_router("/api/trace", "recall")


class ExportWanted(BaseModel):
    """Which file of a case is wanted."""

    format: Format = Field(Format.CSV, description="What kind of file.")
    dialect: Dialect = Field(Dialect.STANDARD, description="Of CSV; `german`: semicolons and a decimal comma.")


FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file.",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            WORKBOOK: {"schema": {"type": "string", "format": "binary"}},
            epcis.MEDIA_TYPE: {"schema": {"type": "object"}},
            plots.MEDIA_TYPE: {"schema": {"type": "object"}},
        },
    }
}


@router.get("/recall-cases/{recall_case_id}/export", response_class=Response, responses=FILES)
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
    return await _answer_file(case.number, time_zone, partial(write_case_workbook, request, case, time_zone))


async def _answer_tracking_sheet(request: Request, case: ExportedCase, time_zone: str) -> Response:
    name = f"{case.number}-fsma-204"
    return await _answer_file(name, time_zone, partial(write_tracking_sheet, request, case, time_zone))


async def _answer_file(name: str, time_zone: str, write: Callable[[Path], Awaitable[Path]]) -> Response:
    folder = Path(mkdtemp(prefix="provender-export-"))
    try:
        path = await write(folder)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    return FileResponse(
        path,
        media_type=WORKBOOK,
        headers=_headers(name, time_zone, "xlsx"),
        background=BackgroundTask(rmtree, folder, ignore_errors=True),
    )


async def _answer_events(request: Request, case: ExportedCase, time_zone: str) -> Response:
    pieces = write_epcis(request, case, time_zone)
    headers = _headers(f"{case.number}-epcis", time_zone, "jsonld")
    return StreamingResponse(pieces, media_type=epcis.MEDIA_TYPE, headers=headers)


async def _answer_plots(request: Request, case: ExportedCase, time_zone: str) -> Response:
    pieces = write_plots(request, case)
    headers = _headers(f"{case.number}-plots", time_zone, "geojson")
    return StreamingResponse(pieces, media_type=plots.MEDIA_TYPE, headers=headers)


def _headers(name: str, time_zone: str, ending: str) -> dict[str, str]:
    return {**NO_STORE, "Content-Disposition": disposition(file_name(name, today(time_zone), ending))}


Writer = Callable[[Request, ExportedCase, str], Awaitable[Response]]
WRITERS: Final[dict[Format, Writer]] = {
    Format.XLSX: _answer_workbook,
    Format.FSMA: _answer_tracking_sheet,
    Format.EPCIS: _answer_events,
    Format.GEOJSON: _answer_plots,
}
