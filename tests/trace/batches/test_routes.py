"""REST of batches: lists with counts, the balance, relations one step away, changes."""

from __future__ import annotations

from typing import Any

import pytest

from provender.trace.batches.payloads import (
    BatchDetail,
    BatchList,
    InputRelationList,
    MovementList,
    OutputRelationList,
)
from tests.maker import Maker
from tests.trace.workshop import Workshop, fault

MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"
LIST = "/api/trace/batches"
RELATIONS = ("inputs", "outputs", "movements")


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    return Workshop(maker)


def make_bars(workshop: Workshop, code: str = "BR1", pieces: int = 100) -> None:
    """Receive mass and mould it into bars."""
    if "bar" not in workshop.world.products:
        workshop.world.product("bar")
    workshop.receive(f"M-{code}", "mass", 10)
    workshop.record("mould", [workshop.taken(f"M-{code}", 6)], [workshop.new(code, "bar", pieces, "piece")])


def listed(workshop: Workshop, query: str = "") -> dict[str, dict[str, Any]]:
    """Return the batches of a list by code, in its order."""
    answer = workshop.maker.get(f"{LIST}{query}")
    assert answer.status_code == 200, answer.text
    BatchList.model_validate(answer.json())
    return {batch["code"]: batch for batch in answer.json()["items"]}


def test_a_batch_with_no_orders_is_listed_with_zero(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)

    batch = listed(workshop)["A1"]

    assert (batch["order_count"], batch["customer_count"], batch["is_held"]) == (0, 0, False)
    assert batch["quantities"] == {
        "produced": 60_000,
        "adjusted": 0,
        "used": 0,
        "shipped": 0,
        "returned": 0,
        "scrapped": 0,
        "allocated": 0,
        "on_hand": 60_000,
    }


def test_orders_are_counted_once_whatever_lines_allocations_and_shipments_they_have(workshop: Workshop) -> None:
    make_bars(workshop)
    world = workshop.world
    world.order("SO-1", "Isar", [("bar", 20), ("bar", 10)])
    world.ship("SO-1", [("BR1", 5), ("BR1", 5)], name="first")
    world.ship("SO-1", [("BR1", 4)], line=1, name="second")
    world.allocate("SO-1", "BR1", 3)
    world.order("SO-2", "Isar", [("bar", 20)])
    world.allocate("SO-2", "BR1", 7)
    world.order("SO-3", "Sakura", [("bar", 2)])
    world.allocate("SO-3", "BR1", 2)

    batch = listed(workshop)["BR1"]

    assert (batch["order_count"], batch["customer_count"]) == (3, 2)
    assert (batch["quantities"]["shipped"], batch["quantities"]["allocated"]) == (14, 12)
    assert batch["quantities"]["on_hand"] == 86


def test_cancelled_orders_and_released_pieces_are_no_orders(workshop: Workshop) -> None:
    make_bars(workshop)
    make_bars(workshop, "BR2")
    world = workshop.world
    world.order("SO-1", "Isar", [("bar", 20)])
    world.allocate("SO-1", "BR1", 5)
    world.move("SO-1", "cancelled")
    world.order("SO-2", "Isar", [("bar", 20)])
    world.allocate("SO-2", "BR2", 5)

    with_orders = listed(workshop, "?has_orders=true")
    without = listed(workshop, "?has_orders=false")

    assert list(with_orders) == ["BR2"]
    assert set(without) == {"BR1", "M-BR1", "M-BR2"}
    assert without["BR1"]["order_count"] == 0


def test_a_batch_is_found_by_its_code_however_it_is_written(workshop: Workshop) -> None:
    for code in ("L-2026/14", "2026/15", "15"):
        workshop.receive(code, "beans", 1)

    assert list(listed(workshop, "?code=lot%202026/14")) == ["L-2026/14"]
    assert set(listed(workshop, "?code=2026/1")) == {"L-2026/14", "2026/15"}
    assert list(listed(workshop, "?code=15")) == ["15"]
    assert listed(workshop, "?code=9") == {}


def test_a_list_is_narrowed_by_what_a_batch_is(workshop: Workshop) -> None:
    make_bars(workshop)
    world = workshop.world
    farm = world.farm("Finca")
    workshop.receive("A1", "beans", 60, farm_id=str(farm), made_on="2026-03-02", best_before_on="2027-03-02")

    for query in (
        f"?farm={farm}",
        f"?material={world.materials['beans']}",
        "?best_before=2027-03-02",
        "?made_to=2026-03-02",
        "?made_from=2026-03-01&made_to=2026-03-02",
    ):
        assert list(listed(workshop, query)) == ["A1"], query
    assert list(listed(workshop, f"?product={world.products['bar']}")) == ["BR1"]
    assert listed(workshop, "?made_to=2026-03-01") == {}


