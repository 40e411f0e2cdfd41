"""The program connects as a role that everything binds, and evidence is bound for everybody."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RestrictViolation
from starlette.testclient import TestClient

from tests.architecture.catalog import Catalog, Table, catalog
from tests.maker import Maker, make_maker
from tests.samples import BUILDERS, Samples

__all__ = ["catalog"]

APPEND_ONLY = {
    "core.audit_entry",
    "trace.order_status_log",
    "trace.recall_root",
    "trace.return_line",
    "trace.return_receipt",
    "trace.shipment_line",
}
"""Evidence: rows are only ever added."""
NEVER_DELETED = {"trace.process", "trace.process_input", "trace.process_output"}
"""Become void by a reversal, which the database alone writes; never deleted."""
OWNER = "provender_owner"
REFUSES = "EXECUTE FUNCTION core.refuse_change()"


def refuses(table: Table, event: str) -> bool:
    """Tell whether a trigger refuses an event, whoever asks."""
    return any(
        REFUSES in trigger and event in trigger.split(" ON ")[0].split("BEFORE ")[-1] for trigger in table.triggers
    )


def test_evidence_refuses_every_change_whoever_asks(catalog: Catalog) -> None:
    lenient = [
        f"{table.name} {event}"
        for table in catalog.tables
        for event in ("UPDATE", "DELETE", "TRUNCATE")
        if table.name in APPEND_ONLY and not refuses(table, event)
    ]

    assert {table.name for table in catalog.tables} >= APPEND_ONLY
    assert lenient == []


def test_what_happened_is_never_deleted_whoever_asks(catalog: Catalog) -> None:
    lenient = [
        f"{table.name} {event}"
        for table in catalog.tables
        for event in ("DELETE", "TRUNCATE")
        if table.name in NEVER_DELETED and not refuses(table, event)
    ]

    assert lenient == []


def test_the_program_has_no_right_to_change_evidence(catalog: Catalog) -> None:
    kept = {
        table.name: set(table.grants) & {"UPDATE", "DELETE", "TRUNCATE"}
        for table in catalog.tables
        if table.name in APPEND_ONLY | NEVER_DELETED
    }

    assert {name for name, grants in kept.items() if grants} == set()
    assert [table.name for table in catalog.tables if "TRUNCATE" in table.grants] == []


@pytest.fixture(scope="module")
def tenant(client: TestClient) -> Maker:
    """A tenant with one of everything."""
    client.cookies.clear()
    samples = Samples(make_maker(client))
    for name in BUILDERS:
        assert samples[name]
    return samples.maker


CHANGE = "UPDATE {} SET organisation_id = organisation_id"
REMOVALS = ("DELETE FROM {}", "TRUNCATE {}")
ATTEMPTS = [
    *(CHANGE.format(table) for table in sorted(APPEND_ONLY)),
    *(removal.format(table) for table in sorted(APPEND_ONLY | NEVER_DELETED) for removal in REMOVALS),
]


@pytest.mark.parametrize("statement", ATTEMPTS)
def test_written_evidence_stays_as_it_is(tenant: Maker, admin_url: str, database_url: str, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        run_as_tenant(database_url, tenant, statement)
    with pytest.raises(RestrictViolation):
        run_as_tenant(admin_url, tenant, f"{statement} CASCADE" if "TRUNCATE" in statement else statement, OWNER)


def run_as_tenant(url: str, maker: Maker, verb: str, role: str = "provender_app") -> None:
    with psycopg.connect(url) as connection:
        connection.execute(f"SET ROLE {role}".encode())
        connection.execute("SELECT set_config('app.organisation_id', %s, true)", (str(maker.organisation_id),))
        connection.execute(verb.encode())


def test_the_roles_of_the_program_have_no_way_round_row_level_security(admin_url: str) -> None:
    with psycopg.connect(admin_url) as connection:
        powers = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname IN ('provender_app', 'provender_portal')"
            " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
            " OR pg_has_role(rolname, 'provender_owner', 'MEMBER'))"
        ).fetchall()
        owned = connection.execute(
            "SELECT objid FROM pg_shdepend WHERE deptype = 'o'"
            " AND refobjid IN ('provender_app'::regrole, 'provender_portal'::regrole)"
        ).fetchall()
        creating = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE has_schema_privilege('provender_app', oid, 'CREATE')"
        ).fetchall()

    assert powers == []
    assert owned == []
    assert creating == []


def test_one_role_owns_everything(catalog: Catalog) -> None:
    owners = {found.owner for found in [*catalog.tables, *catalog.functions]}

    assert owners == {"provender_owner"}


def test_functions_that_act_as_the_owner_cannot_be_led_astray_or_called_by_anybody(catalog: Catalog) -> None:
    definers = [function for function in catalog.functions if function.is_definer]

    assert [function.name for function in definers if not function.has_search_path] == []
    assert [function.name for function in definers if function.is_public and not function.is_trigger] == []


def test_every_tenant_table_hides_the_rows_of_other_tenants(admin_url: str, catalog: Catalog) -> None:
    with psycopg.connect(admin_url) as connection:
        policies = connection.execute(
            "SELECT schemaname || '.' || tablename, qual FROM pg_policies"
            " WHERE 'provender_app' = ANY (roles) AND permissive = 'PERMISSIVE'"
        ).fetchall()

    expected = (
        "(organisation_id = ( SELECT (NULLIF(current_setting('app.organisation_id'::text, true), ''::text))::uuid"
    )

    for table in catalog.tenant_tables:
        found = [str(qual) for name, qual in policies if name == table.name]
        assert len(found) == 1, table.name
        assert found[0].startswith(expected), table.name
