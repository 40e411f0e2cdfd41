"""Goods that come back: into stock, into a rework, or destroyed; the sale stays on record."""

from __future__ import annotations

from uuid import uuid4

from provender.trace.shipments.payloads import Return, ReturnList
from tests.maker import Maker
from tests.trace.orders.builders import (
    fetch_stock,
    insert,
    make_batch,
    make_customer,
    make_order,
    make_product,
    read_order,
)
from tests.trace.shipments.builders import RETURNS, pack, ship, take_back


def test_what_is_restocked_is_on_hand_again_and_the_sale_stays(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 10))
    shipment = ship(maker, order, (0, batch_id, 8))

    taken = take_back(maker, shipment, (0, 3, "restock"))

    assert taken.status_code == 201, taken.text
    returned = Return.model_validate_json(taken.content)
    assert (returned.number, returned.lines[0].batch and returned.lines[0].batch.id) == ("RT-1001", batch_id)
    assert maker.get(taken.headers["location"]).json() == taken.json()
    assert fetch_stock(maker, batch_id) == (5, 0)
    line = read_order(maker, order)["lines"][0]
    assert (line["shipped_quantity"], line["returned_quantity"]) == (8, 3)


def test_what_is_destroyed_is_not_on_hand_again(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    shipment = ship(maker, make_order(maker, (bar, 8)), (0, batch_id, 8))

    take_back(maker, shipment, (0, 2, "destroy"))

    assert fetch_stock(maker, batch_id) == (2, 0)


def test_what_is_reworked_becomes_another_batch_through_a_process(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    rework_id = insert(maker, "trace.material", code="RW", name="Rework", kind="rework", base_unit="g")
    shipment = ship(maker, make_order(maker, (bar, 10)), (0, batch_id, 10))
    into = {"material_id": str(rework_id), "code": "W-7", "quantity": "0.4", "unit": "kg", "role": "rework"}

    taken = take_back(maker, shipment, (0, 4, "rework"), into_batch=into)

    assert taken.status_code == 201, taken.text
    process = maker.get(f"/api/trace/processes/{taken.json()['lines'][0]['rework_process_id']}").json()
    assert (process["kind"], process["inputs"][0]["quantity"], process["outputs"][0]["quantity"]) == ("rework", 4, 400)
    assert fetch_stock(maker, batch_id) == (0, 0)


def test_a_rework_that_cannot_be_leaves_no_return(maker: Maker) -> None:
    bar = make_product(maker)
    shipment = ship(maker, make_order(maker, (bar, 10)), (0, make_batch(maker, bar, 10), 10))
    rework_id = insert(maker, "trace.material", code="RW", name="Rework", kind="rework", base_unit="g")
    into = {"material_id": str(rework_id), "quantity": "9", "unit": "kg"}

    gain = take_back(maker, shipment, (0, 4, "rework"), into_batch=into)
    nothing = take_back(maker, shipment, (0, 4, "rework"))
    needless = take_back(maker, shipment, (0, 4, "restock"), into_batch=into)

    assert gain.status_code in {409, 422}, gain.text
    assert [answer.json()["errors"][0]["field"] for answer in (nothing, needless)] == ["lines.0.into_batch"] * 2
    assert maker.get(RETURNS).json()["items"] == []


def test_no_more_comes_back_than_left_and_nothing_is_half_saved(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    shipment = ship(maker, make_order(maker, (bar, 10)), (0, batch_id, 5), (0, batch_id, 5))
    take_back(maker, shipment, (0, 3, "restock"))

    refused = take_back(maker, shipment, (1, 5, "restock"), (0, 3, "restock"))

    assert (refused.status_code, refused.json()["code"]) == (409, "return.more_than_shipped")
    assert refused.json()["errors"][0]["field"] == "lines.1.quantity"
    assert "2 pieces can still come back" in refused.json()["detail"]
    assert fetch_stock(maker, batch_id) == (3, 0)


def test_what_has_not_left_cannot_come_back(maker: Maker) -> None:
    bar = make_product(maker)
    packed = pack(maker, make_order(maker, (bar, 10)), (0, make_batch(maker, bar, 10), 5)).json()

    refused = take_back(maker, packed, (0, 1, "restock"))

    assert (refused.status_code, refused.json()["code"]) == (409, "return.more_than_shipped")


def test_goods_of_an_unknown_batch_are_only_destroyed(maker: Maker) -> None:
    shipment = ship(maker, make_order(maker, (make_product(maker), 10)), (0, None, 5))

    refused = take_back(maker, shipment, (0, 1, "restock"))

    assert (refused.status_code, refused.json()["code"]) == (409, "return.batch_unknown")
    assert refused.json()["errors"][0]["field"] == "lines.0.disposition"
    assert take_back(maker, shipment, (0, 1, "destroy")).status_code == 201


def test_a_customer_returns_only_what_it_was_sent(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    shipment = ship(maker, make_order(maker, (bar, 10)), (0, make_batch(maker, bar, 10), 5))
    foreign = ship(
        other_maker,
        make_order(other_maker, (other := make_product(other_maker), 5)),
        (0, make_batch(other_maker, other), 5),
    )
    stranger = {**shipment, "customer": {"id": str(make_customer(maker))}}
    missing = {**shipment, "lines": [{"id": str(uuid4())}]}

    for strange in (stranger, missing, {**shipment, "lines": foreign["lines"]}):
        refused = take_back(maker, strange, (0, 1, "restock"))
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["field"] == "lines.0.shipment_line_id"


def test_returns_are_listed_by_customer_and_shipment_with_sums_that_do_not_multiply(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 40)
    shipment = ship(maker, make_order(maker, (bar, 20), (bar, 20)), (0, batch_id, 20), (1, batch_id, 20))
    take_back(maker, shipment, (0, 3, "restock"), (1, 2, "destroy"), (1, 4, "restock"))
    take_back(maker, shipment, (0, 1, "destroy"))

    listed = maker.get(f"{RETURNS}?shipment={shipment['id']}&customer={shipment['customer']['id']}")

    items = ReturnList.model_validate_json(listed.content).items
    assert [(one.line_count, one.restocked_quantity, one.destroyed_quantity) for one in items] == [(1, 0, 1), (3, 7, 2)]
    assert maker.get(f"{RETURNS}?customer={make_customer(maker)}").json() == {"items": [], "next": None}
    page = maker.get(f"{RETURNS}?limit=1").json()
    assert maker.get(page["next"]).json()["items"][0]["line_count"] == 3


def test_a_return_of_another_tenant_does_not_exist(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    shipment = ship(maker, make_order(maker, (bar, 10)), (0, make_batch(maker, bar, 10), 5))
    address = take_back(maker, shipment, (0, 1, "destroy")).headers["location"]

    assert other_maker.get(address).status_code == 404
    assert other_maker.get(RETURNS).json()["items"] == []


def test_the_future_and_no_lines_are_refused(maker: Maker) -> None:
    customer_id = str(make_customer(maker))
    line = {"shipment_line_id": str(uuid4()), "quantity": 1, "disposition": "destroy"}

    none = maker.post(RETURNS, {"customer_id": customer_id, "lines": []})
    future = maker.post(RETURNS, {"customer_id": customer_id, "received_at": "2999-01-01T00:00:00Z", "lines": [line]})
    zero = maker.post(RETURNS, {"customer_id": customer_id, "lines": [{**line, "quantity": 0}]})

    fields = [answer.json()["errors"][0]["field"] for answer in (none, future, zero)]
    assert fields == ["lines", "received_at", "lines.0.quantity"]