def test_batches_are_paged_without_loss_or_repetition(workshop: Workshop) -> None:
    codes = [f"B{number}" for number in range(7)]
    for code in codes:
        workshop.receive(code, "beans", 1, made_on="2026-03-02")
    seen: list[str] = []
    address: str | None = f"{LIST}?limit=3"

    while address:
        page = workshop.maker.get(address).json()
        seen += [batch["code"] for batch in page["items"]]
        address = page["next"]

    assert seen == codes[::-1]


def test_the_balance_of_a_batch_adds_up(workshop: Workshop) -> None:
    make_bars(workshop)
    world = workshop.world
    world.order("SO-1", "Isar", [("bar", 20)])
    world.ship("SO-1", [("BR1", 20)])
    send_back(workshop, 4, "restock")
    send_back(workshop, 1, "destroy")
    workshop.record("scrap", [workshop.taken("BR1", 3, "piece")], [])
    workshop.record("split", [workshop.taken("BR1", 10, "piece")], [workshop.new("BR3", "bar", 10, "piece")])
    workshop.maker.post(f"{LIST}/{workshop.batches['BR1']}/counts", {"quantity": 69, "unit": "piece"})

    quantities = workshop.batch("BR1")["quantities"]

    assert quantities == {
        "produced": 100,
        "adjusted": -2,
        "used": 10,
        "shipped": 20,
        "returned": 5,
        "scrapped": 4,
        "allocated": 0,
        "on_hand": 69,
    }
    assert quantities["on_hand"] == (
        quantities["produced"]
        + quantities["adjusted"]
        - quantities["used"]
        - quantities["scrapped"]
        - quantities["shipped"]
        + quantities["returned"]
    )
    assert sum(movement["change"] for movement in related(workshop, "BR1", "movements")) == 69


def send_back(workshop: Workshop, pieces: int, disposition: str) -> None:
    """Return pieces of the first shipment line."""
    workshop.world.run(
        "WITH receipt AS (INSERT INTO trace.return_receipt (organisation_id, number, customer_id, recorded_by_name)"
        " SELECT organisation_id, %(disposition)s, customer_id, 'test' FROM trace.shipment_line"
        " WHERE organisation_id = %(organisation_id)s RETURNING id)"
        " INSERT INTO trace.return_line (organisation_id, return_receipt_id, customer_id, shipment_line_id, quantity,"
        " disposition) SELECT line.organisation_id, receipt.id, line.customer_id, line.id, %(pieces)s, %(disposition)s"
        " FROM trace.shipment_line AS line CROSS JOIN receipt WHERE line.organisation_id = %(organisation_id)s",
        disposition=disposition,
        pieces=pieces,
    )


def related(workshop: Workshop, code: str, relation: str) -> list[dict[str, Any]]:
    """Return a relation of a batch."""
    answer = workshop.maker.get(f"{LIST}/{workshop.batches[code]}/{relation}")
    assert answer.status_code == 200, answer.text
    {"inputs": InputRelationList, "outputs": OutputRelationList, "movements": MovementList}[relation].model_validate(
        answer.json()
    )
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_relations_go_one_step_and_do_not_multiply(workshop: Workshop) -> None:
    for code, material in (("A1", "beans"), ("B1", "beans"), ("S1", "sugar")):
        workshop.receive(code, material, 60)
    workshop.record(
        "roast",
        [workshop.taken("A1", 10), workshop.taken("A1", 5), workshop.taken("B1", 10)],
        [workshop.new("N1", "nibs", 20), workshop.new("H1", "shell", 4, role="byproduct")],
    )
    workshop.record("grind", [workshop.taken("N1", 20), workshop.taken("S1", 5)], [workshop.new("M1", "mass", 25)])

    inputs = related(workshop, "N1", "inputs")
    outputs = related(workshop, "A1", "outputs")

    assert {(row["batch"]["code"], row["quantity"]) for row in inputs} == {("A1", 15_000), ("B1", 10_000)}
    assert {(row["batch"]["code"], row["role"], row["quantity"]) for row in outputs} == {
        ("N1", "good", 20_000),
        ("H1", "byproduct", 4_000),
    }
    assert [row["batch"]["code"] for row in related(workshop, "M1", "inputs")] in (["N1", "S1"], ["S1", "N1"])


def test_a_batch_without_relations_answers_an_empty_list_and_a_missing_one_404(
    workshop: Workshop, other_maker: Maker
) -> None:
    workshop.receive("A1", "beans", 60)
    address = f"{LIST}/{workshop.batches['A1']}"

    for relation in RELATIONS[:2]:
        assert related(workshop, "A1", relation) == []
    for path in ("", *(f"/{relation}" for relation in RELATIONS)):
        foreign, absent = other_maker.get(f"{address}{path}"), other_maker.get(f"{LIST}/{MISSING}{path}")
        assert foreign.status_code == absent.status_code == 404
        assert {**foreign.json(), "instance": ""} == {**absent.json(), "instance": ""}


