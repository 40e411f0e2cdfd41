"""A case as EPCIS document, as the sheet of 21 CFR 1.1455 and as plots: read back and held against REST."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema_rs
import openpyxl
import pytest
from httpx2 import Response

from provender.kit.ids import new_id
from provender.trace.recall.exports import store
from provender.trace.recall.exports.identities import name_class
from provender.trace.recall.exports.model import ExportedCase
from provender.trace.recall.exports.plots import write_coordinates
from tests.maker import Maker
from tests.trace.recall.cases import CASES, items_of, make_worked_world, open_case
from tests.trace.world import World

STANDARD = Path("../shared/data/epcis/EPCIS-JSON-Schema.json")
"""The schema of GS1 is not ours to pass on; where it lies beside the project, every document must fit it."""
URI = re.compile(r"(urn:uuid:[0-9a-f-]{36}|https?://\S+)")


@pytest.fixture
def world(maker: Maker) -> World:
    return make_worked_world(maker)


def export(world: World, case: dict[str, Any], kind: str) -> Response:
    answer = world.maker.get(f"{CASES}/{case['id']}/export?format={kind}")
    assert answer.status_code == 200, answer.text
    return answer


def epcis_of(world: World, case: dict[str, Any]) -> dict[str, Any]:
    document: dict[str, Any] = export(world, case, "epcis").json()
    for schema in [STANDARD] if STANDARD.exists() else []:
        validator = jsonschema_rs.validator_for(json.loads(schema.read_text()), validate_formats=True)
        assert [error.message for error in validator.iter_errors(document)] == []
    return document


def events_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = document["epcisBody"]["eventList"]
    return events


# ------------------------------------------------------------------ EPCIS


def test_every_process_of_the_case_is_an_event_and_blends_name_all_their_inputs(world: World) -> None:
    case = open_case(world, "A1")

    events = events_of(epcis_of(world, case))

    steps = Counter((event["type"], event["bizStep"]) for event in events)
    assert steps["TransformationEvent", "commissioning"] == 5
    assert steps["ObjectEvent", "receiving"] == 1
    blend = next(event for event in events if len(event.get("inputQuantityList", [])) == 3)
    assert blend["eventID"] == blend["transformationID"]
    assert [element["quantity"] for element in blend["inputQuantityList"]] == [50_000, 20_000, 5_000]
    assert blend["outputQuantityList"] == [
        {"epcClass": f"urn:uuid:{world.batches['M1']}", "quantity": 75_000, "uom": "GRM"}
    ]


def test_shipments_leave_and_what_is_kept_back_is_recalled(world: World) -> None:
    case = open_case(world, "A1")
    items = items_of(world, case)

    events = events_of(epcis_of(world, case))

    shipped = {
        event["eventID"]: event["quantityList"][0]["quantity"] for event in events if event["bizStep"] == "shipping"
    }
    assert shipped == {
        f"urn:uuid:{item['subject_id']}": item["quantity"]
        for item in items
        if item["kind"] == "shipment_line" and item["shipment"]["shipped_at"]
    }
    held = sorted(event["quantityList"][0]["quantity"] for event in events if event.get("disposition") == "recalled")
    assert held == sorted(
        item["quantity"]
        for item in items
        if item["class"] == "contained" and item["kind"] in {"stock", "shipment_line"}
    )
    assert {event["bizStep"] for event in events if event.get("disposition") == "recalled"} == {"holding"}


def test_an_exercise_calls_nothing_recalled(world: World) -> None:
    case = open_case(world, "A1", kind="mock")

    dispositions = {event["disposition"] for event in events_of(epcis_of(world, case))}

    assert "recalled" not in dispositions


def test_times_bear_the_offset_of_the_maker_and_identities_are_uris_that_occur_once(world: World) -> None:
    case = open_case(world, "A1")

    events = events_of(epcis_of(world, case))

    assert all(event["eventTime"].endswith(event["eventTimeZoneOffset"]) for event in events)
    assert {event["eventTimeZoneOffset"] for event in events if event["bizStep"] == "commissioning"} == {"+01:00"}
    ids = [event["eventID"] for event in events]
    assert len(set(ids)) == len(ids)
    assert all(URI.fullmatch(one) for one in ids)


def test_the_header_says_in_words_what_every_uri_means(world: World) -> None:
    case = open_case(world, "A1")
    document = epcis_of(world, case)

    lists = document["epcisHeader"]["epcisMasterData"]["vocabularyList"]

    words = {
        element["id"]: {one["id"].rpartition("#")[2]: one["attribute"] for one in element["attributes"]}
        for vocabulary in lists
        for element in vocabulary["vocabularyElementList"]
    }
    used = {
        element["epcClass"]
        for event in events_of(document)
        for name in ("quantityList", "inputQuantityList", "outputQuantityList")
        for element in event.get(name, [])
    }
    assert used <= set(words)
    assert words[f"urn:uuid:{world.batches['BR2']}"] == {"lotNumber": "BR2", "descriptionShort": "Bar 2"}
    assert words[f"urn:uuid:{world.farms['A']}"] == {"name": "A", "countryCode": "GH"}
    assert words[f"urn:uuid:{world.customers['銀座ショコラ']}"]["name"] == "銀座ショコラ"


def test_a_return_comes_back_as_an_event_of_its_own(world: World) -> None:
    line = next(
        line
        for shipment in [world.maker.get(f"/api/trace/shipments/{world.shipments['O1']}").json()]
        for line in shipment["lines"]
    )
    receipt = world.maker.post(
        "/api/trace/returns",
        {
            "customer_id": str(world.customers["=Isartor"]),
            "lines": [{"shipment_line_id": line["id"], "quantity": 12, "disposition": "restock"}],
        },
    )
    assert receipt.status_code == 201, receipt.text
    case = open_case(world, "A1")

    events = events_of(epcis_of(world, case))

    (back,) = (event for event in events if event.get("disposition") == "returned")
    assert (back["bizStep"], back["quantityList"][0]["quantity"]) == ("receiving", 12)


def test_pages_of_events_join_without_loss(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = open_case(world, "A1")
    whole = events_of(epcis_of(world, case))
    items = items_of(world, case)
    monkeypatch.setattr(store, "PAGE_ROWS", 2)

    before = world.maker.statements()
    paged = events_of(epcis_of(world, case))

    processes = sum(event["bizStep"] in {"commissioning", "receiving"} for event in whole)
    movements = sum(item["kind"] in {"stock", "shipment_line", "return_line"} for item in items)
    assert paged == whole
    assert world.maker.statements() - before == 2 + 2 * (-(-processes // 2) + -(-movements // 2))


def a_case(resolver_origin: str | None) -> ExportedCase:
    return ExportedCase(
        id=new_id(),
        number="RC-1",
        kind="real",
        title="T",
        reason="R",
        opened_at=datetime(2026, 11, 20, tzinfo=UTC),
        organisation_id=new_id(),
        organisation_name="M",
        organisation_country="DE",
        contact_email=None,
        contact_phone=None,
        resolver_origin=resolver_origin,
    )


BATCH = UUID(int=7)


@pytest.mark.parametrize(
    ("gtin", "code", "origin", "name"),
    [
        ("4012345678901", "BR 1", None, f"urn:uuid:{BATCH}"),
        ("4012345678901", "BR-1", None, "https://id.gs1.org/01/04012345678901/10/BR-1"),
        ("4012345678901", "BR/1", "https://id.example.org", "https://id.example.org/01/04012345678901/10/BR%2F1"),
        (None, "BR-1", "https://id.example.org/", f"https://id.example.org/trace/batches/{BATCH}"),
        (None, "BR-1", None, f"urn:uuid:{BATCH}"),
    ],
)
def test_a_lot_with_gtin_is_a_digital_link_and_others_are_named_by_the_maker(
    gtin: str | None, code: str, origin: str | None, name: str
) -> None:
    line = {"gtin": gtin, "batch_id": str(BATCH), "batch_code": code}

    assert name_class(line, a_case(origin)) == name


def test_a_lot_nobody_knows_is_named_by_its_product(world: World) -> None:
    case = open_case(world, "A1")

    events = events_of(epcis_of(world, case))

    classes = [event["quantityList"][0] for event in events if event["bizStep"] == "shipping"]
    assert {"epcClass": f"urn:uuid:{world.products['Bar 1']}", "quantity": 7} in classes


# ------------------------------------------------------------------ 21 CFR 1.1455


def sheets_of(world: World, case: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(export(world, case, "fsma").content))
    found: dict[str, list[dict[str, Any]]] = {}
    for tab in book.worksheets:
        heading, *rows = tab.iter_rows(values_only=True)
        found[tab.title] = [dict(zip(map(str, heading), row, strict=True)) for row in rows]
    return found


def test_the_sheet_has_a_tab_per_critical_tracking_event_and_says_what_it_is_not(world: World) -> None:
    case = open_case(world, "A1")

    sheets = sheets_of(world, case)

    assert list(sheets) == ["Shipping 1.1340", "Receiving 1.1345", "Transformation 1.1350", "About"]
    assert any("not on the Food Traceability List" in row["note"] for row in sheets["About"])


def test_key_data_elements_are_those_of_the_record(world: World) -> None:
    case = open_case(world, "A1")

    sheets = sheets_of(world, case)

    shipped = {
        (row["traceability lot code"], row["quantity"], row["date shipped"]) for row in sheets["Shipping 1.1340"]
    }
    assert shipped == {
        ("BR1", 300, datetime(2026, 3, 23)),  # noqa: DTZ001  # a spreadsheet knows no zones
        ("BR2", 50, datetime(2026, 3, 23)),  # noqa: DTZ001
        ("unknown", 7, datetime(2026, 3, 23)),  # noqa: DTZ001
    }
    (received,) = sheets["Receiving 1.1345"]
    assert (received["traceability lot code"], received["location of the immediate previous source"]) == ("A1", "A, GH")
    used = [row for row in sheets["Transformation 1.1350"] if row["used or new"] == "used"]
    new = [row for row in sheets["Transformation 1.1350"] if row["used or new"] == "new"]
    assert (len(used), len(new)) == (2 + 3 + 1 + 3 + 1, 2 + 1 + 3 + 1 + 2)
    assert all(row["reference document number"] for row in (*used, *new))


# ------------------------------------------------------------------ plots


def add_plot(world: World, farm: str, name: str, geometry: Any, *, area: str | None = None) -> str:
    body = {"name": name, "geometry": geometry, "area_ha": area}
    answer = world.maker.post(f"/api/trace/farms/{world.farms[farm]}/plots", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-1.5, 6.5], [-1.4, 6.5], [-1.4, 6.612345678], [-1.5, 6.6], [-1.5, 6.5]]],
}


def test_the_plots_behind_the_roots_are_features_that_the_eudr_reads(world: World) -> None:
    first = add_plot(world, "A", "North", {"type": "Point", "coordinates": [-1.25, 6.5]}, area="3.5")
    second = add_plot(world, "A", "South", SQUARE)
    add_plot(world, "A", "Unmeasured", None)
    add_plot(world, "B", "Elsewhere", {"type": "Point", "coordinates": [-79.5, -1.5]})
    case = open_case(world, "A1")

    answer = export(world, case, "geojson")

    plots = answer.json()
    assert {feature["id"] for feature in plots["features"]} == {first, second}
    north = next(feature for feature in plots["features"] if feature["id"] == first)
    assert north["properties"] == {
        "ProducerName": "A",
        "ProducerCountry": "GH",
        "ProductionPlace": "North",
        "Area": 3.5,
        "Farm": "A",
        "Batches": ["A1"],
        "IsRecorded": False,
    }
    assert plots["plots_without_geometry"] == ["A, Unmeasured"]
    assert "[-1.250000,6.500000]" in answer.text
    assert "6.612345678" in answer.text


def test_of_a_batch_with_known_plots_only_these_count(world: World) -> None:
    known = add_plot(world, "A", "North", {"type": "Point", "coordinates": [-1.25, 6.5]})
    add_plot(world, "A", "South", SQUARE)
    world.run(
        "INSERT INTO trace.batch_origin (organisation_id, batch_id, plot_id, farm_id)"
        " VALUES (%(organisation_id)s, %(batch)s, %(plot)s, %(farm)s)",
        batch=world.batches["A1"],
        plot=UUID(known),
        farm=world.farms["A"],
    )
    case = open_case(world, "A1")

    (feature,) = export(world, case, "geojson").json()["features"]

    assert (feature["id"], feature["properties"]["IsRecorded"]) == (known, True)


def test_a_case_whose_roots_grew_nowhere_has_a_collection_without_features(world: World) -> None:
    case = open_case(world, "S1")

    assert export(world, case, "geojson").json()["features"] == []


@pytest.mark.parametrize("degrees", ["-1.25", "6", "13.4049541234567", "-0.0000001", "1e-7"])
def test_coordinates_have_six_decimals_at_least_and_lose_none(degrees: str) -> None:
    written = write_coordinates(json.loads(degrees))

    assert float(written) == float(degrees)
    assert len(written.partition(".")[2]) >= 6


@pytest.mark.parametrize("kind", ["epcis", "fsma", "geojson"])
def test_files_bear_the_number_of_the_case_and_foreign_cases_are_not_found(
    world: World, other_maker: Maker, kind: str
) -> None:
    case = open_case(world, "A1")

    answer = export(world, case, kind)

    assert f'filename="{case["number"]}-' in answer.headers["content-disposition"]
    assert other_maker.get(f"{CASES}/{case['id']}/export?format={kind}").status_code == 404
