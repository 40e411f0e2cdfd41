"""Opening a case while the affected goods are under way: real threads, real connections, twenty rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from httpx2 import Response

from provender.kit.db import Statement, Work
from tests.maker import Maker
from tests.trace.orders.builders import Product, allocate, at_once, make_order
from tests.trace.orders.races import timed
from tests.trace.recall.cases import CASES
from tests.trace.shipments.builders import depart, pack
from tests.trace.workshop import Workshop

pytestmark = pytest.mark.slow
ROUNDS = 20
UNLISTED = Statement(
    b"WITH affected AS MATERIALIZED (SELECT batch_id FROM trace.descendant_batches(%(organisation_id)s, %(roots)s)"
    b" AS found (batch_id)), listed AS (SELECT subject_id FROM trace.recall_item"
    b" WHERE organisation_id = %(organisation_id)s AND recall_case_id = %(case)s)"
    b" SELECT 'batch not held ' || batch.code FROM affected INNER JOIN trace.batch AS batch"
    b" ON batch.organisation_id = %(organisation_id)s AND batch.id = affected.batch_id WHERE NOT EXISTS ("
    b" SELECT FROM trace.hold WHERE organisation_id = %(organisation_id)s AND batch_id = affected.batch_id"
    b" AND state = 'active')"
    b" UNION ALL SELECT 'batch not listed' FROM affected WHERE batch_id NOT IN (SELECT subject_id FROM listed)"
    b" UNION ALL SELECT 'allocation not listed' FROM trace.allocation WHERE organisation_id = %(organisation_id)s"
    b" AND batch_id IN (SELECT batch_id FROM affected) AND state <> 'released'"
    b" AND id NOT IN (SELECT subject_id FROM listed)"
    b" UNION ALL SELECT 'shipment line not listed' FROM trace.shipment_line WHERE organisation_id = %(organisation_id)s"
    b" AND batch_id IN (SELECT batch_id FROM affected) AND id NOT IN (SELECT subject_id FROM listed)"
    b" UNION ALL SELECT 'left after the hold' FROM trace.recall_item AS item INNER JOIN trace.shipment_line AS line"
    b" ON line.organisation_id = item.organisation_id AND line.id = item.subject_id"
    b" INNER JOIN trace.shipment AS shipment"
    b" ON shipment.organisation_id = line.organisation_id AND shipment.id = line.shipment_id"
    b" WHERE item.organisation_id = %(organisation_id)s AND item.recall_case_id = %(case)s"
    b" AND item.class = 'contained' AND shipment.shipped_at IS NOT NULL"
)
"""What breaks the promise of a case, after everybody has got an answer; no row when it was kept."""


@dataclass
class Bench:
    """Goods of one round: beans, the mass ground from them, bars moulded from it, orders of the bars."""

    workshop: Workshop
    maker: Maker
    number: int
    bar: Product
    orders: list[dict[str, Any]]
    packed: list[dict[str, Any]]

    def code(self, name: str) -> str:
        return f"{name}-{self.number}"

    def batch(self, name: str) -> UUID:
        return self.workshop.batches[self.code(name)]

    def rework(self, name: str) -> Response:
        """Draw mass into a batch that is not there yet."""
        mass = self.workshop.taken(self.code("MASS"), 1)
        return self.workshop.send("rework", [mass], [self.workshop.new(self.code(name), "mass", 1)])

    def mould(self, name: str) -> Response:
        """Draw mass into bars that are not there yet."""
        mass = self.workshop.taken(self.code("MASS"), 1)
        return self.workshop.send("mould", [mass], [self.workshop.new(self.code(name), "bar", 10, "piece")])

    def opening(self, *names: str) -> Callable[[], Response]:
        """Return the request that opens a case from some roots."""
        return lambda: self.open_case(*names)

    def under_way(self) -> list[Callable[[], Response]]:
        """Return what the house does with these goods on the same day."""
        bars, (first, second, third, fourth) = self.batch("BARS"), self.orders
        return [
            lambda: allocate(self.maker, first, (0, bars, 5)),
            lambda: allocate(self.maker, second, (0, bars, 5)),
            lambda: pack(self.maker, third, (0, bars, 5)),
            lambda: pack(self.maker, fourth, (0, bars, 5)),
            lambda: depart(self.maker, self.packed[0]),
            lambda: depart(self.maker, self.packed[1]),
            lambda: self.rework("NEW"),
            lambda: self.mould("MORE"),
        ]

    def open_case(self, *names: str) -> Response:
        body = {
            "title": "Off-flavour",
            "reason": "tastes of soap",
            "batch_ids": [str(self.batch(name)) for name in names],
        }
        return self.maker.post(CASES, body)


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    made = Workshop(maker.acting_as("manager"))
    made.world.product("bar", 50)
    return made


def make_bench(workshop: Workshop, number: int) -> Bench:
    maker = workshop.maker
    bar = Product(workshop.world.products["bar"], workshop.world.materials["bar"], "bar")
    bench = Bench(workshop, maker, number, bar, [], [])
    workshop.receive(bench.code("BEANS"), "beans", 100)
    beans = workshop.taken(bench.code("BEANS"), 90)
    workshop.record("grind", [beans], [workshop.new(bench.code("MASS"), "mass", 90)])
    mass = workshop.taken(bench.code("MASS"), 10)
    workshop.record("mould", [mass], [workshop.new(bench.code("BARS"), "bar", 200, "piece")])
    bench.orders = [make_order(maker, (bar, 5)) for _ in range(4)]
    for order in (make_order(maker, (bar, 5)) for _ in range(2)):
        answer = pack(maker, order, (0, bench.batch("BARS"), 5))
        assert answer.status_code == 201, answer.text
        bench.packed.append(answer.json())
    return bench


def broken_promises(maker: Maker, case_id: str, roots: list[UUID]) -> list[str]:
    async def ask(work: Work) -> list[str]:
        return await work.fetch_column(str, UNLISTED, {"roots": roots, "case": UUID(case_id)})

    return maker.run(ask)


def test_what_is_under_way_when_a_case_is_opened_is_listed_or_stopped(workshop: Workshop) -> None:
    statuses: set[int] = set()
    for number in range(ROUNDS):
        bench = make_bench(workshop, number)
        work = bench.under_way()
        place = number % (len(work) + 1)
        requests = [*work[:place], bench.opening("BEANS"), *work[place:]]

        answers = at_once([timed(request) for request in requests])

        opened = answers.pop(place)
        assert opened.status_code == 201, opened.text
        assert {answer.status_code for answer in answers} <= {200, 201, 409}
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"batch.held"}
        assert broken_promises(bench.maker, opened.json()["id"], [bench.batch("BEANS")]) == []
        statuses |= {answer.status_code for answer in answers}

    assert 409 in statuses
    assert statuses & {200, 201}


def test_two_cases_opened_at_once_on_overlapping_batches_both_get_an_answer(workshop: Workshop) -> None:
    for number in range(ROUNDS):
        bench = make_bench(workshop, number)
        cases = [("BEANS",), ("MASS", "BEANS"), ("BARS", "MASS")]
        turned = cases[number % 3 :] + cases[: number % 3]

        answers = at_once([timed(bench.opening(*names)) for names in turned])

        assert [answer.status_code for answer in answers] == [201] * 3
        assert len({answer.json()["number"] for answer in answers}) == 3
        for answer, names in zip(answers, turned, strict=True):
            roots = [bench.batch(name) for name in names]
            assert broken_promises(bench.maker, answer.json()["id"], roots) == []


def test_the_promise_is_seen_to_be_broken_when_goods_leave_beside_the_program(workshop: Workshop) -> None:
    bench = make_bench(workshop, 0)
    case = bench.open_case("BEANS").json()
    for hold in bench.maker.get("/api/trace/holds?active=true&limit=200").json()["items"]:
        bench.maker.post(f"/api/trace/holds/{hold['id']}/release", {"reason": "test"})

    bench.rework("LATE")
    depart(bench.maker, bench.packed[0])

    broken = broken_promises(bench.maker, case["id"], [bench.batch("BEANS")])
    assert {"batch not listed", "left after the hold"} <= set(broken)
