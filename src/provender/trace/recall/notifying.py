"""The notices of a case, written from its frozen items."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from provender.kit.clock import today
from provender.kit.db import Caller, Work
from provender.kit.quantities.units import BaseUnit
from provender.trace.recall import store
from provender.trace.recall.model import Contact, NoticeFacts, NoticeLine, NoticeRow, RecallKind
from provender.trace.recall.payloads import RecallCaseInput
from provender.trace.recall.rules.notices import write_notice


def _line(row: NoticeRow) -> NoticeLine:
    return NoticeLine(
        product_name=row.product_name,
        batch_code=row.batch_code,
        best_before_on=row.best_before_on,
        quantity=row.quantity,
        base_unit=BaseUnit.PIECE,
        shipped_on=row.shipped_on,
        order_reference=row.customer_reference or row.order_number,
        is_certain=row.is_certain,
    )


async def write_notices(work: Work, case_id: UUID, question: RecallCaseInput, caller: Caller, *, number: str) -> int:
    """Write one notice per customer who received affected goods, in the customer's language; return how many."""
    maker = await store.select_maker(work)
    contact = Contact(
        maker_name=caller.organisation_name,
        person_name=caller.full_name,
        email=(maker.contact_email if maker else None) or caller.email,
        telephone=maker.contact_phone if maker else None,
    )
    rows = await store.select_notice_lines(work, case_id, caller.time_zone)
    notices: list[dict[str, object]] = []
    for customer_id, group in groupby(rows, key=lambda row: row.customer_id):
        delivered = list(group)
        facts = NoticeFacts(
            language=delivered[0].language,
            kind=RecallKind(question.kind),
            case_reference=number,
            issued_on=today(caller.time_zone),
            customer_name=delivered[0].customer_name,
            reason=question.reason,
            lines=tuple(_line(row) for row in delivered),
            contact=contact,
        )
        notice = write_notice(facts)
        notices.append(
            {
                "customer_id": customer_id,
                "language": notice.language,
                "subject": notice.subject,
                "body": notice.body,
                "quantity": str(sum(row.quantity for row in delivered)),
            }
        )
    await store.insert_recall_notices(work, case_id, notices)
    return len(notices)
