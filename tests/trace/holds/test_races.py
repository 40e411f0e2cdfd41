"""A hold and a draw that are under way at the same time never both succeed: real threads, real connections."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest

from tests.maker import Maker
from tests.trace.workshop import Workshop

WAIT_S = 5
"""Nobody waits longer for an answer."""

HOLD: LiteralString = (
    "INSERT INTO trace.hold (organisation_id, batch_id, reason, placed_by_name)"
    " VALUES (%(tenant)s, %(batch)s, 'Metal', 'test')"
)
ALLOCATION: LiteralString = (
    "INSERT INTO trace.allocation (organisation_id, order_line_id, order_id, customer_id, product_id, batch_id,"
    " quantity) SELECT organisation_id, id, order_id, customer_id, product_id, %(batch)s, 1 FROM trace.order_line"
    " WHERE organisation_id = %(tenant)s"
)
SHIPMENT: LiteralString = (
    "WITH shipment AS (INSERT INTO trace.shipment (organisation_id, number, order_id, customer_id)"
    " SELECT organisation_id, %(number)s, id, customer_id FROM trace.sales_order WHERE organisation_id = %(tenant)s"
    " RETURNING id)"
    " INSERT INTO trace.shipment_line (organisation_id, shipment_id, order_line_id, order_id, customer_id, product_id,"
    " batch_id, quantity) SELECT line.organisation_id, shipment.id, line.id, line.order_id, line.customer_id,"
    " line.product_id, %(batch)s, 1 FROM trace.order_line AS line CROSS JOIN shipment"
    " WHERE line.organisation_id = %(tenant)s"
)


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    made = Workshop(maker)
    made.world.product("bar")
    made.receive("M1", "mass", 6)
    made.record("mould", [made.taken("M1", 6)], [made.new("BR1", "bar", 100, "piece")])
    made.world.order("SO-1", "Isar", [("bar", 100)])
    return made


@contextmanager
def transaction(url: str, tenant: UUID) -> Generator[psycopg.Connection]:
    """Open a transaction of a tenant, as the program would."""
    with psycopg.connect(url) as connection:
        connection.execute("SELECT set_config('app.organisation_id', %s, true)", (str(tenant),))
        yield connection


def draw(url: str, workshop: Workshop, statement: LiteralString, number: str = "S1") -> bool:
    """Run one statement in a transaction of its own; return whether it was accepted."""
    tenant = workshop.maker.organisation_id
    parameters = {"tenant": tenant, "batch": workshop.batches["BR1"], "number": number}
    try:
        with transaction(url, tenant) as connection:
            connection.execute(statement, parameters)
    except psycopg.errors.CheckViolation as error:
        if error.diag.constraint_name != "batch_is_held":
            raise
        return False
    return True


def take_for_rework(url: str, workshop: Workshop) -> bool:
    """Take bars for rework through REST."""
    del url
    answer = workshop.send(
        "rework", [workshop.taken("BR1", 1, "piece")], [workshop.new(str(time.time_ns()), "rework", "0.05")]
    )
    assert answer.status_code == 201 or answer.json()["code"] == "batch.held", answer.text
    return bool(answer.status_code == 201)


DRAWS: dict[str, Callable[[str, Workshop], bool]] = {
    "allocation": lambda url, workshop: draw(url, workshop, ALLOCATION),
    "shipment": lambda url, workshop: draw(url, workshop, SHIPMENT),
    "process": take_for_rework,
}


@pytest.mark.parametrize("kind", DRAWS)
def test_a_draw_that_meets_a_hold_not_yet_committed_waits_and_is_refused(
    workshop: Workshop, database_url: str, kind: str
) -> None:
    tenant = workshop.maker.organisation_id
    with ThreadPoolExecutor(1) as other:
        with transaction(database_url, tenant) as connection:
            connection.execute(HOLD, {"tenant": tenant, "batch": workshop.batches["BR1"]})
            drawn = other.submit(DRAWS[kind], database_url, workshop)
            time.sleep(0.3)
            was_waiting = not drawn.done()

        assert was_waiting
        assert drawn.result(WAIT_S) is False


@pytest.mark.parametrize(("kind", "statement"), [("allocation", ALLOCATION), ("shipment", SHIPMENT)])
def test_a_hold_that_meets_a_draw_not_yet_committed_waits_for_it(
    workshop: Workshop, database_url: str, kind: str, statement: LiteralString
) -> None:
    tenant = workshop.maker.organisation_id
    address = f"/api/trace/batches/{workshop.batches['BR1']}/holds"
    with ThreadPoolExecutor(1) as other:
        with transaction(database_url, tenant) as connection:
            connection.execute(statement, {"tenant": tenant, "batch": workshop.batches["BR1"], "number": kind})
            held = other.submit(workshop.maker.post, address, {"reason": "Metal"})
            time.sleep(0.3)
            was_waiting = not held.done()

        assert was_waiting
        assert held.result(WAIT_S).status_code == 201
    assert draw(database_url, workshop, statement, "after") is False


def test_after_a_hold_was_answered_no_draw_is_accepted(workshop: Workshop, database_url: str) -> None:
    """Twelve threads draw as fast as they can while a hold is placed: none that began after its answer succeeds."""
    held = threading.Event()
    late: list[bool] = []

    def keep_drawing(number: int) -> None:
        for turn in range(12):
            began_after = held.is_set()
            kind = (ALLOCATION, SHIPMENT)[(number + turn) % 2]
            accepted = draw(database_url, workshop, kind, f"{number}-{turn}")
            if began_after:
                late.append(accepted)

    with ThreadPoolExecutor(12) as threads:
        drawing = [threads.submit(keep_drawing, number) for number in range(12)]
        answer: Any = workshop.maker.post(f"/api/trace/batches/{workshop.batches['BR1']}/holds", {"reason": "Metal"})
        held.set()
        for one in drawing:
            one.result(60)

    assert answer.status_code == 201
    assert late
    assert not any(late)


def test_processes_that_name_the_same_batches_in_any_order_never_deadlock(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 1000)
    workshop.receive("B1", "beans", 1000)

    def roast(number: int) -> tuple[int, float]:
        began = time.perf_counter()
        codes = ["A1", "B1"] if number % 2 else ["B1", "A1"]
        answer = workshop.send(
            "roast", [workshop.taken(code, 1) for code in codes], [workshop.new(f"N{number}", "nibs", 1)]
        )
        return answer.status_code, time.perf_counter() - began

    workshop.world.material("nibs")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(roast, range(32)))

    assert {status for status, _ in answers} == {201}
    assert max(seconds for _, seconds in answers) < WAIT_S
    assert workshop.on_hand("A1") == workshop.on_hand("B1") == 968_000


def test_the_last_of_a_batch_is_taken_once(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 10)
    workshop.world.material("nibs")

    def roast(number: int) -> int:
        answer = workshop.send("roast", [workshop.taken("A1", 3)], [workshop.new(f"N{number}", "nibs", 1)])
        status: int = answer.status_code
        return status

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(roast, range(8)))

    assert sorted(statuses) == [201] * 3 + [409] * 5
    assert workshop.on_hand("A1") == 1000


def test_codes_proposed_at_the_same_moment_are_different(workshop: Workshop) -> None:
    line = {"material_id": str(workshop.world.material("beans")), "quantity": 1, "unit": "kg"}

    with ThreadPoolExecutor(8) as threads:
        sent = [threads.submit(workshop.send, "receive", [], [line]) for _ in range(16)]
        answers = [one.result(60) for one in sent]

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["outputs"][0]["code"] for answer in answers}) == 16
