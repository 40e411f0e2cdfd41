"""The command line of recalls: what one would reach, open, list, show, export."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable, Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final, cast
from uuid import UUID

import orjson
import typer
from fastapi import Request

from provender.kit.clock import today
from provender.kit.commands import Call, Command, Divided, Item, To, Told, collect, look_up, tabulate, write_file
from provender.kit.csv.writing import Dialect
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.edge import change, reading
from provender.kit.http.exports import PAGE_ROWS, Export, csv_answer
from provender.kit.http.forms import parse
from provender.trace.batches.public import choose_match, match_batches, read_scanned_code
from provender.trace.recall import actions, reads
from provender.trace.recall.exports import store
from provender.trace.recall.exports.epcis import write_epcis
from provender.trace.recall.exports.fsma import write_tracking_sheet
from provender.trace.recall.exports.model import ExportedCase, Format
from provender.trace.recall.exports.plots import write_plots
from provender.trace.recall.exports.tables import AFFECTED
from provender.trace.recall.exports.workbook import write_case_workbook
from provender.trace.recall.payloads import RecallCaseInput, RecallFilter

Codes = Annotated[list[str], typer.Argument(help="Codes of the suspect batches, as printed or scanned.")]
Number = Annotated[str, typer.Argument(help="Number of a case, such as RC-1001.")]
FIGURES: Final = (
    ("Batches", "batch_count"),
    ("Orders", "order_count"),
    ("Customers", "customer_count"),
    ("Pieces with customers", "shipped_quantity"),
    ("Pieces stopped", "stopped_quantity"),
)
SHOWN: Final = (
    ("Number", "number"),
    ("Kind", "kind"),
    ("State", "state"),
    ("Opened at", "opened_at"),
    ("Title", "title"),
    ("Batches", "batch_count"),
    ("Orders", "order_count"),
)
Roots = tuple[list[UUID], list[UUID]]


async def preview(call: Call, codes: Codes) -> Told:
    """Count what a recall of these batches would find; nothing is opened or held."""
    call.report("Looking ...")
    async with reading(call.request) as work:
        roots, _ = await _identify_roots(work, codes, call.caller.time_zone)
        found = await reads.preview(work, roots, call.caller.time_zone)
    return Told(found, [*_figures(found), *_classes(found)])


async def open_case(
    call: Call,
    codes: Codes,
    title: Annotated[str, typer.Option(help="What the case is called.")],
    reason: Annotated[str, typer.Option(help="The defect, as the notices name it.")],
    *,
    mock: Annotated[bool, typer.Option("--mock", help="An exercise: nothing is held.")] = False,
) -> Told:
    """Open a case: hold the affected batches, freeze the answer, write the notices."""
    call.report("Computing ...")

    async def open_it(work: Work) -> bytes:
        batch_ids, folded_ids = await _identify_roots(work, codes, call.caller.time_zone)
        asked: dict[str, object] = {
            "title": title,
            "reason": reason,
            "kind": "mock" if mock else "real",
            "batch_ids": batch_ids,
            "normalised_batch_ids": folded_ids,
        }
        return await reads.show_case(work, await actions.open_recall_case(work, parse(RecallCaseInput, asked)))

    return _tell_case(await change(call.request, open_it))


async def list_cases(call: Call) -> Told:
    """List recall cases, newest first."""
    every = RecallFilter.model_construct(state=None, kind=None, limit=PAGE_ROWS, cursor=None)
    found = await collect(call, lambda work, key: reads.list_cases(work, every, key), 2)
    rows = [[look_up(item, path) for _, path in SHOWN] for item in found.items]
    return found.told(tabulate([heading for heading, _ in SHOWN], rows))


async def show_case(call: Call, number: Number) -> Told:
    """Show one case with what was found."""
    case_id = await _identify_case(call, number)
    async with reading(call.request) as work:
        case = await reads.show_case(work, case_id)
    return _tell_case(case)


async def export_case(
    call: Call,
    number: Number,
    *,
    to: To,
    file_format: Annotated[Format, typer.Option("--format", help="What kind of file.")] = Format.CSV,
    dialect: Divided = Dialect.STANDARD,
) -> Told:
    """Write a case to a file: its affected rows, a workbook, or what other systems read."""
    case_id = await _identify_case(call, number)
    async with reading(call.request) as work:
        case = await store.select_exported_case(work, case_id)
    if case is None:
        raise NotFound(f"There is no recall case {number}.")
    call.report(f"Writing {to} ...")
    return await write_file(to, _pieces(call, case, file_format, dialect))


async def _pieces(call: Call, case: ExportedCase, file_format: Format, dialect: Dialect) -> AsyncGenerator[bytes]:
    zone = call.caller.time_zone
    if file_format is Format.CSV:
        export = Export(case.number, AFFECTED, key_width=1)
        fetch = partial(_fetch_items, case.id, zone)
        answer = await csv_answer(call.request, export, dialect, fetch)
        async for piece in cast("AsyncIterable[bytes]", answer.body_iterator):
            yield piece
    elif file_format is Format.EPCIS:
        async for piece in write_epcis(call.request, case, zone):
            yield piece
    elif file_format is Format.GEOJSON:
        async for piece in write_plots(call.request, case):
            yield piece
    else:
        with TemporaryDirectory(prefix="provender-export-") as folder:
            path = await WORKBOOKS[file_format](call.request, case, zone, Path(folder))
            yield path.read_bytes()


async def _fetch_items(case_id: UUID, zone: str, work: Work, key: Key) -> Page:
    return await store.select_exported_items(work, case_id, zone, key)


async def _identify_roots(work: Work, codes: Sequence[str], zone: str) -> Roots:
    """Return the batches that codes mean, and those of them that fit only after folding."""
    wanted = [read_scanned_code(code, today=today(zone)) for code in codes]
    matches = await match_batches(work, wanted)
    batch_ids = [choose_match(code, [one for one in matches if one.wanted == code]) for code in wanted]
    exact = {one.id for one in matches if one.is_exact}
    return batch_ids, [batch_id for batch_id in batch_ids if batch_id not in exact]


async def _identify_case(call: Call, number: str) -> UUID:
    every = RecallFilter.model_construct(state=None, kind=None, limit=PAGE_ROWS, cursor=None)
    found = await collect(call, lambda work, key: reads.list_cases(work, every, key), 2)
    for case in found.items:
        if str(case["number"]).casefold() == number.strip().casefold():
            return UUID(str(case["id"]))
    raise NotFound(f"There is no recall case {number}.", hint="provender trace recall list shows all of them.")


def _figures(found: Item) -> list[str]:
    return [f"{name + ':':<24}{look_up(found, path)}" for name, path in FIGURES]


def _classes(found: Item) -> list[str]:
    counted = cast("Mapping[str, int] | None", found["count_by_class"]) or {}
    return [f"{name + ':':<24}{count}" for name, count in counted.items()]


def _tell_case(content: bytes) -> Told:
    case = cast("Item", orjson.loads(content))
    roots = ", ".join(look_up(root, "code") for root in cast("Sequence[Item]", case["roots"]))
    lines = [
        f"{case['number']}  {case['kind']}, {case['state']}  {case['title']}",
        f"{'Reason:':<24}{case['reason']}",
        f"{'Roots:':<24}{roots}",
        f"{'Opened:':<24}{case['opened_at']} by {case['opened_by_name']}, in {case['duration_ms']} ms",
        *_figures(case),
        *_classes(case),
        f"{'Notices:':<24}{case['notice_count']}, sent {case['sent_count']}, answered {case['acknowledged_count']}",
        f"{'Still to sign off:':<24}{case['open_sign_off_count']}",
        f"{'Hash of the result:':<24}{case['result_hash']}",
    ]
    if case["conclusion"]:
        lines.append(f"{'Conclusion:':<24}{case['conclusion']}")
    return Told(content, lines)


Writer = Callable[[Request, ExportedCase, str, Path], Awaitable[Path]]
WORKBOOKS: Final[Mapping[Format, Writer]] = {Format.XLSX: write_case_workbook, Format.FSMA: write_tracking_sheet}
COMMANDS: Final = (
    Command("", "reach", preview),
    Command("recall", "open", open_case),
    Command("recall", "list", list_cases),
    Command("recall", "show", show_case),
    Command("recall", "export", export_case, has_json=False),
)
