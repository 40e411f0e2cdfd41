"""REST of farms."""

from __future__ import annotations

from tests.maker import Maker

FARM = {"name": "Finca Elvesia", "country": "DO", "region": "Hato Mayor"}


def test_a_farm_that_was_added_is_answered_and_listed_with_zero_batches(maker: Maker) -> None:
    added = maker.post("/api/trace/farms", FARM)

    assert added.status_code == 201, added.text
    assert maker.get(added.headers["location"]).json() == added.json()
    assert [(farm["name"], farm["batch_count"]) for farm in maker.get("/api/trace/farms").json()["items"]] == [
        ("Finca Elvesia", 0)
    ]


def test_a_farm_of_another_tenant_answers_as_one_that_does_not_exist(maker: Maker, other_maker: Maker) -> None:
    address = maker.post("/api/trace/farms", FARM).headers["location"]
    missing = "/api/trace/farms/01890a5d-ac96-774b-bcce-b302099a8057"

    foreign, absent = other_maker.get(address), other_maker.get(missing)

    assert foreign.status_code == absent.status_code == 404
    assert {**foreign.json(), "instance": ""} == {**absent.json(), "instance": ""}
    assert other_maker.get("/api/trace/farms").json() == {"items": [], "next": None}


def test_farms_are_paged_by_name_without_loss_or_repetition(maker: Maker) -> None:
    names = [f"Farm {number:02}" for number in range(7)]
    for name in reversed(names):
        maker.post("/api/trace/farms", {"name": name, "country": "GH"})

    seen: list[str] = []
    address = "/api/trace/farms?limit=3"
    while address:
        page = maker.get(address).json()
        seen += [farm["name"] for farm in page["items"]]
        address = page["next"]

    assert seen == names


def test_a_stale_version_is_refused_and_nothing_is_changed(maker: Maker) -> None:
    address = maker.post("/api/trace/farms", FARM).headers["location"]
    first = maker.put(address, {**FARM, "region": "El Seibo"}, version=1)

    second = maker.put(address, {**FARM, "region": "La Vega"}, version=1)

    assert first.status_code == 200, first.text
    assert first.headers["etag"] == '"2"'
    assert second.status_code == 412
    assert maker.get(address).json()["region"] == "El Seibo"
    assert maker.put(address, FARM).status_code == 428


def test_unknown_parameters_names_and_fields_are_refused_by_name(maker: Maker) -> None:
    maker.post("/api/trace/farms", FARM)

    assert maker.get("/api/trace/farms?colour=red").json()["errors"][0]["field"] == "colour"
    assert maker.get("/api/trace/farms?colour=red").status_code == 400
    assert maker.post("/api/trace/farms", FARM).json()["code"] == "farm.name_taken"
    refused = maker.post("/api/trace/farms", {"name": " ", "country": "Ghana", "area": 3})
    assert refused.status_code == 422
    assert {error["field"] for error in refused.json()["errors"]} == {"name", "country", "area"}


def test_a_list_of_farms_costs_two_statements(maker: Maker) -> None:
    maker.post("/api/trace/farms", FARM)
    counter = maker.statements()

    maker.get("/api/trace/farms")

    assert maker.statements() - counter == 2
