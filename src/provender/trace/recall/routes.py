"""REST of recalls."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import Query, Request, Response

from provender.core.requests.public import Created, IdempotencyKey, once
from provender.kit.db import Work
from provender.kit.http.answers import json_answer, page_answer
from provender.kit.http.cursors import ListQuery, open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.etags import IfMatch, expected_version
from provender.kit.http.routing import rest_router
from provender.trace.recall import actions, payloads, reads
from provender.trace.recall.export_routes import router as export_router
from provender.trace.recall.payloads import (
    Finish,
    ItemChange,
    ItemFilter,
    NoticeAnswer,
    RecallCaseInput,
    RecallFilter,
    SuspectsWanted,
)

__all__ = ["export_router", "router"]
router = rest_router("/api/trace", "recall")
CASES = "/recall-cases"


def _answer(case: bytes) -> Response:
    return json_answer(case, version=orjson.loads(case)["version"])


@router.get("/suspects", response_model=payloads.SuspectList, responses={404: {"description": "No such complaint."}})
async def list_suspects(request: Request, wanted: Annotated[SuspectsWanted, Query()]) -> Response:
    """List the sources behind complaints or batches, the best explanation first; a person picks the suspects."""
    async with reading(request) as work:
        suspects = await reads.list_suspects(work, wanted.complaint, wanted.batch)
    items = [reads.describe_suspect(suspect) for suspect in suspects]
    return json_answer(orjson.dumps({"items": items, "next": None}))


@router.get("/reach", response_model=payloads.Reach)
async def preview_recall(request: Request, batch: Annotated[list[UUID], Query(min_length=1)]) -> Response:
    """Answer what a recall from these roots would find; nothing is opened or held."""
    async with reading(request) as work:
        caller = await work.caller()
        found = await reads.preview(work, batch, caller.time_zone)
    return json_answer(orjson.dumps(found))


@router.get(CASES, response_model=payloads.RecallList)
async def list_cases(request: Request, wanted: Annotated[RecallFilter, Query()]) -> Response:
    """List recall cases, newest first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_cases(work, wanted, last_seen)
    return page_answer(request, page)


@router.post(CASES, response_model=payloads.RecallCase, status_code=201)
async def open_case(request: Request, question: RecallCaseInput, key: IdempotencyKey = None) -> Response:
    """Open a case: hold the affected batches, freeze the answer, write the notices."""

    async def open_it(work: Work) -> Created:
        case_id = await actions.open_recall_case(work, question)
        return Created(f"/api/trace{CASES}/{case_id}", await reads.show_case(work, case_id))

    return await once(request, key, open_it)


@router.get(CASES + "/{recall_case_id}", response_model=payloads.RecallCase)
async def show_case(request: Request, recall_case_id: UUID) -> Response:
    """Answer one case with what was found."""
    async with reading(request) as work:
        case = await reads.show_case(work, recall_case_id)
    return _answer(case)


@router.get(CASES + "/{recall_case_id}/items", response_model=payloads.ItemList)
async def list_items(request: Request, recall_case_id: UUID, wanted: Annotated[ItemFilter, Query()]) -> Response:
    """List the affected rows of a case."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_items(work, recall_case_id, wanted, last_seen)
    return page_answer(request, page)


@router.patch(CASES + "/{recall_case_id}/items/{line_no}", response_model=payloads.RecallCase)
async def settle_item(
    request: Request, recall_case_id: UUID, line_no: int, settled: ItemChange, *, if_match: IfMatch = None
) -> Response:
    """Record what was done about an item, or that it is clear; If-Match names the item's version."""
    version = expected_version(if_match)

    async def settle(work: Work) -> bytes:
        await actions.settle_item(work, recall_case_id, line_no, settled, version=version)
        return await reads.show_case(work, recall_case_id)

    return _answer(await change(request, settle))


@router.get(CASES + "/{recall_case_id}/notices", response_model=payloads.NoticeList)
async def list_notices(request: Request, recall_case_id: UUID, wanted: Annotated[ListQuery, Query()]) -> Response:
    """List the notices of a case."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        page = await reads.list_notices(work, recall_case_id, wanted, last_seen)
    return page_answer(request, page)


@router.post(CASES + "/{recall_case_id}/notices/sending", response_model=payloads.RecallCase)
async def send_notices(request: Request, recall_case_id: UUID) -> Response:
    """Mark the notices as sent, by whom and when."""

    async def send(work: Work) -> bytes:
        await actions.send_notices(work, recall_case_id)
        return await reads.show_case(work, recall_case_id)

    return _answer(await change(request, send))


@router.post(CASES + "/{recall_case_id}/notices/{recall_notice_id}/answer", response_model=payloads.RecallCase)
async def record_answer(
    request: Request, recall_case_id: UUID, recall_notice_id: UUID, answer: NoticeAnswer, *, if_match: IfMatch = None
) -> Response:
    """Record what a customer answered; If-Match names the notice's version."""
    version = expected_version(if_match)

    async def record(work: Work) -> bytes:
        await actions.record_notice_answer(work, recall_case_id, recall_notice_id, answer, version=version)
        return await reads.show_case(work, recall_case_id)

    return _answer(await change(request, record))


@router.get(CASES + "/{recall_case_id}/mass-balance", response_model=payloads.BalanceList)
async def list_balances(request: Request, recall_case_id: UUID) -> Response:
    """List the mass balance of each root, with the rows behind each figure."""
    async with reading(request) as work:
        page = await reads.list_balances(work, recall_case_id)
    return page_answer(request, page)


@router.get(CASES + "/{recall_case_id}/comparison", response_model=payloads.Difference)
async def compare_with_today(request: Request, recall_case_id: UUID) -> Response:
    """Answer how the answer of today differs from the frozen one."""
    async with reading(request) as work:
        caller = await work.caller()
        difference = await reads.compare_with_today(work, recall_case_id, caller.time_zone)
    return json_answer(orjson.dumps(difference))


@router.post(CASES + "/{recall_case_id}/finish", response_model=payloads.RecallCase)
async def finish_case(request: Request, recall_case_id: UUID, finish: Finish, if_match: IfMatch = None) -> Response:
    """Finish a case with a conclusion; If-Match names the version that was read."""
    version = expected_version(if_match)

    async def finish_it(work: Work) -> bytes:
        await actions.finish_recall_case(work, recall_case_id, version, finish)
        return await reads.show_case(work, recall_case_id)

    return _answer(await change(request, finish_it))
