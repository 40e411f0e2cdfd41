"""Every table of the real schema keeps the rules of tenancy, and says what it is."""

from __future__ import annotations

import re

from tests.architecture.catalog import TENANT, WITHOUT_TENANT, Catalog, catalog

__all__ = ["catalog"]

UNIT = re.compile(r"_(g|kg|ml|ha|s|ms|days|minutes)$")
MEASURED = {"numeric", "date", "interval", "double precision", "real"}
INDEXES_WITHOUT_TENANT = {
    "membership_account_idx": "the tenants of a person are looked up before one is chosen",
}
ROW_SECURITY_NOT_NEEDED = {
    "core.server_secret": "belongs to no tenant, is read by the program only, and cannot be written by it",
}


def test_every_table_belongs_to_a_tenant_or_says_why_not(catalog: Catalog) -> None:
    carriers = {column.table for column in catalog.columns if column.name == TENANT}

    assert {table.name for table in catalog.tables} - carriers == set(WITHOUT_TENANT)


def test_the_tenant_is_never_missing_and_leads_the_primary_key(catalog: Catalog) -> None:
    nullable = [f"{found.table}" for found in catalog.columns if found.name == TENANT and found.is_nullable]
    led = {index.table for index in catalog.indexes if index.is_primary and index.columns[0] == TENANT}

    assert nullable == []
    assert [table.name for table in catalog.tenant_tables if table.name not in led] == []


def test_the_tenant_leads_every_index(catalog: Catalog) -> None:
    tenant_tables = {table.name for table in catalog.tenant_tables}

    others = {index.name for index in catalog.indexes if index.table in tenant_tables and index.columns[0] != TENANT}

    assert others == set(INDEXES_WITHOUT_TENANT)


def test_no_index_repeats_the_beginning_of_another(catalog: Catalog) -> None:
    repeated = [
        f"{one.name} of {other.name}"
        for one in catalog.indexes
        for other in catalog.indexes_of(one.table)
        if one.name != other.name
        and not one.is_unique
        and one.predicate == other.predicate
        and list(other.columns)[: len(one.columns)] == list(one.columns)
        and other.columns != one.columns
    ]

    assert repeated == []


def test_every_table_says_what_it_is(catalog: Catalog) -> None:
    assert [table.name for table in catalog.tables if not table.comment] == []


def test_every_measure_and_every_date_says_its_unit_or_what_it_means(catalog: Catalog) -> None:
    silent = [
        f"{column.table}.{column.name}"
        for column in catalog.columns
        if (column.type in MEASURED or UNIT.search(column.name)) and not column.comment
    ]

    assert silent == []


def test_row_level_security_is_on_and_forced_for_the_owner_too(catalog: Catalog) -> None:
    open_tables = {
        table.name for table in catalog.tables if not (table.has_row_security and table.is_row_security_forced)
    }

    assert open_tables == set(ROW_SECURITY_NOT_NEEDED)


def test_instants_carry_their_zone_and_keys_are_opaque(catalog: Catalog) -> None:
    loose = [f"{found.table}.{found.name}" for found in catalog.columns if found.type.endswith("without time zone")]
    counted = [
        f"{found.table}.{found.name} {found.type}"
        for found in catalog.columns
        if (found.name == "id" or found.name.endswith("_id")) and found.type != "uuid" and found.name != "request_id"
    ]

    assert loose == []
    assert counted == []
