"""REST of orders: what is added, answered, listed, changed and refused."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from provender.trace.orders.payloads import Order, OrderList
from tests.maker import Maker
from tests.trace.orders.builders import (
    ORDERS,
    allocate,
    make_batch,
    make_customer,
    make_order,
    make_product,
    make_site,
    order_body,
    read_order,
)


def numbers_of(maker: Maker, address: str) -> list[str]:
    answer = maker.get(address)
    assert answer.status_code == 200, answer.text
    OrderList.model_validate_json(answer.content)
    return [order["number"] for order in answer.json()["items"]]


def test_an_order_is_answered_as_documented_and_found_at_its_address(maker: Maker) -> None:
    bar = make_product(maker)
    customer_id = make_customer(maker, "Feinkost Isartor")
    site_id = make_site(maker, customer_id)

    added = maker.post(ORDERS, order_body(customer_id, (bar, 12), customer_site_id=str(site_id), note="ring twice"))

    assert added.status_code == 201, added.text
    order = Order.model_validate_json(added.content)
    assert order.number == "SO-1001"
    assert [state.to_state for state in order.states] == ["draft", "confirmed"]
    assert (order.lines[0].open_quantity, order.lines[0].back_ordered_quantity, order.amount) == (12, 12, 54)
    assert maker.get(added.headers["location"]).json() == added.json()
    assert maker.get(added.headers["location"]).headers["etag"] == f'"{order.version}"'


def test_numbers_go_on_from_the_last_and_step_over_those_given_by_hand(maker: Maker) -> None:
    bar = make_product(maker)
    make_order(maker, (bar, 1), number="SO-1002")

    assert [make_order(maker, (bar, 1))["number"] for _ in range(2)] == ["SO-1001", "SO-1003"]


def test_the_same_idempotency_key_adds_one_order(maker: Maker) -> None:
    body = order_body(make_customer(maker), (make_product(maker), 3))

    first, second = (maker.post(ORDERS, body, headers={"Idempotency-Key": "one"}) for _ in range(2))
    other = maker.post(ORDERS, {**body, "note": "other"}, headers={"Idempotency-Key": "one"})

    assert first.json() == second.json()
    assert other.status_code == 422
    assert len(numbers_of(maker, ORDERS)) == 1


def test_orders_are_listed_newest_first_by_pages_without_loss(maker: Maker) -> None:
    bar = make_product(maker)
    added = [make_order(maker, (bar, 1))["number"] for _ in range(5)]

    seen: list[str] = []
    address = f"{ORDERS}?limit=2"
    while address:
        page = maker.get(address).json()
        seen += [order["number"] for order in page["items"]]
        address = page["next"]

    assert seen == added[::-1]


def test_filters_narrow_the_list(maker: Maker) -> None:
    bar, other = make_product(maker), make_product(maker)
    munich, tokyo = make_customer(maker, "Feinkost Isartor"), make_customer(maker, "東京ショコラ")
    make_order(maker, (bar, 1), customer_id=munich, number="A-1", customer_reference="PO 77")
    make_order(maker, (other, 1), customer_id=tokyo, number="A-2", ordered_at="2026-01-31T23:30:00Z")
    draft = maker.post(ORDERS, {"customer_id": str(tokyo), "number": "C-1"})

    assert draft.status_code == 201, draft.text
    assert numbers_of(maker, f"{ORDERS}?state=draft") == ["C-1"]
    assert numbers_of(maker, f"{ORDERS}?customer={munich}") == ["A-1"]
    assert numbers_of(maker, f"{ORDERS}?product={other.id}") == ["A-2"]
    assert numbers_of(maker, f"{ORDERS}?number=A-&customer={tokyo}") == ["A-2"]
    assert numbers_of(maker, f"{ORDERS}?reference=PO") == ["A-1"]
    assert numbers_of(maker, f"{ORDERS}?search=isar") == ["A-1"]
    assert numbers_of(maker, f"{ORDERS}?search=isar&customer={tokyo}") == []
    # 23:30 UTC on the 31st is the 1st in Berlin, the zone of the maker.
    assert numbers_of(maker, f"{ORDERS}?from=2026-02-01&to=2026-02-01") == ["A-2"]
    assert numbers_of(maker, f"{ORDERS}?to=2026-01-31") == []


def test_a_list_costs_few_statements_however_many_orders_there_are(maker: Maker) -> None:
    bar = make_product(maker)
    customer_id = make_customer(maker)
    for _ in range(4):
        make_order(maker, (bar, 1), (bar, 2), customer_id=customer_id)

    for address in (ORDERS, f"/api/trace/customers/{customer_id}/orders", f"/api/trace/products/{bar.id}/orders"):
        counter = maker.statements()
        assert len(numbers_of(maker, address)) == 4
        assert maker.statements() - counter <= 4


def test_relations_answer_an_empty_list_for_none_and_404_for_no_such_thing(maker: Maker, other_maker: Maker) -> None:
    customer_id, bar = make_customer(maker), make_product(maker)

    for address in (f"/api/trace/customers/{customer_id}/orders", f"/api/trace/products/{bar.id}/orders"):
        assert maker.get(address).json() == {"items": [], "next": None}
        foreign = other_maker.get(address)
        missing = other_maker.get(address.replace(str(customer_id), str(uuid4())).replace(str(bar.id), str(uuid4())))
        assert foreign.status_code == missing.status_code == 404
        assert {**foreign.json(), "instance": ""} == {**missing.json(), "instance": ""}


def test_an_order_with_a_product_on_two_lines_is_one_order_of_the_product(maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 3), (bar, 4))

    listed = maker.get(f"/api/trace/products/{bar.id}/orders").json()["items"]

    assert [(one["number"], one["line_count"], one["ordered_quantity"]) for one in listed] == [(order["number"], 2, 7)]


def test_lines_and_allocations_do_not_multiply_each_other(maker: Maker) -> None:
    bar, other = make_product(maker), make_product(maker)
    order = make_order(maker, (bar, 10), (other, 20))
    first, second = make_batch(maker, bar, 6), make_batch(maker, bar, 6)
    assert allocate(maker, order, (0, first, 6), (0, second, 4)).status_code == 201

    listed = maker.get(ORDERS).json()["items"][0]

    quantities = (listed["line_count"], listed["ordered_quantity"], listed["allocated_quantity"], listed["amount"])
    assert quantities == (2, 30, 10, 135)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"customer_id": str(uuid4())}, "customer_id"),
        ({"customer_site_id": str(uuid4())}, "customer_site_id"),
        ({"currency": "euro"}, "currency"),
        ({"ordered_at": "2999-01-01T00:00:00Z"}, "ordered_at"),
        ({"ordered_at": "2026-01-01T00:00:00"}, "ordered_at"),
        ({"lines": [{"product_id": str(uuid4()), "quantity": 1}]}, "lines.0.product_id"),
        ({"lines": [{"product_id": str(uuid4()), "quantity": 0}]}, "lines.0.quantity"),
        ({"lines": [{"product_id": str(uuid4()), "quantity": -2}]}, "lines.0.quantity"),
        ({"lines": [{"product_id": str(uuid4()), "quantity": 1.5}]}, "lines.0.quantity"),
        ({"lines": [{"product_id": str(uuid4()), "quantity": 1, "unit_price": -1}]}, "lines.0.unit_price"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_input_is_refused_by_field_and_nothing_is_saved(
    maker: Maker, change: dict[str, object], field: str
) -> None:
    refused = maker.post(ORDERS, {**order_body(make_customer(maker), (make_product(maker), 1)), **change})

    assert refused.status_code == 422, refused.text
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert numbers_of(maker, ORDERS) == []


def test_a_number_and_a_customers_reference_are_used_once(maker: Maker) -> None:
    bar, customer_id = make_product(maker), make_customer(maker)
    make_order(maker, (bar, 1), customer_id=customer_id, number="A-1", customer_reference="PO 1")

    number = maker.post(ORDERS, order_body(make_customer(maker), (bar, 1), number="A-1"))
    reference = maker.post(ORDERS, order_body(customer_id, (bar, 1), customer_reference="PO 1"))

    assert (number.status_code, number.json()["code"]) == (409, "order.number_taken")
    assert (reference.status_code, reference.json()["code"]) == (409, "order.reference_taken")
    make_order(maker, (bar, 1), customer_reference="PO 1")


def test_a_product_or_customer_of_another_tenant_is_unknown(maker: Maker, other_maker: Maker) -> None:
    foreign = make_product(other_maker)

    by_product = maker.post(ORDERS, order_body(make_customer(maker), (foreign, 1)))
    by_customer = maker.post(ORDERS, order_body(make_customer(other_maker), (make_product(maker), 1)))

    assert [by_product.status_code, by_customer.status_code] == [422, 422]


def test_an_order_is_replaced_with_its_lines_only_as_it_was_read(maker: Maker) -> None:
    bar, other = make_product(maker), make_product(maker)
    order = make_order(maker, (bar, 1), (bar, 2))
    kept = {"id": order["lines"][1]["id"], "product_id": str(bar.id), "quantity": 5, "unit_price": "1.25"}
    body = {"currency": "JPY", "lines": [kept, {"product_id": str(other.id), "quantity": 7}]}
    address = f"{ORDERS}/{order['id']}"

    replaced = maker.put(address, body, version=order["version"])

    assert replaced.status_code == 200, replaced.text
    assert [(line["line_no"], line["ordered_quantity"]) for line in replaced.json()["lines"]] == [(2, 5), (3, 7)]
    assert replaced.json()["currency"] == "JPY"
    assert maker.put(address, body, version=order["version"]).status_code == 412
    assert maker.put(address, body).status_code == 428


def test_lines_are_added_changed_and_removed_with_the_version_of_the_order(maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 1))
    line = {"product_id": str(bar.id), "quantity": 2}
    address = f"{ORDERS}/{order['id']}/lines"

    added = maker.post(address, line, headers={"If-Match": f'"{order["version"]}"'})
    assert added.status_code == 201, added.text
    line_id = added.json()["lines"][1]["id"]
    changed = maker.put(f"{address}/{line_id}", {**line, "quantity": 9}, version=added.json()["version"])
    assert changed.json()["lines"][1]["ordered_quantity"] == 9
    stale = maker.delete(f"{address}/{line_id}", headers={"If-Match": f'"{order["version"]}"'})
    removed = maker.delete(f"{address}/{line_id}", headers={"If-Match": changed.headers["etag"]})

    assert (stale.status_code, removed.status_code) == (412, 204)
    assert len(read_order(maker, order)["lines"]) == 1


def test_a_line_keeps_at_least_what_is_set_aside_for_it(maker: Maker) -> None:
    bar, other = make_product(maker), make_product(maker)
    order = make_order(maker, (bar, 10))
    allocate(maker, order, (0, make_batch(maker, bar), 8))
    address = f"{ORDERS}/{order['id']}/lines/{order['lines'][0]['id']}"
    version = read_order(maker, order)["version"]

    fewer = maker.put(address, {"product_id": str(bar.id), "quantity": 7}, version=version)
    another = maker.put(address, {"product_id": str(other.id), "quantity": 10}, version=version)
    removed = maker.delete(address, headers={"If-Match": f'"{version}"'})

    assert [answer.json()["code"] for answer in (fewer, another, removed)] == ["order.line_in_use"] * 3
    assert maker.put(address, {"product_id": str(bar.id), "quantity": 8}, version=version).status_code == 200


def test_only_a_draft_is_deleted_and_nobody_elses(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    draft = maker.post(ORDERS, order_body(make_customer(maker), (bar, 1), confirm=False)).json()
    confirmed = make_order(maker, (bar, 1))

    assert other_maker.delete(f"{ORDERS}/{draft['id']}").status_code == 404
    refused = maker.delete(f"{ORDERS}/{confirmed['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "order.not_open")
    assert maker.delete(f"{ORDERS}/{draft['id']}").status_code == 204
    assert maker.get(f"{ORDERS}/{draft['id']}").status_code == 404


def test_what_is_left_out_of_an_amendment_stays(maker: Maker) -> None:
    order = make_order(maker, (make_product(maker), 1), note="fragile", customer_reference="PO 9")
    address = f"{ORDERS}/{order['id']}"

    amended = maker.patch(address, {"expected_on": "2026-12-24"}, version=order["version"])
    assert amended.status_code == 200, amended.text
    assert (amended.json()["note"], amended.json()["expected_on"]) == ("fragile", "2026-12-24")
    maker.post(f"{address}/moves", {"to": "in_production"})
    version = read_order(maker, order)["version"]
    late = maker.patch(address, {"delay_reason": "conche is down"}, version=version)
    fixed = maker.patch(address, {"currency": "JPY"}, version=version + 1)

    assert late.status_code == 200, late.text
    assert (fixed.status_code, fixed.json()["code"]) == (409, "order.not_open")


def test_ids_that_cannot_be_ids_and_unknown_parameters_are_told(maker: Maker) -> None:
    assert maker.get(f"{ORDERS}/not-an-id").status_code == 404
    assert maker.get(f"{ORDERS}?colour=red").json()["errors"][0]["field"] == "colour"
    assert maker.get(f"{ORDERS}?state=lost").status_code == 422
    assert maker.get(f"{ORDERS}?cursor=made-up").status_code == 400
    assert UUID(make_order(maker, (make_product(maker), 1))["id"])
