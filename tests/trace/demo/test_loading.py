"""The demo as stored: under every guard, and every edge case where the table of cases says."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from provender.core.requests.public import next_number
from provender.trace.demo.public import EDGE_CASES, EdgeCase, FoundBy
from tests.trace.demo.conftest import Loaded

STOCK = """
SELECT
    trace.batch_on_hand(batch.organisation_id, batch.id),
    (SELECT count(DISTINCT line.order_id) FROM trace.shipment_line AS line WHERE line.batch_id = batch.id),
    (SELECT count(DISTINCT part.order_id) FROM trace.allocation AS part
     WHERE part.batch_id = batch.id AND part.state <> 'released')
FROM trace.batch AS batch WHERE batch.code = %(code)s
"""
FINDERS = {
    FoundBy.BATCH: "SELECT count(*) FROM trace.batch WHERE code = %(find)s",
    FoundBy.ORDER: "SELECT count(*) FROM trace.sales_order WHERE customer_reference = %(find)s",
    FoundBy.CUSTOMER: "SELECT count(*) FROM trace.customer WHERE name = %(find)s",
    FoundBy.FARM: "SELECT count(*) FROM trace.farm WHERE name = %(find)s",
}


@pytest.mark.parametrize("case", EDGE_CASES, ids=lambda case: case.name)
def test_every_edge_case_is_found_where_the_table_says(loaded: Loaded, case: EdgeCase) -> None:
    expected = 2 if case.find == "2026-07" else 1

    assert loaded.ask(FINDERS[case.found_by], find=case.find) == (expected,)


@pytest.mark.parametrize(
    ("code", "on_hand_orders_shipped_and_set_aside"),
    [
        ("NEVER-ORDERED", (240, 0, 0)),
        ("ONLY-CANCELLED", (240, 0, 0)),
        ("ONLY-UNSHIPPED", (240, 0, 1)),
        ("USED-UP", (0, 3, 0)),
        ("TWICE-IN-ORDER", (117, 1, 0)),
        ("PARTIAL-1", (60, 1, 0)),
        ("PARTIAL-2", (132, 1, 0)),
    ],
)
def test_edge_case_batches_stand_as_their_names_say(
    loaded: Loaded, code: str, on_hand_orders_shipped_and_set_aside: tuple[int, int, int]
) -> None:
    assert loaded.ask(STOCK, code=code) == on_hand_orders_shipped_and_set_aside


@pytest.mark.parametrize(
    ("code", "on_hand"),
    [("A1", 0), ("B1", 0), ("N1", 10_000), ("M1", 15_000), ("M2", 5_000), ("W1", 0), ("SHELL1", 18_000)],
)
def test_of_the_worked_example_there_is_left_what_the_specification_says(
    loaded: Loaded, code: str, on_hand: int
) -> None:
    assert loaded.ask(STOCK, code=code)[0] == on_hand


@pytest.mark.parametrize(("code", "grams"), [("BR1", 57_500), ("BR2", 24_000), ("X1", 500), ("X2", 1_000)])
def test_of_the_worked_example_there_was_made_what_the_specification_says(
    loaded: Loaded, code: str, grams: int
) -> None:
    made = loaded.ask(
        "SELECT sum(line.quantity * batch.unit_mass_g) FROM trace.process_output AS line"
        " INNER JOIN trace.batch AS batch ON line.batch_id = batch.id WHERE batch.code = %(code)s",
        code=code,
    )

    assert made == (Decimal(grams),)


def test_the_farms_of_the_edge_cases_have_one_harvest_and_none(loaded: Loaded) -> None:
    question = (
        "SELECT count(batch.id) FROM trace.farm AS farm LEFT JOIN trace.batch AS batch ON batch.farm_id = farm.id"
        " WHERE farm.name = %(name)s"
    )

    assert loaded.ask(question, name="Toledo District") == (1,)
    assert loaded.ask(question, name="Alta Verapaz") == (0,)


def test_the_shop_that_never_ordered_is_the_only_one(loaded: Loaded) -> None:
    assert loaded.ask(
        "SELECT array_agg(customer.name) FROM trace.customer AS customer"
        " WHERE NOT EXISTS (SELECT FROM trace.sales_order AS sold WHERE sold.customer_id = customer.id)"
    ) == (["Spätkauf Südvorstadt"],)


def test_the_partial_shipment_is_over_two_batches_and_leaves_some_open(loaded: Loaded) -> None:
    assert loaded.ask(
        "SELECT sum(shipped.quantity), count(DISTINCT shipped.batch_id), max(line.quantity)"
        " FROM trace.sales_order AS sold INNER JOIN trace.order_line AS line ON line.order_id = sold.id"
        " INNER JOIN trace.shipment_line AS shipped ON shipped.order_line_id = line.id"
        " WHERE sold.customer_reference = 'PARTIAL-TWO-BATCHES'"
    ) == (96, 2, 144)


def test_two_lines_of_one_order_have_the_same_batch(loaded: Loaded) -> None:
    assert loaded.ask(
        "SELECT count(DISTINCT shipped.order_line_id), count(DISTINCT shipped.batch_id)"
        " FROM trace.sales_order AS sold INNER JOIN trace.shipment_line AS shipped ON shipped.order_id = sold.id"
        " WHERE sold.customer_reference = 'TWO-LINES-ONE-BATCH'"
    ) == (2, 1)


def test_the_rework_loop_feeds_itself(loaded: Loaded) -> None:
    assert loaded.ask(
        "WITH RECURSIVE made (batch_id) AS ("
        " SELECT output.batch_id FROM trace.process_input AS drawn"
        " INNER JOIN trace.process_output AS output ON output.process_id = drawn.process_id"
        " INNER JOIN trace.batch AS tank ON drawn.batch_id = tank.id WHERE tank.code = 'REWORK-LOOP'"
        " UNION SELECT output.batch_id FROM made"
        " INNER JOIN trace.process_input AS drawn ON drawn.batch_id = made.batch_id"
        " INNER JOIN trace.process_output AS output ON output.process_id = drawn.process_id)"
        " SELECT count(*) FROM made INNER JOIN trace.batch AS tank ON made.batch_id = tank.id"
        " WHERE tank.code = 'REWORK-LOOP'"
    ) == (1,)


def test_the_reversed_process_is_void_and_took_nothing(loaded: Loaded) -> None:
    assert loaded.ask(
        "SELECT original.is_void, bool_and(line.is_void) FROM trace.process AS reversal"
        " INNER JOIN trace.process AS original ON reversal.reverses_process_id = original.id"
        " INNER JOIN trace.process_input AS line ON line.process_id = original.id GROUP BY original.is_void"
    ) == (True, True)


def test_the_suspect_harvest_reaches_the_two_bars_that_taste_of_smoke_and_no_other(loaded: Loaded) -> None:
    assert loaded.ask(
        "SELECT array_agg(batch.code ORDER BY batch.code) FROM trace.batch AS batch WHERE batch.product_id IS NOT NULL"
        " AND batch.id IN (SELECT trace.descendant_batches(%(organisation_id)s, ARRAY[%(root)s::uuid]))",
        organisation_id=loaded.maker.organisation_id,
        root=loaded.story.suspect_batch_id,
    ) == (["ALT-0416", "ALT-0418"],)


def test_some_thirty_other_orders_hold_or_wait_for_bars_of_the_suspect_harvest(loaded: Loaded) -> None:
    orders, customers = loaded.ask(
        "WITH bars AS (SELECT batch.id FROM trace.batch AS batch WHERE batch.code IN ('ALT-0416', 'ALT-0418')),"
        " touched AS (SELECT order_id, customer_id FROM trace.shipment_line WHERE batch_id IN (SELECT id FROM bars)"
        " UNION SELECT order_id, customer_id FROM trace.allocation"
        " WHERE batch_id IN (SELECT id FROM bars) AND state <> 'released')"
        " SELECT count(DISTINCT order_id), count(DISTINCT customer_id) FROM touched"
        " INNER JOIN trace.customer ON customer.id = customer_id WHERE name <> 'Feinkost Isartor'"
    )

    assert (orders, customers) == (33, 32)


def test_the_complaint_from_munich_is_open_and_names_the_blend(loaded: Loaded) -> None:
    assert loaded.ask(
        "SELECT complaint.state, complaint.reported_code, batch.id FROM trace.complaint AS complaint"
        " INNER JOIN trace.batch AS batch ON batch.code = complaint.reported_code WHERE complaint.id = %(id)s",
        id=loaded.story.complaint_id,
    ) == ("open", "ALT-0418", loaded.story.reported_batch_id)


def test_of_the_blend_some_is_on_hand_set_aside_and_packed_but_not_gone(loaded: Loaded) -> None:
    on_hand, allocated, waiting = loaded.ask(
        "SELECT trace.batch_on_hand(batch.organisation_id, batch.id),"
        " trace.batch_allocated(batch.organisation_id, batch.id),"
        " (SELECT sum(line.quantity) FROM trace.shipment_line AS line INNER JOIN trace.shipment AS shipment"
        " ON line.shipment_id = shipment.id WHERE line.batch_id = batch.id AND shipment.shipped_at IS NULL)"
        " FROM trace.batch AS batch WHERE batch.id = %(id)s",
        id=loaded.story.reported_batch_id,
    )

    assert isinstance(on_hand, Decimal)
    assert (allocated, waiting) == (108, 48)
    assert on_hand > 108


def test_the_next_order_goes_on_after_the_last_of_the_demo(loaded: Loaded) -> None:
    taken = loaded.ask("SELECT count(*) FROM trace.sales_order WHERE number = %(number)s", number="SO-1495")

    proposed = loaded.maker.run(lambda work: next_number(work, "SO"))

    assert taken == (1,)
    assert proposed == "SO-1496"


def test_every_row_is_in_the_audit_of_its_organisation(loaded: Loaded) -> None:
    audited = loaded.ask(
        "SELECT count(*) FROM core.audit_entry WHERE table_name = 'trace.shipment_line' AND action = 'insert'"
    )

    assert audited == (loaded.story.row_counts["shipment_lines"],)
    assert isinstance(loaded.story.mock_root_id, UUID)
