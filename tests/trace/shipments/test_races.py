"""Many at once: never held and gone, never more packed than there is or was ordered, nobody waits for ever."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from httpx2 import Response

from tests.maker import Maker
from tests.trace.orders.builders import (
    allocate,
    at_once,
    fetch_stock,
    make_batch,
    make_order,
    make_product,
    read_order,
)
from tests.trace.orders.races import BLINK_S, MOST_SECONDS, another_transaction, place_hold, timed
from tests.trace.shipments.builders import depart, pack, pack_allocations, ship, take_back


@pytest.mark.parametrize("way", ["packing", "packing what is set aside", "departure"])
def test_goods_under_way_wait_for_a_hold_and_stay(maker: Maker, database_url: str, way: str) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 5))
    allocate(maker, order, (0, batch_id, 5))
    shipment: dict[str, Any] = pack_allocations(maker, order).json() if way == "departure" else {}

    def ask() -> Response:
        if way == "departure":
            return depart(maker, shipment)
        return pack(maker, order, (0, batch_id, 5)) if way == "packing" else pack_allocations(maker, order)

    before = fetch_stock(maker, batch_id)
    with ThreadPoolExecutor(1) as pool:
        with another_transaction(database_url, maker) as connection:
            place_hold(connection, maker, batch_id)
            answer = pool.submit(ask)
            time.sleep(BLINK_S)
            assert not answer.done()
        refused = answer.result(MOST_SECONDS)

    assert (refused.status_code, refused.json()["code"]) == (409, "batch.held")
    assert fetch_stock(maker, batch_id) == before
    assert read_order(maker, order)["lines"][0]["shipped_quantity"] == 0


def test_of_sixteen_who_pack_the_last_pieces_exactly_so_many_get_them_as_fit(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    orders = [make_order(maker, (bar, 3)) for _ in range(16)]

    answers = at_once([timed(lambda order=order: pack(maker, order, (0, batch_id, 3))) for order in orders])

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 13
    assert fetch_stock(maker, batch_id) == (1, 0)


def test_of_many_shipments_of_one_order_no_more_are_packed_than_were_ordered(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 100)
    order = make_order(maker, (bar, 10))

    answers = at_once([timed(lambda: pack(maker, order, (0, batch_id, 3))) for _ in range(8)])

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 5
    numbers = {answer.json()["number"] for answer in answers if answer.status_code == 201}
    assert numbers == {"SH-1001", "SH-1002", "SH-1003"}


def test_several_batches_in_different_orders_never_wait_in_a_ring(maker: Maker) -> None:
    bar = make_product(maker)
    batches = [make_batch(maker, bar, 100) for _ in range(4)]
    orders = [make_order(maker, (bar, 8)) for _ in range(16)]
    for order in orders[::2]:
        allocate(maker, order, *((0, batch_id, 2) for batch_id in batches))

    def ask(number: int) -> Response:
        order: dict[str, Any] = orders[number]
        if number % 4 == 0:
            return pack_allocations(maker, order)
        turned = batches[number % 4 :] + batches[: number % 4]
        return pack(maker, order, *((0, batch_id, 2) for batch_id in turned[:: 1 if number % 3 else -1]))

    answers = at_once([timed(lambda number=number: ask(number)) for number in range(16)])

    assert [answer.status_code for answer in answers] == [201] * 16
    assert [fetch_stock(maker, batch_id) for batch_id in batches] == [(68, 0)] * 4


def test_the_same_goods_come_back_once(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    shipment = ship(maker, make_order(maker, (bar, 10)), (0, batch_id, 5), (0, batch_id, 5))

    ways = [((0, 5, "restock"), (1, 5, "restock")), ((1, 5, "restock"), (0, 5, "restock"))]
    answers = at_once([timed(lambda way=way: take_back(maker, shipment, *way)) for way in ways * 4])

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert fetch_stock(maker, batch_id) == (10, 0)
