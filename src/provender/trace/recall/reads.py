"""Questions about recalls."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import cast
from uuid import UUID

import orjson

from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key, ListQuery
from provender.trace.complaints.public import list_candidates, read_complaint
from provender.trace.recall import store
from provender.trace.recall.computing import RankedSource, compute_answer, rank_sources, roots_of
from provender.trace.recall.model import CodeMatch, ComplaintBatches, Item, ItemKind, Root
from provender.trace.recall.payloads import ItemFilter, RecallFilter
from provender.trace.recall.records import action_of, to_decimal, write_fraction

Fields = dict[str, object]
LIKELY_CANDIDATES = 3
"""As many candidates of a complaint as are taken for its batch until a person has named it."""


def _found(page: Page | None) -> Page:
    if page is None:
        raise NotFound("There is no such recall case.")
    return page


async def list_cases(work: Work, wanted: RecallFilter, last_seen: Key) -> Page:
    """Return one page of cases, newest first, after the key (opened_at, id) of the last row seen."""
    return await store.select_recall_cases(
        work,
        {
            "recall_case_id": None,
            "state": wanted.state,
            "kind": wanted.kind,
            "last_opened_at": last_seen[0],
            "last_id": last_seen[1],
            "page_size": wanted.limit,
        },
    )


async def show_case(work: Work, case_id: UUID) -> bytes:
    """Return one case as JSON.

    Raises:
        NotFound: there is no such case.
    """
    page = await store.select_recall_cases(work, {**store.ONE_CASE, "recall_case_id": case_id})
    if page.items == b"[]":
        raise NotFound("There is no such recall case.")
    return page.items[1:-1]


async def list_items(work: Work, case_id: UUID, wanted: ItemFilter, last_seen: Key) -> Page:
    """Return one page of items in the order of the answer, after the line number last seen.

    Raises:
        NotFound: there is no such case.
    """
    parameters = {
        "recall_case_id": case_id,
        "class": wanted.class_,
        "kind": wanted.kind,
        "action": wanted.action,
        "customer_id": wanted.customer,
        "last_line_no": last_seen[0],
        "page_size": wanted.limit,
    }
    return _found(await store.select_recall_items(work, parameters))


async def list_notices(work: Work, case_id: UUID, wanted: ListQuery, last_seen: Key) -> Page:
    """Return one page of notices in the order of writing, after the id last seen.

    Raises:
        NotFound: there is no such case.
    """
    parameters = {"recall_case_id": case_id, "last_id": last_seen[0], "page_size": wanted.limit}
    return _found(await store.select_recall_notices(work, parameters))


async def list_balances(work: Work, case_id: UUID) -> Page:
    """Return the mass balances of a case.

    Raises:
        NotFound: there is no such case.
    """
    return _found(await store.select_mass_balance(work, case_id))


async def complained_batches(work: Work, complaint_ids: Sequence[UUID]) -> list[ComplaintBatches]:
    """Return the batches each complaint is about: the one a person named, else the likeliest candidates.

    Raises:
        NotFound: a complaint is not there.
    """
    complaints: list[ComplaintBatches] = []
    for complaint_id in complaint_ids:
        body, _ = await read_complaint(work, complaint_id)
        named = cast("Fields | None", orjson.loads(body)["batch"])
        if named is not None:
            batch_ids = [str(named["id"])]
        else:
            candidates = await list_candidates(work, complaint_id)
            best = [one for one in candidates if one.signs == candidates[0].signs][:LIKELY_CANDIDATES]
            batch_ids = [str(candidate.batch.id) for candidate in best]
        complaints.append(ComplaintBatches(str(complaint_id), frozenset(batch_ids)))
    return complaints


async def list_suspects(work: Work, complaint_ids: Sequence[UUID], batch_ids: Sequence[UUID]) -> list[RankedSource]:
    """Return the sources of complaints, or of batches named outright, the best explanation first.

    Raises:
        NotFound: a complaint is not there.
        NoRoots: nothing is known of which batch a complaint is about.
    """
    complaints = await complained_batches(work, complaint_ids)
    complaints += [ComplaintBatches(str(batch_id), frozenset({str(batch_id)})) for batch_id in batch_ids]
    return await rank_sources(work, complaints)


def describe_suspect(ranked: RankedSource) -> Fields:
    """Return a suspect as it is answered."""
    source, suspect = ranked.source, ranked.suspect
    return {
        "id": source.id,
        "code": source.code,
        "material": source.material_name,
        "material_kind": source.material_kind,
        "made_on": source.made_on,
        "farm": source.farm_name,
        "supplier": source.supplier_name,
        "explains": suspect.explains,
        "explains_all": suspect.explains_all,
        "other_batch_count": suspect.other_batch_count,
        "other_customer_count": suspect.other_customer_count,
        "smallest_share": float(to_decimal(suspect.smallest_share)),
        "smallest_share_fraction": write_fraction(suspect.smallest_share),
    }


def _sum(items: Sequence[Item], action: str) -> float:
    amounts = [
        (item.quantity or Decimal(0)) - (item.returned or Decimal(0)) for item in items if action_of(item) == action
    ]
    return float(sum(amounts))


async def preview(work: Work, batch_ids: Sequence[UUID], time_zone: str) -> Fields:
    """Return what a recall from these roots would find, without opening a case.

    Raises:
        RootMissing: a root is not one of ours.
    """
    answer = await compute_answer(work, roots_of(batch_ids), time_zone)
    affected = [item for item in answer.items if item.certainty.value != "time_excluded"]
    classes = [item.item_class.value for item in answer.items]
    delivered = [item for item in affected if action_of(item) == "notify"]
    orders = [item.order_id for item in affected if item.kind in {ItemKind.SHIPMENT_LINE, ItemKind.ALLOCATION}]
    return {
        "batch_count": sum(item.kind is ItemKind.BATCH for item in affected),
        "order_count": len(set(orders)),
        "customer_count": len({item.customer_id for item in delivered}),
        "shipped_quantity": _sum(affected, "notify"),
        "stopped_quantity": _sum(affected, "stop"),
        "count_by_class": {name: classes.count(name) for name in sorted(set(classes))},
    }


async def compare_with_today(work: Work, case_id: UUID, time_zone: str) -> Fields:
    """Return how the answer of today differs from the frozen one, counted by rows.

    Raises:
        NotFound: there is no such case.
    """
    await show_case(work, case_id)
    frozen = await store.select_frozen_roots(work, case_id)
    roots = [Root(str(root.batch_id), match=CodeMatch(root.code_match)) for root in frozen]
    answer = await compute_answer(work, roots, time_zone)
    now = {(item.kind.value, item.id): (item.item_class.value, item.quantity) for item in answer.items}
    then = {
        (item.kind, str(item.subject_id)): (item.class_name, item.quantity)
        for item in await store.select_frozen_items(work, case_id)
    }
    changed = sum(now[key] != then[key] for key in now.keys() & then.keys())
    added, removed = len(now.keys() - then.keys()), len(then.keys() - now.keys())
    return {"is_equal": not (added or removed or changed), "added": added, "removed": removed, "changed": changed}
