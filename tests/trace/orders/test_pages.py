"""Orders as people work with them in a browser, here without one."""

from __future__ import annotations

import re

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
    make_site,
    read_order,
)
from tests.trace.paper_browser import PaperBrowser


def test_an_order_is_typed_with_names_and_takes_the_last_price(maker: Maker) -> None:
    bar = make_product(maker, "BAR-70")
    customer_id = make_customer(maker, "Feinkost Isartor")
    make_site(maker, customer_id, "Viktualienmarkt")
    make_order(maker, (bar, 1), customer_id=customer_id)
    client = PaperBrowser(maker, "staff")

    fields = {"customer": "Feinkost Isartor", "site": "Viktualienmarkt", "currency": "EUR", "confirm": "true"}
    lines = {"lines-0-sku": "BAR-70", "lines-0-quantity": "12", "lines-1-sku": "", "lines-1-quantity": ""}
    saved = client.submit("/trace/orders/new?customer=Feinkost+Isartor", "/trace/orders/new", **fields, **lines)

    assert saved.status_code == 303, saved.text
    page = client.get(saved.headers["location"]).text
    assert "The order was added." in page
    assert "Viktualienmarkt" in page
    assert "€54.00" in page
    assert "SO-1002" in client.get("/trace/orders?search=isartor&state=confirmed").text


def test_what_is_wrong_with_a_typed_order_stands_at_its_field_and_the_entries_stay(maker: Maker) -> None:
    make_customer(maker, "Feinkost Isartor")
    client = PaperBrowser(maker)

    fields = {"customer": "Feinkost Isartor", "currency": "EUR", "confirm": "true", "note": "ring twice"}
    refused = client.submit(
        "/trace/orders/new", "/trace/orders/new", **fields, **{"lines-0-sku": "NONE", "lines-0-quantity": "1"}
    )
    stranger = client.submit("/trace/orders/new", "/trace/orders/new", **{**fields, "customer": "Nobody"})

    assert refused.status_code == 422
    assert re.search(r'id="field-lines-0-sku-error"[^>]*>.*There is no product NONE', refused.text, re.DOTALL)
    assert "ring twice" in refused.text
    assert 'id="field-customer-error"' in stranger.text


def test_prices_are_shown_by_currency(maker: Maker) -> None:
    order = make_order(maker, (make_product(maker), 2), currency="JPY")

    page = PaperBrowser(maker).get(f"/trace/orders/{order['id']}").text

    assert "¥9" in page
    assert "¥9.00" not in page


def test_buttons_confirm_set_aside_pick_release_and_cancel(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 20)
    body = {"customer_id": str(make_customer(maker)), "lines": [{"product_id": str(bar.id), "quantity": 12}]}
    draft = maker.post(ORDERS, body).json()
    client = PaperBrowser(maker)
    page = f"/trace/orders/{draft['id']}"

    assert client.submit(page, f"{page}/moves", to="confirmed").status_code == 303
    assert client.submit(page, f"{page}/allocations/automatic", automatic="true").status_code == 303
    assert fetch_stock(maker, batch_id) == (20, 12)
    allocation = read_order(maker, draft)["allocations"][0]
    moves = f"{page}/allocations/{allocation['id']}/moves"
    assert client.submit(page, moves, to="picked").status_code == 303
    assert "Picked" in client.get(page).text
    assert client.submit(page, moves, to="released").status_code == 303
    assert "12 pieces" not in client.get(f"{page}/cancel").text
    assert client.submit(f"{page}/cancel", f"{page}/cancel", to="cancelled", reason="shop closed").status_code == 303
    assert "shop closed" in client.get(page).text


def test_by_hand_a_batch_is_scanned_and_what_is_wrong_is_said(maker: Maker) -> None:
    bar = make_product(maker)
    good, held = make_batch(maker, bar, 20), make_batch(maker, bar, 20)
    hold_batch(maker, held)
    codes = {one["id"]: one["code"] for one in maker.get(f"/api/trace/batches?product={bar.id}").json()["items"]}
    order = make_order(maker, (bar, 12))
    page = f"/trace/orders/{order['id']}"
    client = PaperBrowser(maker)
    fields = {"order_line_id": order["lines"][0]["id"], "quantity": "5"}

    unknown = client.submit(page, f"{page}/allocations", **fields, batch="NONE")
    on_hold = client.submit(page, f"{page}/allocations", **fields, batch=codes[str(held)])
    more = client.submit(page, f"{page}/allocations", **{**fields, "quantity": "13"}, batch=codes[str(good)])
    done = client.submit(page, f"{page}/allocations", **fields, batch=f" lot {codes[str(good)].lower()}")

    assert [unknown.status_code, on_hold.status_code, more.status_code] == [422, 409, 409]
    assert 'id="field-batch-error"' in unknown.text
    assert "is on hold" in on_hold.text
    assert 'id="field-quantity-error"' in more.text
    assert done.status_code == 303, done.text
    assert fetch_stock(maker, good) == (20, 5)


