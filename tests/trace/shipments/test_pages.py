"""Packing, sending off and taking back as people do it in a browser, here without one."""

from __future__ import annotations

from typing import Any

from tests.maker import Maker
from tests.trace.orders.builders import (
    allocate,
    fetch_stock,
    hold_batch,
    insert,
    make_batch,
    make_customer,
    make_order,
    make_product,
    make_site,
    read_order,
)
from tests.trace.paper_browser import PaperBrowser
from tests.trace.shipments.builders import SHIPMENTS, pack, ship, take_back


def code_of(maker: Maker, batch_id: object) -> str:
    code: str = maker.get(f"/api/trace/batches/{batch_id}").json()["code"]
    return code


def lines(*lines: tuple[Any, str, object]) -> dict[str, object]:
    """Return the fields of lines of (order line, batch code, pieces)."""
    return {
        f"lines-{index}-{name}": value
        for index, line in enumerate(lines)
        for name, value in zip(("order_line_id", "batch", "quantity"), line, strict=True)
    }


def test_the_form_is_filled_from_what_is_set_aside_and_packs_it(maker: Maker) -> None:
    bar = make_product(maker)
    first, second = make_batch(maker, bar, 10), make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 12))
    allocate(maker, order, (0, first, 8), (0, second, 4))
    line_id, codes = order["lines"][0]["id"], (code_of(maker, first), code_of(maker, second))
    browser = PaperBrowser(maker, "staff")
    page = f"/trace/orders/{order['id']}/pack"

    shown = browser.get(page).text
    packed = browser.submit(
        page,
        page,
        carrier="DHL",
        tracking_number="JD01",
        has_left="true",
        **lines((line_id, codes[0], 8), (line_id, codes[1], 4)),
    )

    assert all(f'value="{code}"' in shown for code in codes)
    assert packed.status_code == 303, packed.text
    assert "DHL" in browser.get(packed.headers["location"]).text
    assert read_order(maker, order)["state"] == "shipped"
    assert fetch_stock(maker, first) == (2, 0)


def test_lines_without_pieces_are_left_out_and_faults_stand_at_their_fields(maker: Maker) -> None:
    bar = make_product(maker)
    good, held = make_batch(maker, bar, 10), make_batch(maker, bar, 10)
    order = make_order(maker, (bar, 12))
    allocate(maker, order, (0, held, 2))
    hold_batch(maker, held)
    line_id = order["lines"][0]["id"]
    browser = PaperBrowser(maker)
    page = f"/trace/orders/{order['id']}/pack"

    on_hold = browser.submit(page, page, **lines((line_id, code_of(maker, held), 1)))
    unknown = browser.submit(page, page, **lines((line_id, "NONE", 1)))
    unnamed = browser.submit(page, page, **lines((line_id, "", 1)))
    nothing = browser.submit(page, page, **lines((line_id, "NONE", "")))
    packed = browser.submit(page, page, **lines((line_id, code_of(maker, good), 3), (line_id, "NONE", "")))

    assert "is on hold: what is set aside of it is not packed" in browser.get(page).text
    assert [answer.status_code for answer in (on_hold, unknown, unnamed, nothing)] == [409, 422, 422, 422]
    assert 'id="field-lines-0-batch-error"' in on_hold.text
    assert 'id="field-lines-0-batch-error"' in unknown.text
    assert 'id="field-lines-0-batch_unknown_reason-error"' in unnamed.text
    assert packed.status_code == 303, packed.text
    assert read_order(maker, order)["lines"][0]["packed_quantity"] == 3


def test_a_shipment_leaves_and_arrives_by_buttons_and_a_hold_stops_it(maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 4))
    free, held = make_batch(maker, bar, 2), make_batch(maker, bar, 2)
    one, other = pack(maker, order, (0, free, 2)).json(), pack(maker, order, (0, held, 2)).json()
    hold_batch(maker, held)
    browser = PaperBrowser(maker, "staff")
    page, stopped = f"/trace/shipments/{one['id']}", f"/trace/shipments/{other['id']}"

    assert browser.submit(page, f"{page}/departure").status_code == 303
    assert browser.submit(page, f"{page}/delivery").status_code == 303
    refused = browser.submit(stopped, f"{stopped}/departure")

    assert "Delivered" in browser.get(page).text
    assert refused.status_code == 409
    assert "is on hold" in refused.text


