"""Verbs of recalls: open a case, act on its items, send and answer notices, finish it."""

from __future__ import annotations

from time import perf_counter
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.core.requests.public import next_number
from provender.kit.clock import now
from provender.kit.db import Work, refusing
from provender.kit.http.errors import VersionStale
from provender.kit.ids import new_id
from provender.kit.sentences import tell
from provender.trace.holds.public import place_holds
from provender.trace.recall import reads, store
from provender.trace.recall.computing import Answer, compute_answer, roots_of
from provender.trace.recall.errors import REFUSALS, CaseFinished, SignOffsOpen
from provender.trace.recall.model import ItemClass, Root
from provender.trace.recall.notifying import write_notices
from provender.trace.recall.payloads import Finish, ItemChange, NoticeAnswer, RecallCaseInput
from provender.trace.recall.records import ItemColumns, write_root
from provender.trace.recall.rules.result import hash_result

MOST_ROUNDS = 10
"""Each round holds every batch it finds, so only processes that committed in between can add one."""


async def open_recall_case(work: Work, question: RecallCaseInput) -> UUID:
    """Open a case: hold the affected batches, freeze the answer, write the notices; all or nothing.

    Batches are held first and looked at after, so that nothing leaves between the look and the hold. A mock case is
    the same, but holds nothing: an exercise must not stop the day's shipments.

    Raises:
        NotAllowed: the caller is no manager.
        RootMissing: a root is not one of ours.
        InvalidInput: a complaint is not there.
    """
    caller = await work.caller()
    require_role(caller.role, Role.MANAGER)
    opened_at, began = now(), perf_counter()
    case_id, roots = new_id(), roots_of(question.batch_ids, question.normalised_batch_ids)
    answer = await compute_answer(work, roots, caller.time_zone)
    number = await next_number(work, "RC")
    if question.kind != "mock":
        answer = await _hold_and_look_again(work, answer, case_id, f"{number}: {question.title}")
    await store.insert_recall_case(
        work,
        {
            "recall_case_id": case_id,
            "number": number,
            "kind": question.kind,
            "title": question.title,
            "reason": question.reason,
            "opened_at": opened_at,
            "opened_by_name": caller.full_name,
            "watermark": await store.select_watermark(work),
            "result_hash": hash_result(answer.result),
            "duration_ms": int((perf_counter() - began) * 1000),
        },
    )
    await _freeze(work, case_id, answer)
    with refusing(REFUSALS):
        await store.insert_recall_complaints(work, case_id, sorted(set(question.complaint_ids)))
    await write_notices(work, case_id, question, caller, number=number)
    return case_id


def _to_hold(answer: Answer) -> list[UUID]:
    held = {
        item.batch_id
        for item in answer.items
        if item.batch_id is not None and item.certainty is not ItemClass.TIME_EXCLUDED and item.kind.value == "batch"
    }
    return sorted(UUID(batch_id) for batch_id in held)


async def _hold_and_look_again(work: Work, answer: Answer, case_id: UUID, reason: str) -> Answer:
    time_zone = (await work.caller()).time_zone
    held: set[UUID] = set()
    for _ in range(MOST_ROUNDS):
        missing = [batch_id for batch_id in _to_hold(answer) if batch_id not in held]
        if not missing:
            break
        await place_holds(work, missing, reason, case_id)
        held.update(missing)
        answer = await compute_answer(work, answer.roots, time_zone)
    return answer


async def _freeze(work: Work, case_id: UUID, answer: Answer) -> None:
    root_by_id: dict[str, Root] = {root.id: root for root in answer.roots}
    balances = [write_root(root_by_id[balance.root_batch_id], balance) for balance in answer.balances]
    await store.insert_recall_roots(work, case_id, balances)
    columns = ItemColumns(answer.movements, answer.exposure).write(answer.items)
    await store.insert_recall_items(work, case_id, columns)


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
        await reads.read_case(work, case_id)
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
    case = await reads.read_case(work, case_id)
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


async def _refuse_unless_open(work: Work, case_id: UUID) -> None:
    if (await reads.read_case(work, case_id))["state"] != "open":
        raise CaseFinished("This case is finished and is not changed any more.", hint="Open a new case.")
