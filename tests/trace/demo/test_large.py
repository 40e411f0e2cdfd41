"""The large load in miniature: shaped as promised, true under the schema's rules, and gone when it fails."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from provender.database.files import roles_script, schema_scripts
from provender.kit.db.administration import create_database, drop_database, fetch_texts, run_scripts
from provender.kit.db.bulk import SchemaChanged, bulk_load
from provender.kit.embedded import Server
from provender.trace.demo.public import load_large

BLOCKS = 400
FOREIGN_KEYS = (
    "SELECT count(*) FROM pg_catalog.pg_constraint WHERE contype = 'f' AND convalidated"
    " AND connamespace = 'trace'::regnamespace"
)
CATALOG = """
SELECT found.conrelid::regclass::text, found.conname::text, pg_get_constraintdef(found.oid),
    obj_description(found.oid, 'pg_constraint')
FROM pg_catalog.pg_constraint AS found WHERE found.connamespace = 'trace'::regnamespace
UNION ALL
SELECT found.tablename::text, found.indexname::text, found.indexdef, NULL
FROM pg_catalog.pg_indexes AS found WHERE found.schemaname = 'trace'
UNION ALL
SELECT found.tgrelid::regclass::text, found.tgname::text, found.tgenabled::text, NULL
FROM pg_catalog.pg_trigger AS found WHERE NOT found.tgisinternal
ORDER BY 1, 2, 3
"""


def ignore(sentence: str) -> None:
    assert sentence


@pytest.fixture(scope="module")
def empty_url(server: Server, database_name: str) -> Iterator[str]:
    """Address of a database of its own, for a superuser."""
    name = f"{database_name}_large"
    create_database(server.url("postgres", "postgres"), name)
    run_scripts(server.url("postgres", name), [roles_script()])
    run_scripts(server.url("postgres", name), schema_scripts(), role="provender_owner")
    yield server.url("postgres", name)
    drop_database(server.url("postgres", "postgres"), name)


@pytest.fixture(scope="module")
def large_url(empty_url: str) -> str:
    """Address of a database with a hundred blocks of work."""
    load_large(empty_url, ignore, blocks=BLOCKS)
    return empty_url


def ask(url: str, question: str) -> tuple[object, ...]:
    return fetch_texts(url, question)[0]


def test_a_load_that_fails_leaves_the_schema_and_the_tables_as_they_were(empty_url: str) -> None:
    before = fetch_texts(empty_url, CATALOG)

    def load_and_fail() -> None:
        with bulk_load(empty_url, ["trace.batch", "trace.process"], ignore) as bulk:
            bulk.run(b"INSERT INTO core.organisation (name, country) VALUES ('Nobody', 'DE')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        load_and_fail()

    assert fetch_texts(empty_url, CATALOG) == before
    assert ask(empty_url, "SELECT count(*) FROM core.organisation WHERE name = 'Nobody'") == (0,)


def test_a_load_that_forgets_something_of_the_schema_is_taken_back(empty_url: str) -> None:
    before = fetch_texts(empty_url, CATALOG)

    with pytest.raises(SchemaChanged), bulk_load(empty_url, ["trace.hold"], ignore) as bulk:
        bulk.run(b"CREATE INDEX hold_forgotten ON trace.hold (organisation_id)")

    assert fetch_texts(empty_url, CATALOG) == before


def test_the_large_load_leaves_exactly_the_schema_there_was(empty_url: str) -> None:
    before = fetch_texts(empty_url, CATALOG)

    load_large(empty_url, ignore, blocks=BLOCKS)

    assert fetch_texts(empty_url, CATALOG) == before
    assert ask(empty_url, FOREIGN_KEYS) == ask(empty_url, FOREIGN_KEYS.replace("AND convalidated", ""))


def test_a_second_call_changes_nothing(large_url: str) -> None:
    before = ask(large_url, "SELECT count(*) FROM trace.batch")
    told: list[str] = []

    load_large(large_url, told.append, blocks=BLOCKS)

    assert ask(large_url, "SELECT count(*) FROM trace.batch") == before
    assert told == ["The large demo is there already."]


def test_a_block_is_twenty_batches_thirty_eight_and_eight_movements_and_two_hundred_lines(large_url: str) -> None:
    batches, blocks = ask(large_url, "SELECT count(*), count(*) / 20 FROM trace.batch")
    movements = ask(
        large_url, "SELECT (SELECT count(*) FROM trace.process_input) + (SELECT count(*) FROM trace.process_output)"
    )
    lines = ask(large_url, "SELECT count(*) FROM trace.shipment_line")

    assert isinstance(blocks, int)
    assert batches == blocks * 20
    assert movements == (blocks * 46,)
    assert isinstance(lines[0], int)
    assert blocks * 150 < lines[0] < blocks * 203


def test_no_batch_holds_less_than_nothing_or_has_promised_more_than_it_has(large_url: str) -> None:
    assert ask(
        large_url,
        "SELECT count(*) FROM trace.batch AS batch"
        " CROSS JOIN LATERAL trace.batch_on_hand(batch.organisation_id, batch.id) AS on_hand"
        " CROSS JOIN LATERAL trace.batch_allocated(batch.organisation_id, batch.id) AS allocated"
        " WHERE on_hand < allocated",
    ) == (0,)


def test_nothing_is_drawn_before_it_was_made(large_url: str) -> None:
    assert ask(
        large_url,
        "SELECT count(*) FROM trace.process_input AS drawn"
        " INNER JOIN trace.process_output AS made ON made.organisation_id = drawn.organisation_id"
        " AND made.batch_id = drawn.batch_id WHERE drawn.started_at < made.finished_at",
    ) == (0,)


def test_the_silo_reaches_far_more_orders_than_an_ordinary_harvest(large_url: str) -> None:
    reached = (
        "SELECT count(DISTINCT line.order_id) FROM trace.batch AS root"
        " CROSS JOIN LATERAL trace.descendant_batches(root.organisation_id, ARRAY[root.id]) AS made (batch_id)"
        " INNER JOIN trace.shipment_line AS line ON line.organisation_id = root.organisation_id"
        " AND line.batch_id = made.batch_id WHERE root.code = '{code}'"
    )
    silo, harvest = (ask(large_url, reached.format(code=code))[0] for code in ("SILO-1", "H-100"))

    assert isinstance(silo, int)
    assert isinstance(harvest, int)
    assert silo > harvest > 0


def test_some_batches_of_bars_have_no_orders(large_url: str) -> None:
    without = ask(
        large_url,
        "SELECT count(*) FROM trace.batch AS batch WHERE batch.product_id IS NOT NULL AND NOT EXISTS ("
        "SELECT FROM trace.shipment_line AS line WHERE line.organisation_id = batch.organisation_id"
        " AND line.batch_id = batch.id)",
    )

    assert without > (0,)


def test_the_measurer_may_enter_the_largest_organisation_first(large_url: str) -> None:
    assert ask(
        large_url,
        "SELECT organisation.name FROM core.find_sign_in('measure@provender.example') AS person"
        " INNER JOIN core.organisation AS organisation ON organisation.id = person.organisation_id LIMIT 1",
    ) == ("Measured maker 1",)
