"""REST of holds, and what a hold stops."""

from __future__ import annotations

from typing import Any

import pytest

from provender.trace.holds.payloads import Hold, HoldList
from tests.maker import Maker
from tests.trace.workshop import Workshop, fault

MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"
HOLDS = "/api/trace/holds"


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    return Workshop(maker.acting_as("staff"))


def hold(workshop: Workshop, code: str, reason: str = "Smells of smoke") -> dict[str, Any]:
    answer = workshop.maker.post(f"/api/trace/batches/{workshop.batches[code]}/holds", {"reason": reason})
    assert answer.status_code == 201, answer.text
    placed: dict[str, Any] = answer.json()
    return placed


def release(workshop: Workshop, hold_id: str, role: str = "manager") -> Any:
    return workshop.maker.acting_as(role).post(f"{HOLDS}/{hold_id}/release", {"reason": "Tasted, good"})


def test_a_held_batch_is_not_used_until_a_manager_releases_it(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    placed = hold(workshop, "A1")
    roast = [workshop.taken("A1", 1)], [workshop.new("N1", "nibs", 1)]

    refused = workshop.send("roast", *roast)
    by_staff = release(workshop, placed["id"], "staff")
    by_manager = release(workshop, placed["id"])
    recorded = workshop.send("roast", *roast)

    assert fault(refused) == (409, "batch.held", ["inputs.0.quantity"])
    assert by_staff.status_code == 403
    assert (by_manager.status_code, by_manager.json()["release_reason"]) == (200, "Tasted, good")
    assert recorded.status_code == 201


def test_a_hold_says_who_placed_it_why_and_what_is_there(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)

    placed = hold(workshop, "A1")

    Hold.model_validate(placed)
    assert placed == workshop.maker.get(f"{HOLDS}/{placed['id']}").json()
    assert (placed["placed_by_name"], placed["reason"], placed["batch"]["on_hand"]) == (
        "Staff",
        "Smells of smoke",
        60_000,
    )
    assert workshop.batch("A1")["is_held"]
    assert [entry["id"] for entry in workshop.batch("A1")["holds"]] == [placed["id"]]


def test_a_batch_with_two_holds_is_free_when_both_are_released(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    first, second = hold(workshop, "A1"), hold(workshop, "A1", "Metal")

    release(workshop, first["id"])
    still_held = workshop.batch("A1")["is_held"]
    release(workshop, second["id"])

    assert still_held
    assert not workshop.batch("A1")["is_held"]
    assert fault(release(workshop, first["id"]))[:2] == (409, "hold.released")


def test_holds_are_listed_by_state_and_batch(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    workshop.receive("B1", "beans", 60)
    first, second = hold(workshop, "A1"), hold(workshop, "B1")
    release(workshop, first["id"])

    def listed(query: str = "") -> list[str]:
        answer = workshop.maker.get(f"{HOLDS}{query}")
        HoldList.model_validate(answer.json())
        return [entry["id"] for entry in answer.json()["items"]]

    assert listed() == [second["id"], first["id"]]
    assert listed("?active=true") == [second["id"]]
    assert listed("?active=false") == [first["id"]]
    assert listed(f"?batch={workshop.batches['A1']}") == [first["id"]]
    assert workshop.maker.get(f"{HOLDS}?limit=1").json()["next"]


def test_bad_holds_are_refused_by_field_and_place_nothing(workshop: Workshop, other_maker: Maker) -> None:
    workshop.receive("A1", "beans", 60)
    address = f"/api/trace/batches/{workshop.batches['A1']}/holds"
    placed = hold(workshop, "A1")

    assert fault(workshop.maker.post(address, {"reason": "  "})) == (422, "input.invalid", ["reason"])
    assert fault(workshop.maker.post(address, {"reason": "x", "until": "May"}))[2] == ["until"]
    assert workshop.maker.post(f"/api/trace/batches/{MISSING}/holds", {"reason": "x"}).status_code == 404
    assert other_maker.post(address, {"reason": "x"}).status_code == 404
    assert other_maker.get(f"{HOLDS}/{placed['id']}").status_code == 404
    assert other_maker.post(f"{HOLDS}/{placed['id']}/release", {"reason": "x"}).status_code == 404
    assert release(workshop, MISSING).status_code == 404
    assert len(workshop.maker.get(HOLDS).json()["items"]) == 1


def test_a_list_of_holds_costs_two_statements(workshop: Workshop) -> None:
    counter = workshop.maker.statements()

    workshop.maker.get(HOLDS)

    assert workshop.maker.statements() - counter == 2