def test_too_little_stock_is_told_on_the_page(maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 12))
    page = f"/trace/orders/{order['id']}"

    refused = PaperBrowser(maker).submit(page, f"{page}/allocations/automatic", automatic="true")

    assert refused.status_code == 409
    assert "12 of" in refused.text
    assert "Nothing was set aside" in refused.text


def test_an_order_is_changed_in_its_form_and_a_stale_one_is_refused(maker: Maker) -> None:
    bar = make_product(maker, "BAR-70")
    order = make_order(maker, (bar, 12))
    page = f"/trace/orders/{order['id']}"
    client = PaperBrowser(maker)
    shown = client.get(f"{page}/edit").text
    fields = {
        "version": order["version"],
        "currency": "EUR",
        "expected_on": "2026-12-24",
        "lines-0-id": order["lines"][0]["id"],
        "lines-0-sku": "BAR-70",
        "lines-0-quantity": "10",
        "lines-0-unit_price": "4.5",
    }

    saved = client.submit(page, f"{page}/edit", **fields)
    stale = client.submit(page, f"{page}/edit", **fields)

    assert 'value="BAR-70"' in shown
    assert (saved.status_code, stale.status_code) == (303, 412)
    after = read_order(maker, order)
    assert (after["lines"][0]["ordered_quantity"], after["expected_on"]) == (10, "2026-12-24")
    assert after["ordered_at"] == order["ordered_at"]


def test_of_an_order_in_production_the_promise_can_be_changed(maker: Maker) -> None:
    order = make_order(maker, (make_product(maker), 1))
    moved = maker.post(f"{ORDERS}/{order['id']}/moves", {"to": "in_production"}).json()
    page = f"/trace/orders/{order['id']}"
    client = PaperBrowser(maker)

    saved = client.submit(f"{page}/edit", f"{page}/promise", version=moved["version"], delay_reason="conche is down")

    assert saved.status_code == 303, saved.text
    assert "conche is down" in client.get(page).text


def test_deleting_a_draft_shows_first_what_goes_with_it(maker: Maker) -> None:
    bar = make_product(maker)
    body = {"customer_id": str(make_customer(maker)), "lines": [{"product_id": str(bar.id), "quantity": 12}] * 2}
    draft = maker.post(ORDERS, body).json()
    confirmed = make_order(maker, (bar, 1))
    client = PaperBrowser(maker)
    page = f"/trace/orders/{draft['id']}"

    preview = client.get(f"{page}/delete").text
    assert "2 rows" in preview
    assert client.submit(f"{page}/delete", f"{page}/delete").status_code == 303
    assert client.get(page).status_code == 404
    assert "no draft any more" in client.get(f"/trace/orders/{confirmed['id']}/delete").text


def test_empty_lists_say_what_to_do(maker: Maker) -> None:
    client = PaperBrowser(maker)

    assert "No orders yet." in client.get("/trace/orders").text
    assert "Clear the filters" in client.get("/trace/orders?search=nobody").text


def test_nobody_sees_the_order_of_another_tenant(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 5))
    allocation = allocate(maker, order, (0, make_batch(maker, bar), 5)).json()["items"][0]
    client = PaperBrowser(other_maker)
    page = f"/trace/orders/{order['id']}"

    assert [client.get(f"{page}{part}").status_code for part in ("", "/edit", "/cancel", "/delete")] == [404] * 4
    moves = f"/allocations/{allocation['id']}/moves"
    for part, fields in (
        ("/moves", {"to": "cancelled"}),
        ("/allocations/automatic", {"automatic": "true"}),
        (moves, {"to": "picked"}),
    ):
        assert client.submit("/trace/orders/new", f"{page}{part}", **fields).status_code == 404
