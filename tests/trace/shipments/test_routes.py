"""REST of shipments: packing takes what was set aside, the order follows, nothing leaves that must not."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from provender.trace.shipments.payloads import Shipment, ShipmentList
from tests.maker import Maker
from tests.trace.orders.builders import (
    ORDERS,
    allocate,
    fetch_stock,
    hold_batch,
    make_batch,
    make_customer,
    make_order,
    make_product,
    order_body,
    read_order,
)
from tests.trace.shipments.builders import LONG_AGO, SHIPMENTS, depart, pack, pack_allocations, ship


def quantities_of(line: dict[str, Any]) -> tuple[int, ...]:
    """Return ordered, set aside, packed and shipped pieces of an order line."""
    return tuple(line[f"{name}_quantity"] for name in ("ordered", "allocated", "packed", "shipped"))


def test_a_shipment_is_answered_as_documented_and_found_at_its_address(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 10))

    packed = pack(maker, order, (0, batch_id, 4), carrier="DHL", tracking_number="00340434161094000000")

    assert packed.status_code == 201, packed.text
    shipment = Shipment.model_validate_json(packed.content)
    assert (shipment.number, shipment.state, shipment.shipped_at) == ("SH-1001", "packed", None)
    assert maker.get(packed.headers["location"]).json() == packed.json()
    listed = maker.get(f"{SHIPMENTS}?order={order['id']}")
    assert ShipmentList.model_validate_json(listed.content).items[0].quantity == 4
    assert fetch_stock(maker, batch_id) == (6, 0)


def test_what_is_set_aside_is_packed_whole_and_then_free_of_the_allocation(maker: Maker) -> None:
    bar = make_product(maker)
    first, second = make_batch(maker, bar, 6), make_batch(maker, bar, 6)
    order = make_order(maker, (bar, 10))
    allocate(maker, order, (0, first, 6), (0, second, 4))

    packed = pack_allocations(maker, order)

    assert packed.status_code == 201, packed.text
    assert [(line["batch"]["id"], line["quantity"]) for line in packed.json()["lines"]] == [
        (str(first), 6),
        (str(second), 4),
    ]
    assert (fetch_stock(maker, first), fetch_stock(maker, second)) == ((0, 0), (2, 0))
    after = read_order(maker, order)
    assert (after["state"], quantities_of(after["lines"][0])) == ("packed", (10, 0, 10, 0))


def test_a_partial_shipment_over_two_batches_leaves_the_rest_set_aside_and_the_order_open(maker: Maker) -> None:
    bar = make_product(maker)
    first, second = make_batch(maker, bar, 20), make_batch(maker, bar, 20)
    order = make_order(maker, (bar, 30))
    allocate(maker, order, (0, first, 10), (0, second, 20))

    shipment = ship(maker, order, (0, first, 7), (0, second, 5))

    assert len(shipment["lines"]) == 2
    after = read_order(maker, order)
    assert (after["state"], quantities_of(after["lines"][0])) == ("in_production", (30, 18, 0, 12))
    assert after["lines"][0]["open_quantity"] == 18
    assert sorted(one["quantity"] for one in after["allocations"]) == [3, 15]
    assert fetch_stock(maker, first) == (13, 3)


def test_another_batch_than_was_set_aside_may_be_packed_and_the_surplus_is_given_back(maker: Maker) -> None:
    bar = make_product(maker)
    planned, taken = make_batch(maker, bar, 10), make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 10))
    allocate(maker, order, (0, planned, 10))

    packed = pack(maker, order, (0, taken, 7))

    assert packed.status_code == 201, packed.text
    assert fetch_stock(maker, planned) == (10, 3)
    assert fetch_stock(maker, taken) == (3, 0)


def test_the_order_is_packed_shipped_and_delivered_as_its_goods_are(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 4), (bar, 6))
    one = pack(maker, order, (0, batch_id, 4)).json()
    two = pack(maker, order, (1, batch_id, 6)).json()
    states = [read_order(maker, order)["state"]]

    for address, shipment in (("departure", one), ("departure", two), ("delivery", one), ("delivery", two)):
        answer = maker.post(f"{SHIPMENTS}/{shipment['id']}/{address}", {})
        assert answer.status_code == 200, answer.text
        states.append(read_order(maker, order)["state"])

    assert states == ["packed", "packed", "shipped", "shipped", "delivered"]
    assert [entry["to_state"] for entry in read_order(maker, order)["states"]] == [
        "draft",
        "confirmed",
        "in_production",
        "packed",
        "shipped",
        "delivered",
    ]


def test_two_lines_with_the_same_batch_in_one_order_are_two_lines_of_one_order(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 4), (bar, 6))

    shipment = ship(maker, order, (0, batch_id, 4), (1, batch_id, 6))

    assert [line["quantity"] for line in shipment["lines"]] == [4, 6]
    listed = maker.get(f"/api/trace/products/{bar.id}/orders").json()["items"]
    assert [(one["line_count"], one["shipped_quantity"]) for one in listed] == [(2, 10)]
    assert fetch_stock(maker, batch_id) == (0, 0)


def test_shipments_and_lines_do_not_multiply_each_other_in_lists(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 100)
    order = make_order(maker, (bar, 20), (bar, 20))
    allocate(maker, order, (0, batch_id, 10), (1, batch_id, 10))
    ship(maker, order, (0, batch_id, 3), (1, batch_id, 2))
    ship(maker, order, (0, batch_id, 1), (1, batch_id, 1))

    listed = maker.get(ORDERS).json()["items"][0]

    names = ("line_count", "ordered_quantity", "allocated_quantity", "packed_quantity", "shipped_quantity", "amount")
    assert [listed[name] for name in names] == [2, 40, 13, 0, 7, 180]
    assert [one["quantity"] for one in maker.get(SHIPMENTS).json()["items"]] == [2, 5]


def test_more_than_was_ordered_is_not_packed_and_the_answer_says_how_many_are_open(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 100)
    order = make_order(maker, (bar, 10))
    pack(maker, order, (0, batch_id, 7))

    refused = pack(maker, order, (0, batch_id, 2), (0, batch_id, 2))

    assert (refused.status_code, refused.json()["code"]) == (409, "order.more_than_ordered")
    assert "only 3 of 10 pieces are open" in refused.json()["detail"]
    assert refused.json()["errors"][0]["field"] == "lines.1.quantity"
    assert refused.json()["hint"]
    assert fetch_stock(maker, batch_id) == (93, 0)


def test_goods_of_an_unknown_batch_are_packed_only_with_a_reason(maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 10))
    line = {"order_line_id": order["lines"][0]["id"], "quantity": 2}

    silent = maker.post(SHIPMENTS, {"order_id": order["id"], "lines": [line]})
    both = maker.post(
        SHIPMENTS,
        {
            "order_id": order["id"],
            "lines": [{**line, "batch_id": str(make_batch(maker, bar)), "batch_unknown_reason": "torn"}],
        },
    )

    assert [answer.json()["errors"][0]["field"] for answer in (silent, both)] == ["lines.0.batch_unknown_reason"] * 2
    shipped = ship(maker, order, (0, None, 2))
    assert (shipped["lines"][0]["batch"], shipped["lines"][0]["batch_unknown_reason"]) == (None, "label torn off")
    assert read_order(maker, order)["lines"][0]["shipped_quantity"] == 2


def test_what_is_set_aside_for_others_on_hold_or_not_there_is_not_packed(maker: Maker) -> None:
    bar, other = make_product(maker), make_product(maker)
    shared, held, strange = make_batch(maker, bar, 10), make_batch(maker, bar, 10), make_batch(maker, other, 10)
    allocate(maker, make_order(maker, (bar, 8)), (0, shared, 8))
    hold_batch(maker, held)
    order = make_order(maker, (bar, 30))

    def refused(batch_id: Any, quantity: int) -> tuple[str, str]:
        answer = pack(maker, order, (0, batch_id, quantity))
        return answer.json()["code"], answer.json()["errors"][0]["field"]

    assert refused(shared, 3) == ("batch.set_aside", "lines.0.batch_id")
    assert refused(shared, 11) == ("batch.not_enough", "lines.0.batch_id")
    assert refused(held, 1) == ("batch.held", "lines.0.batch_id")
    assert refused(strange, 1) == ("input.invalid", "lines.0.batch_id")
    assert refused(uuid4(), 1) == ("input.invalid", "lines.0.batch_id")
    assert maker.get(SHIPMENTS).json()["items"] == []


def test_a_batch_held_after_packing_does_not_leave_until_it_is_released(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 10))
    shipment = pack(maker, order, (0, batch_id, 10)).json()
    hold_batch(maker, batch_id)

    refused = depart(maker, shipment)

    assert (refused.status_code, refused.json()["code"]) == (409, "batch.held")
    assert maker.get(f"{SHIPMENTS}/{shipment['id']}").json()["lines"][0]["is_held"] is True
    assert read_order(maker, order)["state"] == "packed"


@pytest.mark.parametrize(
    ("moments", "field"),
    [
        ({"packed_at": "2999-01-01T00:00:00Z"}, "packed_at"),
        ({"shipped_at": "2999-01-01T00:00:00Z"}, "shipped_at"),
        ({"shipped_at": "2026-01-01T00:00:00Z", "packed_at": "2026-01-02T00:00:00Z"}, "shipped_at"),
        ({"packed_at": "yesterday"}, "packed_at"),
    ],
)
def test_moments_that_cannot_be_are_refused_by_field(maker: Maker, moments: dict[str, str], field: str) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 1))

    refused = pack(maker, order, (0, make_batch(maker, bar), 1), **moments)

    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_a_shipment_leaves_and_arrives_once_in_that_order(maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 2))
    shipment = pack(maker, order, (0, make_batch(maker, bar), 1), packed_at=LONG_AGO).json()
    delivery = f"{SHIPMENTS}/{shipment['id']}/delivery"

    early = maker.post(delivery, {})
    before_packing = depart(maker, shipment, shipped_at="2025-12-31T10:00:00Z")
    left = depart(maker, shipment, shipped_at="2026-01-03T10:00:00Z")
    again = depart(maker, shipment)
    before_leaving = maker.post(delivery, {"delivered_at": "2026-01-03T09:00:00Z"})
    arrived = maker.post(delivery, {"delivered_at": "2026-01-05T09:00:00Z"})
    twice = maker.post(delivery, {})

    assert (early.status_code, early.json()["code"]) == (409, "shipment.not_left")
    assert before_packing.json()["errors"][0]["field"] == "shipped_at"
    assert left.status_code == 200, left.text
    assert (again.status_code, again.json()["code"]) == (409, "shipment.left")
    assert before_leaving.json()["errors"][0]["field"] == "delivered_at"
    assert (arrived.status_code, arrived.json()["state"]) == (200, "delivered")
    assert (twice.status_code, twice.json()["code"]) == (409, "shipment.delivered")


def test_a_shipment_entered_late_says_when_it_left(maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 1))

    packed = pack(maker, order, (0, make_batch(maker, bar), 1), shipped_at=LONG_AGO)

    assert packed.json()["packed_at"] == packed.json()["shipped_at"]
    assert read_order(maker, order)["state"] == "shipped"


def test_drafts_and_cancelled_orders_are_not_shipped_and_a_packed_order_is_not_cancelled(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    draft = maker.post(ORDERS, order_body(make_customer(maker), (bar, 1), confirm=False)).json()
    cancelled, packed = make_order(maker, (bar, 1)), make_order(maker, (bar, 1))
    maker.post(f"{ORDERS}/{cancelled['id']}/moves", {"to": "cancelled"})
    pack(maker, packed, (0, batch_id, 1))

    assert pack(maker, draft, (0, batch_id, 1)).json()["code"] == "order.not_open"
    assert pack(maker, cancelled, (0, batch_id, 1)).json()["code"] == "order.not_open"
    refused = maker.post(f"{ORDERS}/{packed['id']}/moves", {"to": "cancelled"})
    assert (refused.status_code, refused.json()["code"]) == (409, "order.has_goods")


def test_a_partly_shipped_order_can_be_closed_and_gives_back_the_rest(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 20)
    order = make_order(maker, (bar, 10))
    allocate(maker, order, (0, batch_id, 10))
    ship(maker, order, (0, batch_id, 4))

    closed = maker.post(f"{ORDERS}/{order['id']}/moves", {"to": "shipped", "reason": "customer wants no more"})

    assert closed.status_code == 200, closed.text
    assert fetch_stock(maker, batch_id) == (16, 0)


def test_carrier_and_number_are_changed_as_they_were_read(maker: Maker) -> None:
    bar = make_product(maker)
    shipment = pack(maker, make_order(maker, (bar, 1)), (0, make_batch(maker, bar), 1), carrier="DHL").json()
    address = f"{SHIPMENTS}/{shipment['id']}"

    changed = maker.patch(address, {"tracking_number": "JD01"}, version=shipment["version"])

    assert (changed.json()["carrier"], changed.json()["tracking_number"]) == ("DHL", "JD01")
    assert maker.patch(address, {"carrier": "UPS"}, version=shipment["version"]).status_code == 412
    assert maker.patch(address, {"carrier": "UPS"}).status_code == 428


def test_the_same_key_packs_once(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 10))
    body = {
        "order_id": order["id"],
        "lines": [{"order_line_id": order["lines"][0]["id"], "batch_id": str(batch_id), "quantity": 3}],
    }

    answers = [maker.post(SHIPMENTS, body, headers={"Idempotency-Key": "box 1"}) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert fetch_stock(maker, batch_id) == (7, 0)


def test_nothing_set_aside_an_unknown_order_and_no_lines_are_told(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 1))
    foreign = make_order(other_maker, (make_product(other_maker), 1))

    assert pack_allocations(maker, order).json()["code"] == "shipment.nothing_set_aside"
    assert pack_allocations(maker, {"id": str(uuid4())}).json()["errors"][0]["field"] == "order_id"
    assert pack_allocations(maker, foreign).json()["errors"][0]["field"] == "order_id"
    assert maker.post(SHIPMENTS, {"order_id": order["id"]}).status_code == 422


def test_shipments_are_filtered_paged_and_nobody_elses(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 10))
    first = ship(maker, order, (0, batch_id, 1))
    second, third = (pack(maker, order, (0, batch_id, 1)).json() for _ in range(2))

    def numbers(query: str) -> list[str]:
        return [one["number"] for one in maker.get(f"{SHIPMENTS}?{query}").json()["items"]]

    page = maker.get(f"{SHIPMENTS}?limit=2").json()
    assert [one["number"] for one in page["items"] + maker.get(page["next"]).json()["items"]] == [
        third["number"],
        second["number"],
        first["number"],
    ]
    assert numbers("state=shipped") == [first["number"]]
    assert numbers(f"customer={order['customer']['id']}&number=SH-") == [
        third["number"],
        second["number"],
        first["number"],
    ]
    assert numbers("to=2020-01-01") == []
    assert other_maker.get(SHIPMENTS).json()["items"] == []
    assert other_maker.get(f"{SHIPMENTS}/{first['id']}").status_code == 404
    assert depart(other_maker, second).status_code == 404
    counter = maker.statements()
    maker.get(SHIPMENTS)
    assert maker.statements() - counter <= 3