@pytest.mark.parametrize("relation", RELATIONS)
def test_relations_are_paged_without_loss(workshop: Workshop, relation: str) -> None:
    workshop.receive("A1", "beans", 60)
    for number in range(5):
        workshop.record("split", [workshop.taken("A1", 1)], [workshop.new(f"P{number}", "beans", 1)])
    workshop.record("merge", [workshop.taken(f"P{number}", 1) for number in range(5)], [workshop.new("A2", "beans", 5)])
    code = "A2" if relation == "inputs" else "A1"
    whole = related(workshop, code, relation)
    pages: list[dict[str, Any]] = []
    address: str | None = f"{LIST}/{workshop.batches[code]}/{relation}?limit=2"

    while address:
        page = workshop.maker.get(address).json()
        pages += page["items"]
        address = page["next"]

    assert len(whole) >= 5
    assert pages == whole


def test_void_processes_are_no_relations_and_no_movements(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    roast = workshop.record("roast", [workshop.taken("A1", 10)], [workshop.new("N1", "nibs", 8)])
    workshop.maker.post(f"/api/trace/processes/{roast['id']}/reversal", {"note": "Wrong drum"})

    assert related(workshop, "A1", "outputs") == related(workshop, "N1", "inputs") == []
    assert related(workshop, "N1", "movements") == []
    assert listed(workshop)["N1"]["quantities"]["produced"] == 0


def test_a_batch_is_changed_where_nobody_relies_on_it_yet(workshop: Workshop) -> None:
    farm = workshop.world.farm("Finca")
    workshop.receive("A1", "beans", 60)
    address = f"{LIST}/{workshop.batches['A1']}"
    staff = workshop.maker.acting_as("staff")

    changed = staff.patch(address, {"farm_id": str(farm), "note": "Moist bags"}, version=1)

    assert changed.status_code == 200, changed.text
    BatchDetail.model_validate(changed.json())
    assert (changed.json()["farm"]["name"], changed.json()["note"]) == ("Finca", "Moist bags")
    assert changed.headers["etag"] == '"2"' == staff.get(address).headers["etag"]
    assert staff.patch(address, {"note": None}, version=2).json()["farm"]["name"] == "Finca"
    assert staff.patch(address, {"note": "again"}, version=2).status_code == 412
    assert staff.patch(address, {"note": "again"}).status_code == 428
    assert fault(staff.patch(address, {"code": "A2"}, version=3)) == (422, "input.invalid", ["code"])
    assert fault(staff.patch(address, {"farm_id": MISSING}, version=3)) == (422, "batch.origin_unknown", ["farm_id"])
    assert fault(staff.patch(address, {"best_before_on": "1999-01-01"}, version=3))[1] == "batch.dates_reversed"
    assert staff.patch(f"{LIST}/{MISSING}", {"note": "x"}, version=1).status_code == 404


def test_the_origin_of_a_batch_in_use_is_a_managers_to_correct(workshop: Workshop) -> None:
    farm = workshop.world.farm("Finca")
    workshop.receive("A1", "beans", 60)
    workshop.record("roast", [workshop.taken("A1", 10)], [workshop.new("N1", "nibs", 8)])
    address = f"{LIST}/{workshop.batches['A1']}"

    by_staff = workshop.maker.acting_as("staff").patch(address, {"farm_id": str(farm)}, version=1)
    by_manager = workshop.maker.acting_as("manager").patch(address, {"farm_id": str(farm)}, version=1)

    assert by_staff.status_code == 403
    assert by_manager.json()["farm"]["name"] == "Finca"


def test_unknown_filters_and_malformed_ids_are_refused_by_name(workshop: Workshop) -> None:
    assert fault(workshop.maker.get(f"{LIST}?colour=red")) == (400, "request.unknown_parameter", ["colour"])
    assert fault(workshop.maker.get(f"{LIST}?farm=7")) == (422, "input.invalid", ["farm"])
    assert fault(workshop.maker.get(f"{LIST}?made_from=yesterday")) == (422, "input.invalid", ["made_from"])
    assert workshop.maker.get(f"{LIST}/7").status_code == 404


@pytest.mark.parametrize(
    "path", ["", "?has_orders=true&code=1", "/{id}", "/{id}/inputs", "/{id}/outputs", "/{id}/movements"]
)
def test_a_question_costs_two_statements(workshop: Workshop, path: str) -> None:
    batch_id = workshop.receive("A1", "beans", 60)
    counter = workshop.maker.statements()

    workshop.maker.get(LIST + path.format(id=batch_id))

    assert workshop.maker.statements() - counter == 2
