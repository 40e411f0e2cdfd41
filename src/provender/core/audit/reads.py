"""Questions about what was changed; managers and administrators ask them."""

from __future__ import annotations

from pydantic import TypeAdapter

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.core.audit import store
from provender.core.audit.model import ChangeShown
from provender.core.audit.payloads import Change, ChangeFilter
from provender.core.audit.rules import earliest_id, find_title, list_columns, name_subject
from provender.kit.db import Work
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key

_changes = TypeAdapter(list[Change])


async def list_changes(work: Work, wanted: ChangeFilter, last_seen: Key) -> Page:
    """Return one page of changes, newest first, after the id last seen.

    Raises:
        NotAllowed: staff do not read what everybody does.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    return await store.select_changes(
        work,
        {
            "row_id": wanted.row_id,
            "table_name": wanted.table,
            "actor": wanted.actor,
            "since": wanted.since,
            "until": wanted.until,
            "earliest_id": wanted.since and earliest_id(wanted.since),
            "last_id": last_seen[0],
            "page_size": wanted.limit,
        },
    )


def tell_changes(page: Page) -> list[ChangeShown]:
    """Return a page of changes as a person reads them."""
    return [
        ChangeShown(
            recorded_at=found.recorded_at,
            actor=found.actor,
            action=found.action,
            subject=name_subject(found.table_name),
            title=find_title(found.change),
            row_id=found.row_id,
            columns=list_columns(found.action, found.change),
        )
        for found in _changes.validate_json(page.items)
    ]
