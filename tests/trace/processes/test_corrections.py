"""A wrong record is reversed, never edited; a stocktaking books the difference."""

from __future__ import annotations

from typing import Any

import pytest

from tests.maker import Maker
from tests.trace.workshop import Workshop, fault

MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"
PROCESSES = "/api/trace/processes"


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    return Workshop(maker.acting_as("staff"))


def reverse(workshop: Workshop, process: dict[str, Any], note: str = "Entered twice") -> Any:
    return workshop.maker.post(f"{PROCESSES}/{process['id']}/reversal", {"note": note})


def count(workshop: Workshop, code: str, quantity: object, unit: str = "kg") -> Any:
    return workshop.maker.post(
        f"/api/trace/batches/{workshop.batches[code]}/counts", {"quantity": quantity, "unit": unit}
    )


def test_a_reversal_restores_what_was_there_and_both_stay_visible(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    roast = workshop.record("roast", [workshop.taken("A1", 25)], [workshop.new("N1", "nibs", 20)])

    reversal = reverse(workshop, roast)

    assert reversal.status_code == 201, reversal.text
    assert (reversal.json()["kind"], reversal.json()["note"]) == ("reversal", "Entered twice")
    assert (workshop.on_hand("A1"), workshop.on_hand("N1")) == (60_000, 0)
    reread = workshop.maker.get(f"{PROCESSES}/{roast['id']}").json()
    assert (reread["is_void"], reread["reversed_by_process_id"]) == (True, reversal.json()["id"])
    kinds = [row["kind"] for row in workshop.maker.get(PROCESSES).json()["items"]]
    assert sorted(kinds) == ["receive", "reversal", "roast"]
    assert [row["id"] for row in workshop.maker.get(f"{PROCESSES}?void=true").json()["items"]] == [roast["id"]]


def test_what_was_used_since_is_reversed_first(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    roast = workshop.record("roast", [workshop.taken("A1", 25)], [workshop.new("N1", "nibs", 20)])
    grind = workshop.record("grind", [workshop.taken("N1", 1)], [workshop.new("M1", "mass", 1)])

    refused = reverse(workshop, roast)
    reverse(workshop, grind)
    accepted = reverse(workshop, roast)

    assert fault(refused)[:2] == (409, "process.output_used")
    assert "N1" in refused.json()["detail"]
    assert accepted.status_code == 201


def test_what_is_set_aside_for_orders_keeps_its_process(workshop: Workshop) -> None:
    workshop.world.product("bar")
    workshop.receive("M1", "mass", 6)
    mould = workshop.record("mould", [workshop.taken("M1", 6)], [workshop.new("BR1", "bar", 100, "piece")])
    workshop.world.order("SO-1", "Isar", [("bar", 20)])
    workshop.world.allocate("SO-1", "BR1", 5)

    refused = reverse(workshop, mould)

    assert fault(refused)[:2] == (409, "process.output_used")
    assert "set aside" in refused.json()["detail"]
    assert workshop.on_hand("BR1") == 100


def test_a_process_is_reversed_once_and_a_reversal_never(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    roast = workshop.record("roast", [workshop.taken("A1", 25)], [workshop.new("N1", "nibs", 20)])
    reversal = reverse(workshop, roast).json()

    assert fault(reverse(workshop, roast))[:2] == (409, "process.already_reversed")
    assert fault(reverse(workshop, reversal))[:2] == (409, "process.reversal_irreversible")
    assert fault(workshop.maker.post(f"{PROCESSES}/{roast['id']}/reversal", {"note": " "}))[2] == ["note"]
    assert workshop.maker.post(f"{PROCESSES}/{MISSING}/reversal", {"note": "x"}).status_code == 404


def test_where_a_batch_is_on_hold_a_manager_reverses(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    roast = workshop.record("roast", [workshop.taken("A1", 25)], [workshop.new("N1", "nibs", 20)])
    workshop.maker.post(f"/api/trace/batches/{workshop.batches['N1']}/holds", {"reason": "Smells of smoke"})

    by_staff = reverse(workshop, roast)
    by_manager = workshop.maker.acting_as("manager").post(f"{PROCESSES}/{roast['id']}/reversal", {"note": "Wrong"})

    assert by_staff.status_code == 403
    assert by_manager.status_code == 201


def test_rework_is_reversed_whole(workshop: Workshop) -> None:
    workshop.receive("M1", "mass", 60)
    into_itself = {"batch_code": "M1", "quantity": 5, "unit": "kg"}
    rework = workshop.record("rework", [workshop.taken("M1", 10)], [into_itself])

    assert workshop.on_hand("M1") == 55_000
    assert reverse(workshop, rework).status_code == 201
    assert workshop.on_hand("M1") == 60_000


def test_a_count_books_the_difference_either_way(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)

    missed = count(workshop, "A1", "58.5")
    found = count(workshop, "A1", 59)
    agreed = count(workshop, "A1", 59_000, "g")
    nothing = count(workshop, "A1", 0)

    assert [line["quantity"] for line in missed.json()["inputs"]] == [1500]
    assert [line["quantity"] for line in found.json()["outputs"]] == [500]
    assert fault(agreed) == (409, "process.count_agrees", ["quantity"])
    assert nothing.status_code == 201
    assert workshop.on_hand("A1") == 0
    assert workshop.batch("A1")["quantities"]["adjusted"] == -60_000


def test_a_count_is_read_like_any_quantity(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)

    assert fault(count(workshop, "A1", -1)) == (422, "input.invalid", ["quantity"])
    assert fault(count(workshop, "A1", 1, "l")) == (422, "quantity.wrong_dimension", ["unit"])
    assert workshop.maker.post(f"/api/trace/batches/{MISSING}/counts", {"quantity": 1, "unit": "kg"}).status_code == 404


def test_scrap_and_counts_record_what_is_so_even_of_held_and_reserved_goods(workshop: Workshop) -> None:
    workshop.world.product("bar")
    workshop.receive("M1", "mass", 6)
    workshop.record("mould", [workshop.taken("M1", 6)], [workshop.new("BR1", "bar", 100, "piece")])
    workshop.world.order("SO-1", "Isar", [("bar", 80)])
    workshop.world.allocate("SO-1", "BR1", 80)

    used = workshop.send("rework", [workshop.taken("BR1", 30, "piece")], [workshop.new("W1", "rework", 1)])
    workshop.maker.post(f"/api/trace/batches/{workshop.batches['BR1']}/holds", {"reason": "Burnt"})
    scrapped = workshop.send("scrap", [workshop.taken("BR1", 30, "piece")], [])

    assert fault(used) == (409, "batch.set_aside", ["inputs.0.quantity"])
    assert scrapped.status_code == 201
    assert workshop.on_hand("BR1") == 70


def test_processes_are_listed_by_kind_batch_and_day_of_the_organisation(workshop: Workshop) -> None:
    workshop.record(
        "receive", [], [workshop.new("A1", "beans", 1)], finished_at="2026-03-02T23:30:00Z", equipment="Ramp"
    )
    workshop.receive("B1", "beans", 1)

    def listed(query: str) -> list[str]:
        answer = workshop.maker.get(f"{PROCESSES}?{query}")
        assert answer.status_code == 200, answer.text
        return [process["outputs"][0]["code"] for process in answer.json()["items"]]

    assert listed("from=2026-03-03&to=2026-03-03") == ["A1"], "23:30 in London is the next day in Berlin"
    assert listed("to=2026-03-02") == []
    assert listed(f"batch={workshop.batches['B1']}") == ["B1"]
    assert listed("kind=receive") == ["B1", "A1"]
    assert listed("kind=roast") == []
    assert fault(workshop.maker.get(f"{PROCESSES}?kind=eat")) == (422, "input.invalid", ["kind"])
    assert fault(workshop.maker.get(f"{PROCESSES}?day=1"))[1] == "request.unknown_parameter"


def test_a_list_of_processes_costs_at_most_three_statements(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 1)
    counter = workshop.maker.statements()

    workshop.maker.get(PROCESSES)
    without_day = workshop.maker.statements() - counter
    workshop.maker.get(f"{PROCESSES}?from=2026-03-02")

    assert without_day == 2
    assert workshop.maker.statements() - counter == 4


def test_processes_are_paged_without_loss_or_repetition(workshop: Workshop) -> None:
    for number in range(5):
        workshop.record("receive", [], [workshop.new(f"A{number}", "beans", 1)], finished_at="2026-03-02T08:00:00Z")
    seen: list[str] = []
    address: str | None = f"{PROCESSES}?limit=2"

    while address:
        page = workshop.maker.get(address).json()
        seen += [process["outputs"][0]["code"] for process in page["items"]]
        address = page["next"]

    assert seen == ["A4", "A3", "A2", "A1", "A0"]


def test_a_process_of_another_tenant_answers_as_one_that_does_not_exist(workshop: Workshop, other_maker: Maker) -> None:
    workshop.receive("A1", "beans", 1)
    process_id = workshop.maker.get(PROCESSES).json()["items"][0]["id"]

    foreign, absent = other_maker.get(f"{PROCESSES}/{process_id}"), other_maker.get(f"{PROCESSES}/{MISSING}")

    assert foreign.status_code == absent.status_code == 404
    assert {**foreign.json(), "instance": ""} == {**absent.json(), "instance": ""}
    assert other_maker.post(f"{PROCESSES}/{process_id}/reversal", {"note": "x"}).status_code == 404
