"""Orders as files: what is seen is exported, and rows with one number come in as one order."""

from __future__ import annotations

from typing import Any

from tests.maker import Maker
from tests.trace.orders.builders import ORDERS, make_customer, make_order, make_product


def import_file(maker: Maker, *rows: str, mode: str = "all") -> Any:
    head = "number,customer,sku,quantity,unit_price,currency,ordered_on"
    content = "\r\n".join([head, *rows]).encode()
    return maker.send("POST", f"{ORDERS}/import?mode={mode}", content=content, headers={"Content-Type": "text/csv"})


def listed(maker: Maker) -> list[tuple[str, int, int]]:
    items = maker.get(ORDERS).json()["items"]
    return sorted((one["number"], one["line_count"], one["ordered_quantity"]) for one in items)


def test_rows_with_one_number_are_lines_of_one_confirmed_order(maker: Maker) -> None:
    make_customer(maker, "Feinkost Isartor")
    make_customer(maker, "東京ショコラ")
    make_product(maker, "BAR-70")
    make_product(maker, "BAR-85")

    answer = import_file(
        maker,
        "W-1,Feinkost Isartor,BAR-70,12,4.50,EUR,2026-11-02",
        "W-2,東京ショコラ,BAR-70,5,900,JPY,2026-11-03",
        "W-1,Feinkost Isartor,BAR-85,6,4.80,EUR,2026-11-02",
    )

    assert answer.status_code == 200, answer.text
    assert answer.json() == {"added": 3, "refused": []}
    assert listed(maker) == [("W-1", 2, 18), ("W-2", 1, 5)]
    order = maker.get(f"{ORDERS}?number=W-1").json()["items"][0]
    assert (order["state"], order["amount"], order["ordered_at"]) == ("confirmed", 82.8, "2026-11-01T23:00:00+00:00")


def test_an_order_with_a_bad_row_is_left_out_whole_and_each_row_is_named(maker: Maker) -> None:
    make_customer(maker, "Feinkost Isartor")
    make_product(maker, "BAR-70")
    rows = (
        "W-1,Feinkost Isartor,BAR-70,12,4.50,EUR,2026-11-02",
        "W-2,Feinkost Isartor,BAR-70,1,4.50,EUR,2026-11-02",
        "W-2,Feinkost Isartor,BAR-71,0,4.50,EUR,2026-11-02",
        "W-3,Nobody,BAR-71,1,4.50,EUR,2026-11-02",
        "W-4,Feinkost Isartor,BAR-70,1,4.50,EUR,2999-01-01",
        "W-5,Feinkost Isartor,BAR-70,1,4.50,EUR,2026-11-02",
        "W-5,Feinkost Isartor,BAR-70,1,4.50,JPY,2026-11-02",
    )

    refused = import_file(maker, *rows)
    assert (refused.status_code, refused.json()["code"]) == (422, "csv.rows_refused")
    assert listed(maker) == []
    answer = import_file(maker, *rows, mode="good")

    assert answer.json()["added"] == 1
    assert [(row["line"], row["field"]) for row in answer.json()["refused"]] == [
        (3, ""),
        (4, "quantity"),
        (5, "customer"),
        (5, "sku"),
        (6, "ordered_on"),
        (7, ""),
        (8, "currency"),
    ]
    assert listed(maker) == [("W-1", 1, 12)]


def test_a_number_that_is_there_already_is_refused_in_its_line(maker: Maker) -> None:
    make_order(maker, (make_product(maker, "BAR-70"), 1), number="W-1", customer_id=make_customer(maker, "Shop"))

    refused = import_file(maker, "W-1,Shop,BAR-70,1,1,EUR,2026-11-02")

    assert refused.json()["errors"][0]["field"] == "lines.2.number"


def test_the_list_is_exported_as_it_is_seen_with_guarded_cells(maker: Maker) -> None:
    bar = make_product(maker)
    make_order(maker, (bar, 2), number="=A1", customer_id=make_customer(maker, "Müller & Söhne"))
    make_order(maker, (bar, 3), number="B-1")

    whole = maker.get(f"{ORDERS}/export")
    filtered = maker.get(f"{ORDERS}/export?number=B&dialect=german")

    assert whole.status_code == 200, whole.text
    assert whole.content.startswith(b"\xef\xbb\xbfnumber,state,customer,")
    assert len(whole.text.splitlines()) == 3
    assert "'=A1,confirmed,Müller & Söhne" in whole.text
    assert [line.split(";")[0] for line in filtered.text.splitlines()[1:]] == ["B-1"]
    assert "orders-" in whole.headers["content-disposition"]
