"""Many at once: never more set aside than there is, never both held and set aside, nobody waits for ever."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from httpx2 import Response

from tests.maker import Maker
from tests.trace.orders.builders import ORDERS, allocate, at_once, fetch_stock, make_batch, make_order, make_product
from tests.trace.orders.races import BLINK_S, MOST_SECONDS, another_transaction, place_hold, timed


@pytest.mark.parametrize("is_automatic", [True, False])
def test_an_allocation_under_way_waits_for_a_hold_and_is_refused(
    maker: Maker, database_url: str, *, is_automatic: bool
) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 5))

    def ask() -> Response:
        if is_automatic:
            return maker.post(f"{ORDERS}/{order['id']}/allocations", {"automatic": True})
        return allocate(maker, order, (0, batch_id, 5))

    with ThreadPoolExecutor(1) as pool:
        with another_transaction(database_url, maker) as connection:
            place_hold(connection, maker, batch_id)
            answer = pool.submit(ask)
            time.sleep(BLINK_S)
            assert not answer.done()
        refused = answer.result(MOST_SECONDS)

    assert refused.status_code == 409, refused.text
    assert refused.json()["code"] == ("order.not_enough_stock" if is_automatic else "batch.held")
    assert fetch_stock(maker, batch_id) == (10, 0)


def test_a_hold_waits_for_an_allocation_and_then_sees_it(maker: Maker, database_url: str) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    orders = [make_order(maker, (bar, 1)) for _ in range(8)]

    def hold() -> Response:
        with another_transaction(database_url, maker) as connection:
            place_hold(connection, maker, batch_id)
            seen = connection.execute(
                "SELECT trace.batch_allocated(%s, %s)", (maker.organisation_id, batch_id)
            ).fetchone()
            assert seen is not None
            return Response(200, text=str(int(seen[0])))

    verbs = [partial(allocate, maker, order, (0, batch_id, 1)) for order in orders]
    answers = at_once([*verbs[:4], hold, *verbs[4:]])

    seen_by_hold = int(answers.pop(4).text)
    assert seen_by_hold == sum(answer.status_code == 201 for answer in answers)
    assert fetch_stock(maker, batch_id) == (10, seen_by_hold)


@pytest.mark.parametrize("is_automatic", [True, False])
def test_of_sixteen_who_want_the_last_pieces_exactly_so_many_get_them_as_fit(
    maker: Maker, *, is_automatic: bool
) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    orders = [make_order(maker, (bar, 3)) for _ in range(16)]

    def ask(order: dict[str, str]) -> Response:
        if is_automatic:
            return maker.post(f"{ORDERS}/{order['id']}/allocations", {"automatic": True})
        return allocate(maker, order, (0, batch_id, 3))

    answers = at_once([timed(lambda order=order: ask(order)) for order in orders])

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 13
    assert fetch_stock(maker, batch_id) == (10, 9)


def test_several_batches_in_different_orders_never_wait_in_a_ring(maker: Maker) -> None:
    bar = make_product(maker)
    batches = [make_batch(maker, bar, 100) for _ in range(4)]
    orders = [make_order(maker, (bar, 8)) for _ in range(16)]

    def ask(number: int) -> Response:
        turned = batches[number % 4 :] + batches[: number % 4]
        way = turned if number % 2 else turned[::-1]
        return allocate(maker, orders[number], *((0, batch_id, 2) for batch_id in way))

    answers = at_once([timed(lambda number=number: ask(number)) for number in range(16)])

    assert [answer.status_code for answer in answers] == [201] * 16
    assert [fetch_stock(maker, batch_id) for batch_id in batches] == [(100, 32)] * 4


def test_a_cancelled_order_keeps_nothing_however_the_race_ends(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 100)
    orders = [make_order(maker, (bar, 3)) for _ in range(6)]

    verbs: list[Callable[[], Response]] = []
    for order in orders:
        verbs.append(lambda order=order: maker.post(f"{ORDERS}/{order['id']}/moves", {"to": "cancelled"}))
        verbs.append(lambda order=order: allocate(maker, order, (0, batch_id, 3)))
    answers = at_once([timed(verb) for verb in verbs])

    assert [answer.status_code for answer in answers[::2]] == [200] * 6
    assert fetch_stock(maker, batch_id) == (100, 0)
