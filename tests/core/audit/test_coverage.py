"""Every tenant table leaves a trace of its changes, or is named here with the reason."""

from __future__ import annotations

from tests.architecture.catalog import Catalog, catalog

__all__ = ["catalog"]

WRITES = "EXECUTE FUNCTION core.write_audit()"
EVENTS = ("INSERT", "UPDATE", "DELETE")
NOT_AUDITED = {
    "core.audit_entry": "is the audit",
    "core.counter": "follows from the numbers given, which are audited where they stand",
    "core.idempotent_request": "an answer kept for repetition, no evidence",
    "trace.order_status_log": "is itself the log of an order's states, and append-only",
    "trace.recall_root": "is written once with its case and append-only: its own record",
}
AUDITED_IN_PART = {
    "trace.recall_notice": ("INSERT", "written by the thousand with its case; sending and answers are audited"),
    "trace.recall_item": ("INSERT", "frozen by the thousand with its case; what a person does to one is audited"),
}
"""Table -> the event that leaves no entry, and why."""
OUTSIDE_TENANTS = {
    "core.sign_in_attempt": "counted for a day to slow down guessing",
    "core.server_secret": "made with the database; the program cannot change it",
}


def unaudited_events(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Return for each table the events after which no entry is written."""
    found: dict[str, tuple[str, ...]] = {}
    for table in catalog.tables:
        heads = [trigger.split(" ON ")[0] for trigger in table.triggers if WRITES in trigger]
        missing = tuple(event for event in EVENTS if not any(event in head for head in heads))
        if missing:
            found[table.name] = missing
    return found


def test_every_change_of_every_table_is_audited_or_named_with_the_reason(catalog: Catalog) -> None:
    found = unaudited_events(catalog)

    assert {name for name, events in found.items() if events == EVENTS} == {*NOT_AUDITED, *OUTSIDE_TENANTS}
    assert {name: events for name, events in found.items() if events != EVENTS} == {
        name: (event,) for name, (event, _) in AUDITED_IN_PART.items()
    }
