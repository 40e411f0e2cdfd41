"""Pages of recalls: from a complaint to a finished case."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import TypeAdapter

from provender.kit.db import Work
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import reading
from provender.kit.http.form_pages import do, save_form
from provender.kit.http.pages import say, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.trace.recall import actions, investigation, reads
from provender.trace.recall.payloads import (
    Balance,
    Finish,
    InvestigationQuery,
    ItemChange,
    ItemFilter,
    NoticeAnswer,
    NoticeQuery,
    RecallCase,
    RecallCaseInput,
    RecallFilter,
    RecallItem,
    RecallNotice,
)

router = page_router("/trace/recalls")
CASES = TypeAdapter(list[RecallCase])
ITEMS = TypeAdapter(list[RecallItem])
NOTICES = TypeAdapter(list[RecallNotice])
BALANCES = TypeAdapter(list[Balance])
MOST_PRINTED = 1000


def _(message: str) -> str:
    """Mark a message for the catalogs; it is translated where it is shown."""
    return message


@router.get("")
async def show_cases(request: Request, wanted: Annotated[RecallFilter, Query()]) -> Response:
    """Show recall cases, newest first."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        page = await reads.list_cases(work, wanted, last_seen)
        caller = await work.caller()
    context = {
        "cases": CASES.validate_json(page.items),
        "next": next_address(request, page.next_key),
        "kind": wanted.kind,
    }
    return show(request, caller, "recall/list.html", context)


@router.get("/new")
async def investigate(request: Request, wanted: Annotated[InvestigationQuery, Query()]) -> Response:
    """Show the way from a complaint or a batch to the suspects and what they reach."""
    return await _show_investigation(request, wanted, Form(), 200)


@router.post("/new")
async def open_case(request: Request) -> Response:
    """Open the case that the investigation led to."""
    asked = InvestigationQuery()

    async def open_it(work: Work, question: RecallCaseInput, version: int) -> str:
        del version
        return f"/trace/recalls/{await actions.open_recall_case(work, question)}"

    async def again(form: Form, status: int) -> Response:
        return await _show_investigation(request, asked, form, status)

    form = await request.form()
    asked = InvestigationQuery(
        complaint=[UUID(str(value)) for value in form.getlist("complaint_ids")],
        root=[UUID(str(value)) for value in form.getlist("batch_ids")],
    )
    return await save_form(
        request, RecallCaseInput, open_it, said=_("The recall is open. Affected batches are on hold."), again=again
    )


async def _show_investigation(request: Request, wanted: InvestigationQuery, form: Form, status: int) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
        found = await investigation.investigate(work, wanted, caller.time_zone)
    values = {"title": found.title, "reason": found.reason, "kind": "real"}
    shown = form if form.has_errors else Form(values)
    return show(request, caller, "recall/investigate.html", {"found": found, "f": shown}, status=status)


@router.get("/{recall_case_id}")
async def show_case(request: Request, recall_case_id: UUID) -> Response:
    """Show a case: what was found, what to do next."""
    return await _show_case(request, recall_case_id, Form(), 200)


async def _show_case(request: Request, case_id: UUID, form: Form, status: int) -> Response:
    first_page = NoticeQuery.model_construct(limit=20, cursor=None)
    async with reading(request) as work:
        case = RecallCase.model_validate_json(await reads.show_case(work, case_id))
        balances = BALANCES.validate_json((await reads.list_balances(work, case_id)).items)
        notices = NOTICES.validate_json((await reads.list_notices(work, case_id, first_page, (None,))).items)
        caller = await work.caller()
    proposed = say(request, _("Every customer was told; what is affected and still here is on hold."))
    shown = form if form.has_errors else Form({"conclusion": proposed})
    context = {"case": case, "balances": balances, "notices": notices, "tab": "", "f": shown}
    return show(request, caller, "recall/show.html", context, status=status)


