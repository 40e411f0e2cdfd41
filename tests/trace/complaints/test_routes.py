"""REST of complaints."""

from __future__ import annotations

import pytest

from provender.kit.ids import new_id
from provender.trace.complaints import payloads
from tests.maker import Maker
from tests.trace.world import World

PATH = "/api/trace/complaints"


@pytest.fixture
def world(maker: Maker) -> World:
    """One bar batch, shipped to a shop in Munich."""
    world = World(maker.acting_as("staff"))
    world.product("Dark 70")
    world.receive("H1", "beans", 10_000)
    world.batch("L2604-7", "Dark 70")
    world.process("mould", {"H1": 9000}, {"L2604-7": 100})
    world.order("O1", "Isartor", [("Dark 70", 10)])
    world.ship("O1", [("L2604-7", 10)])
    return world


def complain(world: World, **changes: object) -> str:
    """Record a complaint of the shop and return its address."""
    body = {
        "description": "Tastes of soap",
        "customer_id": str(world.customers["Isartor"]),
        "reported_code": "lot 2604-7",
    }
    answer = world.maker.post(PATH, {**body, **changes})
    assert answer.status_code == 201, answer.text
    payloads.Complaint.model_validate(answer.json())
    return answer.headers["location"]


def test_a_complaint_keeps_the_code_as_read_and_proposes_the_batch_with_reasons(world: World) -> None:
    address = complain(world)

    candidates = world.maker.get(f"{address}/candidates").json()

    payloads.CandidateList.model_validate(candidates)
    assert world.maker.get(address).json()["reported_code"] == "lot 2604-7"
    assert [(one["code"], one["signs"]) for one in candidates["items"]] == [
        ("L2604-7", ["code_normalised", "shipped_to_customer"])
    ]


def test_a_complaint_is_identified_closed_with_a_reason_and_opened_again(world: World) -> None:
    address = complain(world)
    batch_id = str(world.batches["L2604-7"])

    assert world.maker.post(f"{address}/moves", {"to": "identified"}).json()["errors"][0]["field"] == "batch_id"
    assert world.maker.post(f"{address}/moves", {"to": "closed"}).json()["errors"][0]["field"] == "reason"
    identified = world.maker.post(f"{address}/moves", {"to": "identified", "batch_id": batch_id}).json()
    closed = world.maker.post(f"{address}/moves", {"to": "closed", "reason": "Replaced"}).json()
    refused = world.maker.post(f"{address}/moves", {"to": "identified", "batch_id": batch_id})
    opened = world.maker.post(f"{address}/moves", {"to": "open"}).json()

    assert (identified["state"], identified["batch"]["code"]) == ("identified", "L2604-7")
    assert (closed["state"], closed["closed_reason"]) == ("closed", "Replaced")
    assert (refused.status_code, refused.json()["code"]) == (409, "complaint.move_refused")
    assert (opened["state"], opened["closed_reason"]) == ("open", None)


def test_unknown_things_and_future_times_are_refused_by_field_and_nothing_is_saved(world: World) -> None:
    for field, value in (
        ("customer_id", str(new_id())),
        ("product_id", str(new_id())),
        ("received_at", "2999-01-01T00:00:00Z"),
        ("received_at", "2026-01-01T00:00:00"),
        ("description", "  "),
        ("colour", "red"),
    ):
        refused = world.maker.post(PATH, {"description": "Soap", field: value})
        assert refused.status_code == 422, refused.text
        assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert world.maker.get(PATH).json()["items"] == []


def test_a_complaint_of_another_tenants_customer_cannot_be_recorded(world: World, other_maker: Maker) -> None:
    foreign = str(world.customers["Isartor"])

    refused = other_maker.post(PATH, {"description": "Soap", "customer_id": foreign})

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "customer_id"


def test_complaints_are_listed_newest_first_by_state_in_two_statements(world: World) -> None:
    first, second = complain(world), complain(world)
    world.maker.post(f"{first}/moves", {"to": "closed", "reason": "Twice reported"})
    before = world.maker.statements()

    listed = world.maker.get(f"{PATH}?state=open").json()

    assert world.maker.statements() - before == 2
    payloads.ComplaintList.model_validate(listed)
    assert [one["id"] for one in listed["items"]] == [second.rsplit("/", 1)[-1]]
    assert len(world.maker.get(f"{PATH}?limit=1").json()["items"]) == 1
    assert world.maker.get(f"{PATH}?state=lost").status_code == 422


def test_a_correction_needs_the_version_that_was_read(world: World) -> None:
    address = complain(world)
    body = {"description": "Tastes of soap, two bars"}

    assert world.maker.put(address, body).status_code == 428
    assert world.maker.put(address, body, version=1).json()["description"] == body["description"]
    assert world.maker.put(address, body, version=1).status_code == 412
