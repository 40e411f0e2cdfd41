"""States of orders: which follow which, who may, and what comes with it."""

from __future__ import annotations

import pytest

from provender.database.files import schema_scripts
from provender.trace.orders.model import MOVES
from tests.maker import Maker
from tests.trace.orders.builders import (
    ORDERS,
    allocate,
    fetch_stock,
    make_batch,
    make_customer,
    make_order,
    make_product,
    order_body,
    read_order,
)


def test_the_moves_that_are_offered_are_those_the_database_allows() -> None:
    schema = "\n".join(schema_scripts())

    named = {f"'{state}>{following}'" for state, ways in MOVES.items() for following in ways}

    start = schema.index("CREATE TRIGGER sales_order_moves")
    trigger = schema[start : schema.index(";", start)]
    assert {word.strip(" ,\n)") for word in trigger.split("guard_move(")[1].split(",")} == named


def test_a_draft_is_confirmed_and_the_log_says_who_and_why(maker: Maker) -> None:
    draft = maker.post(ORDERS, order_body(make_customer(maker), (make_product(maker), 1), confirm=False)).json()

    moved = maker.post(f"{ORDERS}/{draft['id']}/moves", {"to": "confirmed", "reason": "by telephone"})

    assert moved.status_code == 200, moved.text
    last = moved.json()["states"][-1]
    assert (last["from_state"], last["to_state"], last["reason"]) == ("draft", "confirmed", "by telephone")
    assert last["changed_by"] == "Administrator"


@pytest.mark.parametrize("to", ["draft", "delivered", "packed", "shipped", "confirmed"])
def test_an_order_does_not_jump(maker: Maker, to: str) -> None:
    order = make_order(maker, (make_product(maker), 1))

    refused = maker.post(f"{ORDERS}/{order['id']}/moves", {"to": to})

    assert (refused.status_code, refused.json()["code"]) == (409, "order.move_refused")
    assert refused.json()["hint"]
    assert read_order(maker, order)["state"] == "confirmed"


def test_an_order_without_lines_is_not_confirmed(maker: Maker) -> None:
    customer_id = str(make_customer(maker))
    draft = maker.post(ORDERS, {"customer_id": customer_id}).json()

    refused = maker.post(f"{ORDERS}/{draft['id']}/moves", {"to": "confirmed"})
    at_once = maker.post(ORDERS, {"customer_id": customer_id, "confirm": True})

    assert [refused.json()["code"], at_once.json()["code"]] == ["order.without_lines"] * 2


def test_only_managers_cancel_and_cancelling_gives_back_what_was_set_aside(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 8))
    allocate(maker, order, (0, batch_id, 8))
    address = f"{ORDERS}/{order['id']}/moves"

    assert maker.acting_as("staff").post(address, {"to": "cancelled"}).status_code == 403
    assert fetch_stock(maker, batch_id) == (10, 8)
    assert maker.acting_as("manager").post(address, {"to": "cancelled", "reason": "shop closed"}).status_code == 200

    assert fetch_stock(maker, batch_id) == (10, 0)
    assert [one["state"] for one in maker.get(f"{ORDERS}/{order['id']}/allocations").json()["items"]] == ["released"]
    refused = allocate(maker, order, (0, batch_id, 1))
    assert (refused.status_code, refused.json()["code"]) == (409, "order.not_open")


def test_a_draft_gets_nothing_set_aside(maker: Maker) -> None:
    bar = make_product(maker)
    draft = maker.post(ORDERS, order_body(make_customer(maker), (bar, 1), confirm=False)).json()

    refused = allocate(maker, draft, (0, make_batch(maker, bar), 1))

    assert (refused.status_code, refused.json()["code"]) == (409, "order.not_open")


def test_an_order_of_another_tenant_cannot_be_moved(maker: Maker, other_maker: Maker) -> None:
    order = make_order(maker, (make_product(maker), 1))

    assert other_maker.post(f"{ORDERS}/{order['id']}/moves", {"to": "cancelled"}).status_code == 404
