"""A case as CSV and as a workbook: every file is read back and held against what REST answers."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from httpx2 import Response

from provender.kit.clock import today
from provender.kit.ids import new_id
from provender.trace.recall.exports import store
from tests.maker import Maker
from tests.trace.recall.cases import CASES, items_of, make_worked_world, open_case
from tests.trace.world import World


@pytest.fixture
def world(maker: Maker) -> World:
    return make_worked_world(maker)


def export(world: World, case: dict[str, Any], query: str) -> Response:
    answer = world.maker.get(f"{CASES}/{case['id']}/export?{query}")
    assert answer.status_code == 200, answer.text
    return answer


def rows_of(answer: Response, separator: str = ",") -> list[dict[str, str]]:
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=separator))


def name_in(item: dict[str, Any], thing: str, field: str = "name") -> str:
    return item[thing][field] if item[thing] else ""


def test_the_csv_has_every_item_in_words_that_an_authority_reads(world: World) -> None:
    case = open_case(world, "A1")

    rows = rows_of(export(world, case, "format=csv"))

    items = items_of(world, case)
    assert len(rows) == len(items) > 20
    for row, item in zip(rows, items, strict=True):
        assert int(row["line_no"]) == item["line_no"]
        assert row["class"] == item["class"].replace("_", " ")
        assert row["reasons"] == "; ".join(item["reasons"]).replace("_", " ")
        assert row["batch_code"] == name_in(item, "batch", "code")
        assert row["order_number"] == name_in(item, "sales_order", "number")
        assert row["customer"].removeprefix("'") == name_in(item, "customer")
        assert row["country"] == name_in(item, "customer", "country")
        assert row["share_fraction"] == (item["share_fraction"] or "")
        assert (float(row["quantity"]) if row["quantity"] else None) == item["quantity"]
        assert (float(row["mass_kg"]) * 1000 if row["mass_kg"] else None) == pytest.approx(item["mass_g"])


def test_the_file_bears_the_number_of_the_case_and_the_day(world: World) -> None:
    case = open_case(world, "A1")

    names = [export(world, case, f"format={kind}").headers["content-disposition"] for kind in ("csv", "xlsx")]

    day = today("Europe/Berlin")
    assert names == [f'attachment; filename="{case["number"]}-{day}.{ending}"' for ending in ("csv", "xlsx")]


def test_a_customer_named_like_a_formula_is_not_run_and_a_german_spreadsheet_reads_decimals(world: World) -> None:
    case = open_case(world, "A1")

    rows = rows_of(export(world, case, "format=csv&dialect=german"), ";")

    assert {row["customer"] for row in rows} == {"", "'=Isartor", "銀座ショコラ"}
    assert "0,4" in {row["share"] for row in rows}


def test_the_day_of_shipping_is_the_makers_day_and_no_line_without_batch_is_lost(world: World) -> None:
    case = open_case(world, "A1")

    rows = rows_of(export(world, case, "format=csv"))

    shipped = {row["order_number"]: row for row in rows if row["kind"] == "shipment line" and row["shipped_on"]}
    assert {number: row["shipped_on"] for number, row in shipped.items()} == dict.fromkeys(
        ("O1", "O3", "O4"), "2026-03-23"
    )
    assert (shipped["O4"]["batch_code"], shipped["O4"]["product"]) == ("", "Bar 1")


def test_pages_of_an_export_join_without_loss(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = open_case(world, "A1")
    whole = export(world, case, "format=csv").content
    monkeypatch.setattr(store, "PAGE_ROWS", 3)

    paged = export(world, case, "format=csv").content

    assert paged == whole


def test_a_page_of_an_export_costs_two_statements(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = open_case(world, "A1")
    count = len(items_of(world, case))
    monkeypatch.setattr(store, "PAGE_ROWS", 5)
    before = world.maker.statements()

    export(world, case, "format=csv")

    pages = -(-count // 5)
    assert world.maker.statements() - before == 2 + 2 * pages


def read_workbook(world: World, case: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(export(world, case, "format=xlsx").content))
    tabs: dict[str, list[dict[str, Any]]] = {}
    for tab in book.worksheets:
        heading, *rows = tab.iter_rows(values_only=True)
        tabs[tab.title] = [dict(zip(map(str, heading), row, strict=True)) for row in rows]
    return tabs


def test_the_workbook_says_what_rest_says_in_real_numbers_and_dates(world: World) -> None:
    case = open_case(world, "A1")
    world.maker.post(f"{CASES}/{case['id']}/notices/sending")

    tabs = read_workbook(world, case)

    items = items_of(world, case)
    assert list(tabs) == ["Summary", "Affected", "Customers", "Notices", "Mass balance"]
    assert [row["quantity"] for row in tabs["Affected"]] == [item["quantity"] for item in items]
    assert {type(row["shipped_on"]) for row in tabs["Affected"]} == {datetime, type(None)}
    told = {row["what"]: row["value"] for row in tabs["Summary"]}
    assert (told["number"], told["batch count"], told["shipped quantity"]) == (
        case["number"],
        case["batch_count"],
        case["shipped_quantity"],
    )
    assert isinstance(told["opened at"], datetime)


def test_the_workbook_has_totals_per_customer_and_the_balance_of_each_root(world: World) -> None:
    case = open_case(world, "A1")

    tabs = read_workbook(world, case)

    totals = {row["customer"]: row for row in tabs["Customers"]}
    assert {
        name: (row["order_count"], row["shipped_quantity"], row["stopped_quantity"]) for name, row in totals.items()
    } == {
        "=Isartor": (1, 300, 100),
        "銀座ショコラ": (3, 57, 80),
    }
    assert sum(row["shipped_quantity"] for row in totals.values()) == case["shipped_quantity"]
    assert {row["customer"]: row["quantity"] for row in tabs["Notices"]} == {"=Isartor": 300, "銀座ショコラ": 57}
    (balance,) = tabs["Mass balance"]
    assert (balance["received"], balance["found"], balance["lost"], balance["is_over"]) == (
        60_000,
        58_800,
        1_200,
        False,
    )


def test_an_unknown_format_is_refused_by_field_and_a_foreign_case_is_not_found(
    world: World, other_maker: Maker
) -> None:
    case = open_case(world, "A1")
    address = f"{CASES}/{case['id']}/export"

    unknown = world.maker.get(f"{address}?format=pdf")
    foreign = other_maker.get(f"{address}?format=xlsx")
    missing = world.maker.get(f"{CASES}/{new_id()}/export?format=xlsx")

    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "format")
    assert (foreign.status_code, foreign.json()["detail"]) == (404, missing.json()["detail"])
