"""Every foreign key is composite, indexed, explained, and decided about deletion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.architecture.catalog import TENANT, WITHOUT_TENANT, Catalog, ForeignKey, Index, catalog

__all__ = ["catalog"]

TO_THOSE_WITHOUT_TENANT = {
    "membership_account_fkey": "where a person, who belongs to no tenant, is tied to one",
}
"""Foreign keys to tables without a tenant, other than to the organisation itself."""
NOT_RESTRICT = {
    "access_token_membership_fkey": "CASCADE",
    "counter_organisation_fkey": "CASCADE",
    "idempotent_request_organisation_fkey": "CASCADE",
    "order_line_order_fkey": "CASCADE",
    "order_status_log_order_fkey": "CASCADE",
    "process_recorded_by_fkey": "SET NULL",
}
"""What happens on delete where it is not refused. A longer list is a decision, not a convenience."""
RESTRICT_OF_WHAT_CASCADES = {
    ("trace.order_line", "order_line_product_fkey"): "only a draft can be deleted: nothing was sold yet",
}
"""Rows that refuse the deletion of one parent, yet go with another: each weakens a promise."""
FLOORS = ("core", "trace")
REQUIRES_SOME = re.compile(r"^\((\w+) IS NOT NULL\)$")


def test_every_key_between_tenants_tables_leads_with_the_tenant_on_both_sides(catalog: Catalog) -> None:
    loose = [
        key.name
        for key in catalog.foreign_keys
        if key.target not in WITHOUT_TENANT
        and not (len(key.columns) > 1 and key.columns[0] == key.target_columns[0] == TENANT)
    ]

    assert loose == []


def test_only_named_keys_point_to_tables_without_a_tenant(catalog: Catalog) -> None:
    outward = {
        key.name for key in catalog.foreign_keys if key.target in WITHOUT_TENANT and list(key.columns) != [TENANT]
    }

    assert outward == set(TO_THOSE_WITHOUT_TENANT)


def test_every_foreign_key_has_an_index_that_finds_its_rows(catalog: Catalog) -> None:
    slow = [
        key.name
        for key in catalog.foreign_keys
        if not any(finds(index, key) for index in catalog.indexes_of(key.table))
    ]

    assert slow == []


def finds(index: Index, key: ForeignKey) -> bool:
    """Tell whether deleting a parent finds its children by the index.

    The second column of a wide key is an id, and one id has few rows; the columns after it are
    copies. A partial index serves only when the key itself implies its condition.
    """
    wanted = list(key.columns[:2])
    some = REQUIRES_SOME.match(index.predicate or "")
    is_whole = index.predicate is None or (some is not None and some[1] in key.columns)
    return is_whole and list(index.columns[: len(wanted)]) == wanted


def test_every_foreign_key_says_its_rule_and_the_reason(catalog: Catalog) -> None:
    silent = [
        key.name
        for key in catalog.foreign_keys
        if not re.match(rf"{key.on_delete}( on delete)?: \S+", key.comment or "")
    ]

    assert silent == []


def test_every_foreign_key_has_a_name_that_tells_its_table(catalog: Catalog) -> None:
    nameless = [
        key.name for key in catalog.foreign_keys if not re.match(rf"{key.table.split('.')[1]}_\w+_fkey$", key.name)
    ]

    assert nameless == []


def test_what_is_deleted_with_its_parent_is_decided_one_by_one(catalog: Catalog) -> None:
    found = {key.name: key.on_delete for key in catalog.foreign_keys if key.on_delete != "RESTRICT"}

    assert found == NOT_RESTRICT


def test_no_cascade_takes_away_what_another_key_protects(catalog: Catalog) -> None:
    assert set(weakened(catalog)) == set(RESTRICT_OF_WHAT_CASCADES)


def weakened(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield tables that go with a parent although they refuse the deletion of another."""
    cascading = {(key.table, key.target) for key in catalog.foreign_keys if key.on_delete == "CASCADE"}
    for table, parent in cascading:
        for key in catalog.foreign_keys:
            if key.table == table and key.on_delete == "RESTRICT" and key.target != parent:
                yield table, key.name


def test_keys_point_down_never_up(catalog: Catalog) -> None:
    upward = [key.name for key in catalog.foreign_keys if floor_of(key.table) < floor_of(key.target)]

    assert upward == []


def floor_of(table: str) -> int:
    return FLOORS.index(table.split(".", maxsplit=1)[0])