def test_carrier_and_number_are_changed_on_the_page(maker: Maker) -> None:
    bar = make_product(maker)
    shipment = pack(maker, make_order(maker, (bar, 4)), (0, make_batch(maker, bar), 2)).json()
    browser = PaperBrowser(maker)
    page = f"/trace/shipments/{shipment['id']}"

    saved = browser.submit(
        page, f"{page}/carrier", version=shipment["version"], carrier="ヤマト運輸", tracking_number="1"
    )
    stale = browser.submit(page, f"{page}/carrier", version=shipment["version"], carrier="DHL")

    assert (saved.status_code, stale.status_code) == (303, 412)
    assert "ヤマト運輸" in browser.get(page).text


def test_goods_are_taken_back_from_the_page_of_their_shipment(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    material_id = insert(maker, "trace.material", code="RW", name="Rework", kind="rework", base_unit="g")
    shipment = ship(maker, make_order(maker, (bar, 10)), (0, batch_id, 6), (0, None, 4))
    ids = [line["id"] for line in shipment["lines"]]
    known = next(index for index, line in enumerate(shipment["lines"]) if line["batch"])
    browser = PaperBrowser(maker, "staff")
    page = f"/trace/shipments/{shipment['id']}/return"
    fields = {"lines-0-shipment_line_id": ids[0], "lines-1-shipment_line_id": ids[1]}

    more = browser.submit(page, page, **fields, **{f"lines-{known}-quantity": 7})
    vague = browser.submit(
        page, page, **fields, **{f"lines-{known}-quantity": 2, f"lines-{known}-disposition": "rework"}
    )
    nothing = browser.submit(page, page, **fields)
    rework = {"quantity": 2, "disposition": "rework", "material_id": material_id, "mass_kg": "0.2"}
    done = browser.submit(page, page, **fields, **{f"lines-{known}-{name}": value for name, value in rework.items()})

    assert [answer.status_code for answer in (more, vague, nothing)] == [409, 422, 422]
    assert "6 pieces can still come back" in more.text
    assert done.status_code == 303, done.text
    assert "/trace/processes/" in browser.get(done.headers["location"]).text
    assert "RT-1001" in browser.get("/trace/returns").text
    assert "RT-1001" in browser.get(f"/trace/shipments/{shipment['id']}").text
    assert fetch_stock(maker, batch_id) == (4, 0)


def test_the_delivery_note_speaks_the_customers_language_and_names_the_batches(maker: Maker) -> None:
    bar = make_product(maker)
    batch_id = make_batch(maker, bar, 10)
    customer_id = make_customer(maker, "東京ショコラ", language="ja")
    site_id = make_site(maker, customer_id, "銀座店")
    order = make_order(
        maker, (bar, 10), customer_id=customer_id, customer_site_id=str(site_id), customer_reference="PO 77"
    )
    shipment = ship(maker, order, (0, batch_id, 10))
    browser = PaperBrowser(maker)
    page = f"/trace/shipments/{shipment['id']}/delivery-note"

    japanese, german = browser.get(page).text, browser.get(f"{page}?language=de").text

    assert '<html lang="ja"' in japanese
    assert all(word in japanese for word in ("納品書", "銀座店", "PO 77", code_of(maker, batch_id), "1.000"))
    assert "Lieferschein" in german
    assert "€" not in german + japanese


def test_lists_say_what_to_do_when_empty_and_find_by_state(maker: Maker) -> None:
    browser = PaperBrowser(maker)
    assert "Nothing was shipped yet." in browser.get("/trace/shipments").text
    assert "Nothing came back." in browser.get("/trace/returns").text
    bar = make_product(maker)
    order = make_order(maker, (bar, 4))
    shipment = pack(maker, order, (0, make_batch(maker, bar), 2)).json()

    assert shipment["number"] in browser.get("/trace/shipments?state=packed").text
    assert "Clear the filters" in browser.get("/trace/shipments?state=delivered").text


def test_pages_of_another_tenant_do_not_exist(maker: Maker, other_maker: Maker) -> None:
    bar = make_product(maker)
    order = make_order(maker, (bar, 4))
    shipment = ship(maker, order, (0, make_batch(maker, bar), 2))
    returned = take_back(maker, shipment, (0, 1, "destroy")).json()
    browser = PaperBrowser(other_maker)
    page = f"/trace/shipments/{shipment['id']}"

    addresses = [page, f"{page}/delivery-note", f"{page}/return", f"/trace/returns/{returned['id']}"]
    assert [browser.get(address).status_code for address in addresses] == [404] * 4
    assert browser.get(f"/trace/orders/{order['id']}/pack").status_code == 404
    assert browser.submit("/trace/shipments", f"{page}/departure").status_code == 404
    assert maker.get(f"{SHIPMENTS}/{shipment['id']}").status_code == 200
