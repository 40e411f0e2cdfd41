"""What is set aside: by hand, first expired first out, never more than there is or was ordered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from provender.trace.orders.payloads import Allocation, AllocationList
from tests.maker import Maker
from tests.trace.orders.builders import (
    ORDERS,
    allocate,
    fetch_stock,
    hold_batch,
    make_batch,
    make_order,
    make_product,
    read_order,
)


def automatic(maker: Maker, order: dict[str, Any], **more: object) -> Any:
    return maker.post(f"{ORDERS}/{order['id']}/allocations", {"automatic": True, **more})


def taken(maker: Maker, order: dict[str, Any]) -> dict[str, float]:
    found = read_order(maker, order)["allocations"]
    return {one["batch"]["id"]: one["quantity"] for one in found}


def test_what_expires_first_is_set_aside_first(maker: Maker) -> None:
    bar = make_product(maker)
    late = make_batch(maker, bar, 10, best_before_days=300)
    undated = make_batch(maker, bar, 10, best_before_days=None)
    soon = make_batch(maker, bar, 10, best_before_days=30)
    order = make_order(maker, (bar, 25))

    answer = automatic(maker, order)

    assert answer.status_code == 201, answer.text
    AllocationList.model_validate_json(answer.content)
    assert taken(maker, order) == {str(soon): 10, str(late): 10, str(undated): 5}
    assert read_order(maker, order)["lines"][0]["back_ordered_quantity"] == 0


def test_held_expired_and_reserved_pieces_are_not_chosen(maker: Maker) -> None:
    bar = make_product(maker)
    held, expired = make_batch(maker, bar, 10), make_batch(maker, bar, 10, best_before_days=-1)
    shared, today = make_batch(maker, bar, 10), make_batch(maker, bar, 3, best_before_days=0)
    hold_batch(maker, held)
    allocate(maker, make_order(maker, (bar, 6)), (0, shared, 6))
    order = make_order(maker, (bar, 7))

    assert automatic(maker, order).status_code == 201

    assert taken(maker, order) == {str(today): 3, str(shared): 4}
    assert fetch_stock(maker, expired) == (10, 0)


def test_too_little_sets_nothing_aside_unless_a_part_is_asked_for(maker: Maker) -> None:
    bar, other = make_product(maker), make_product(maker)
    batch_id = make_batch(maker, bar, 4)
    order = make_order(maker, (bar, 10), (other, 2))

    refused = automatic(maker, order)

    assert (refused.status_code, refused.json()["code"]) == (409, "order.not_enough_stock")
    assert f"6 of {bar.sku}, 2 of {other.sku} missing" in refused.json()["detail"]
    assert fetch_stock(maker, batch_id) == (4, 0)
    assert automatic(maker, order, partial=True).status_code == 201
    assert fetch_stock(maker, batch_id) == (4, 4)
    assert automatic(maker, order, partial=True).status_code == 409


def test_two_lines_of_one_order_share_a_batch(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 4), (bar, 5))

    assert automatic(maker, order).status_code == 201

    assert [one["quantity"] for one in read_order(maker, order)["allocations"]] == [4, 5]
    assert fetch_stock(maker, batch_id) == (10, 9)


def test_nothing_is_left_to_set_aside_twice(maker: Maker) -> None:
    bar = make_product(maker)
    make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 4))
    automatic(maker, order)

    again = automatic(maker, order)

    assert (again.status_code, again.json()["code"]) == (409, "order.more_than_ordered")


def test_by_hand_all_is_set_aside_or_nothing_and_the_fault_is_named(maker: Maker, other_maker: Maker) -> None:
    bar, other = make_product(maker), make_product(maker)
    good, small, strange = make_batch(maker, bar, 10), make_batch(maker, bar, 2), make_batch(maker, other, 10)
    held = make_batch(maker, bar, 10)
    hold_batch(maker, held)
    foreign = make_batch(other_maker, make_product(other_maker))
    order = make_order(maker, (bar, 12))

    def refused(*choices: Any) -> tuple[int, str, str]:
        answer = allocate(maker, order, (0, good, 5), *choices)
        return answer.status_code, answer.json()["code"], answer.json()["errors"][0]["field"]

    assert refused((0, small, 3)) == (409, "batch.set_aside", "allocations.1.batch_id")
    assert refused((0, held, 3)) == (409, "batch.held", "allocations.1.batch_id")
    assert refused((0, strange, 3)) == (422, "input.invalid", "allocations.1.batch_id")
    assert refused((0, foreign, 3)) == (422, "input.invalid", "allocations.1.batch_id")
    assert refused((0, uuid4(), 3)) == (422, "input.invalid", "allocations.1.batch_id")
    assert refused((0, good, 8)) == (409, "order.more_than_ordered", "allocations.1.quantity")
    assert refused((0, good, 0)) == (422, "input.invalid", "allocations.1.quantity")
    assert fetch_stock(maker, good) == (10, 0)


def test_a_line_of_another_order_is_refused(maker: Maker) -> None:
    bar = make_product(maker)
    order, other = make_order(maker, (bar, 5)), make_order(maker, (bar, 5))

    refused = allocate(maker, {"id": order["id"], "lines": other["lines"]}, (0, make_batch(maker, bar), 1))

    assert refused.json()["errors"][0]["field"] == "allocations.0.order_line_id"


def test_by_hand_and_automatic_exclude_each_other(maker: Maker) -> None:
    order = make_order(maker, (make_product(maker), 5))
    address = f"{ORDERS}/{order['id']}/allocations"

    assert maker.post(address, {}).status_code == 422
    assert maker.post(address, {"automatic": False, "partial": True}).status_code == 422


def test_an_allocation_is_picked_put_back_and_released_once(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 5))
    allocation_id = allocate(maker, order, (0, batch_id, 5)).json()["items"][0]["id"]
    address = f"/api/trace/allocations/{allocation_id}/moves"

    states: list[str] = []
    for to in ("picked", "planned", "released"):
        answer = maker.post(address, {"to": to})
        Allocation.model_validate_json(answer.content)
        states.append(answer.json()["state"])
    again = maker.post(address, {"to": "picked"})

    assert states == ["picked", "planned", "released"]
    assert (again.status_code, again.json()["code"]) == (409, "allocation.move_refused")
    assert fetch_stock(maker, batch_id) == (10, 0)


def test_what_was_set_aside_before_a_hold_is_not_picked_but_released(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 5))
    allocation_id = allocate(maker, order, (0, batch_id, 5)).json()["items"][0]["id"]
    hold_batch(maker, batch_id)
    address = f"/api/trace/allocations/{allocation_id}/moves"

    picked = maker.post(address, {"to": "picked"})

    assert (picked.status_code, picked.json()["code"]) == (409, "batch.held")
    assert read_order(maker, order)["allocations"][0]["is_held"] is True
    assert maker.post(address, {"to": "released"}).status_code == 200


def test_allocations_of_another_tenant_do_not_exist(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 5))
    allocation_id = allocate(maker, order, (0, make_batch(maker, bar), 5)).json()["items"][0]["id"]

    assert other_maker.post(f"/api/trace/allocations/{allocation_id}/moves", {"to": "released"}).status_code == 404
    assert other_maker.get(f"{ORDERS}/{order['id']}/allocations").status_code == 404
    assert maker.get(f"{ORDERS}/{make_order(maker, (bar, 1))['id']}/allocations").json()["items"] == []