@router.get("/{recall_case_id}/items")
async def show_items(request: Request, recall_case_id: UUID, wanted: Annotated[ItemFilter, Query()]) -> Response:
    """Show the affected rows of a case, by class and kind."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        case = RecallCase.model_validate_json(await reads.show_case(work, recall_case_id))
        page = await reads.list_items(work, recall_case_id, wanted, last_seen)
        caller = await work.caller()
    context = {
        "case": case,
        "items": ITEMS.validate_json(page.items),
        "next": next_address(request, page.next_key),
        "wanted": wanted,
        "tab": "items",
    }
    return show(request, caller, "recall/items.html", context)


@router.post("/{recall_case_id}/items/{line_no}")
async def settle_item(request: Request, recall_case_id: UUID, line_no: int) -> Response:
    """Record what was done about an item."""
    address = f"/trace/recalls/{recall_case_id}/items?action=sign_off"

    async def settle(work: Work, settled: ItemChange, version: int) -> str:
        await actions.settle_item(work, recall_case_id, line_no, settled, version=version)
        return address

    async def again(form: Form, status: int) -> Response:
        return await _show_case(request, recall_case_id, form, status)

    return await save_form(request, ItemChange, settle, said=_("The item is settled."), again=again)


@router.get("/{recall_case_id}/notices")
async def show_notices(request: Request, recall_case_id: UUID, wanted: Annotated[NoticeQuery, Query()]) -> Response:
    """Show the notices of a case, each whole."""
    last_seen = open_cursor(request, wanted.cursor, 1)
    async with reading(request) as work:
        case = RecallCase.model_validate_json(await reads.show_case(work, recall_case_id))
        page = await reads.list_notices(work, recall_case_id, wanted, last_seen)
        caller = await work.caller()
    context = {
        "case": case,
        "notices": NOTICES.validate_json(page.items),
        "next": next_address(request, page.next_key),
        "tab": "notices",
        "f": Form(),
    }
    return show(request, caller, "recall/notices.html", context)


@router.post("/{recall_case_id}/notices/sending")
async def send_notices(request: Request, recall_case_id: UUID) -> Response:
    """Mark the notices as sent."""
    return await do(
        request,
        lambda work: actions.send_notices(work, recall_case_id),
        then=f"/trace/recalls/{recall_case_id}",
        said=_("The notices are marked as sent."),
    )


@router.post("/{recall_case_id}/notices/{recall_notice_id}/answer")
async def record_answer(request: Request, recall_case_id: UUID, recall_notice_id: UUID) -> Response:
    """Record what a customer answered."""

    async def record(work: Work, answer: NoticeAnswer, version: int) -> str:
        await actions.record_notice_answer(work, recall_case_id, recall_notice_id, answer, version=version)
        return f"/trace/recalls/{recall_case_id}/notices"

    async def again(form: Form, status: int) -> Response:
        return await _show_case(request, recall_case_id, form, status)

    return await save_form(request, NoticeAnswer, record, said=_("The answer is recorded."), again=again)


@router.post("/{recall_case_id}/finish")
async def finish_case(request: Request, recall_case_id: UUID) -> Response:
    """Finish a case."""

    async def finish(work: Work, end: Finish, version: int) -> str:
        await actions.finish_recall_case(work, recall_case_id, version, end)
        return f"/trace/recalls/{recall_case_id}"

    async def again(form: Form, status: int) -> Response:
        return await _show_case(request, recall_case_id, form, status)

    return await save_form(request, Finish, finish, said=_("The recall is finished."), again=again)


@router.get("/{recall_case_id}/comparison")
async def show_comparison(request: Request, recall_case_id: UUID) -> Response:
    """Show how the answer of today differs from the frozen one."""
    async with reading(request) as work:
        caller = await work.caller()
        case = RecallCase.model_validate_json(await reads.show_case(work, recall_case_id))
        difference = await reads.compare_with_today(work, recall_case_id, caller.time_zone)
    context = {"case": case, "difference": difference, "tab": "comparison"}
    return show(request, caller, "recall/comparison.html", context)


@router.get("/{recall_case_id}/print")
async def print_case(request: Request, recall_case_id: UUID) -> Response:
    """Show the whole case on paper: figures, balances, items, notices."""
    everything = ItemFilter.model_construct(limit=MOST_PRINTED, class_=None, kind=None, action=None, customer=None)
    async with reading(request) as work:
        case = RecallCase.model_validate_json(await reads.show_case(work, recall_case_id))
        balances = BALANCES.validate_json((await reads.list_balances(work, recall_case_id)).items)
        items = await reads.list_items(work, recall_case_id, everything, (None,))
        notices = await reads.list_notices(work, recall_case_id, everything, (None,))
        caller = await work.caller()
    context = {
        "case": case,
        "balances": balances,
        "items": ITEMS.validate_json(items.items),
        "notices": NOTICES.validate_json(notices.items),
        "is_cut": items.next_key is not None,
    }
    return show(request, caller, "recall/print.html", context)
