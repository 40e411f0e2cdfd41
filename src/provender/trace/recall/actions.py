"""Verbs of recalls: open a case, act on its items, send and answer notices, finish it."""

from __future__ import annotations

from time import perf_counter
from typing import cast
from uuid import UUID

import orjson

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.core.requests.public import next_number
from provender.kit.clock import now
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.kit.ids import new_id
from provender.kit.sentences import tell
from provender.trace.holds.public import place_holds
from provender.trace.recall import store
from provender.trace.recall.computing import Answer, compute_answer, freeze_answer, lock_affected, roots_of, write_items
from provender.trace.recall.errors import REFUSALS, CaseFinished, SignOffsOpen
from provender.trace.recall.model import ItemClass, ItemKind
from provender.trace.recall.notifying import write_notices
from provender.trace.recall.payloads import Finish, ItemChange, NoticeAnswer, RecallCaseInput


async def open_recall_case(work: Work, question: RecallCaseInput) -> UUID:
    """Open a case: hold the affected batches, freeze the answer, write the notices; all or nothing.

    The batches are locked before the look and held after it: who draws from one or ships it waits, and then finds the
    hold. A mock case holds nothing: an exercise must not stop the day's shipments.

    Raises:
        NotAllowed: the caller is no manager.
        RootMissing: a root is not one of ours.
        InvalidInput: a complaint is not there.
    """
    caller, opened_at, began = await work.caller(), now(), perf_counter()
    require_role(caller.role, Role.MANAGER)
    case_id, roots = new_id(), roots_of(question.batch_ids, question.normalised_batch_ids)
    if question.kind != "mock":
        await lock_affected(work, roots)
    answer = await compute_answer(work, roots, caller.time_zone)
    frozen = await freeze_answer(answer)
    number = await next_number(work, "RC")
    if question.kind != "mock":
        await place_holds(work, _to_hold(answer), f"{number}: {question.title}", case_id)
    await store.insert_recall_case(
        work,
        {
            "recall_case_id": case_id,
            "number": number,
            **question.model_dump(include={"kind", "title", "reason"}),
            "opened_at": opened_at,
            "opened_by_name": caller.full_name,
            "watermark": await store.select_watermark(work),
            "result_hash": frozen.result_hash,
            "duration_ms": int((perf_counter() - began) * 1000),
        },
    )
    await store.insert_recall_roots(work, case_id, frozen.roots)
    await _freeze_items(work, case_id, answer)
    with refusing(REFUSALS):
        await store.insert_recall_complaints(work, case_id, sorted(set(question.complaint_ids)))
    await write_notices(work, case_id, question, caller, number=number)
    return case_id


async def _freeze_items(work: Work, case_id: UUID, answer: Answer) -> None:
    async for items in write_items(answer):
        await store.insert_recall_items(work, case_id, items)


def _to_hold(answer: Answer) -> list[UUID]:
    held = {
        item.batch_id
        for item in answer.items
        if item.kind is ItemKind.BATCH and item.batch_id and item.certainty is not ItemClass.TIME_EXCLUDED
    }
    return sorted(UUID(batch_id) for batch_id in held)


async def settle_item(work: Work, case_id: UUID, line_no: int, change: ItemChange, *, version: int) -> None:
    """Record what a person did about an item, or that it is proved clear, with a reason and a name.

    Raises:
        NotAllowed: the caller is no manager.
        CaseFinished: the case is closed to changes.
        NotFound: there is no such case.
        VersionStale: the item is not there, or somebody changed it in between.
    """
    caller = await work.caller()
    require_role(caller.role, Role.MANAGER)
    parameters = {
        "recall_case_id": case_id,
        "line_no": line_no,
        "version": version,
        "class": change.class_,
        "resolution": change.resolution,
        "done_by_name": caller.full_name,
    }
    if not await store.update_recall_item(work, parameters):
        await _refuse_unless_open(work, case_id)
        raise VersionStale


async def send_notices(work: Work, case_id: UUID) -> int:
    """Mark the notices of a case as sent, by whom and when; return how many.

    Raises:
        NotAllowed: the caller is no manager.
        CaseFinished: the case is closed to changes.
        NotFound: there is no such case.
    """
    caller = await work.caller()
    require_role(caller.role, Role.MANAGER)
    await _refuse_unless_open(work, case_id)
    return await store.send_recall_notices(work, case_id, caller.full_name)


async def record_notice_answer(
    work: Work, case_id: UUID, notice_id: UUID, answer: NoticeAnswer, *, version: int
) -> None:
    """Record what a customer answered; also after the case is finished, for answers come late.

    Raises:
        NotFound: there is no such case.
        VersionStale: the notice is not there, or somebody changed it in between.
    """
    parameters = {
        "recall_case_id": case_id,
        "recall_notice_id": notice_id,
        "version": version,
        "quantity_held": answer.quantity_held,
    }
    if not await store.acknowledge_recall_notice(work, parameters):
        await _read_case(work, case_id)
        raise VersionStale


async def finish_recall_case(work: Work, case_id: UUID, version: int, finish: Finish) -> None:
    """Finish a case with a conclusion; the holds stay until a person releases them.

    Raises:
        NotAllowed: the caller is no manager.
        SignOffsOpen: time-excluded items wait for a named decision.
        CaseFinished: it is finished already.
        NotFound: there is no such case.
        VersionStale: somebody changed it in between.
    """
    caller = await work.caller()
    require_role(caller.role, Role.MANAGER)
    case = await _read_case(work, case_id)
    if case["open_sign_off_count"]:
        raise SignOffsOpen(
            tell(
                "%(count)s items were drawn before the root entered and wait for a decision.",
                count=case["open_sign_off_count"],
            ),
            hint="Sign each of them off on the list of items, with your reason.",
        )
    parameters = {
        "recall_case_id": case_id,
        "version": version,
        "conclusion": finish.conclusion,
        "finished_by_name": caller.full_name,
    }
    if not await store.finish_recall_case(work, parameters):
        await _refuse_unless_open(work, case_id)
        raise VersionStale


async def _read_case(work: Work, case_id: UUID) -> dict[str, object]:
    page = await store.select_recall_cases(work, {**store.ONE_CASE, "recall_case_id": case_id})
    found = cast("list[dict[str, object]]", orjson.loads(page.items))
    if not found:
        raise NotFound("There is no such recall case.")
    return found[0]


async def _refuse_unless_open(work: Work, case_id: UUID) -> None:
    if (await _read_case(work, case_id))["state"] != "open":
        raise CaseFinished("This case is finished and is not changed any more.", hint="Open a new case.")
