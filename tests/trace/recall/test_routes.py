"""REST of recalls: from suspects to a finished case, on the worked vector of the specification."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from provender.kit.ids import new_id
from provender.trace.recall import payloads
from tests.maker import Maker
from tests.trace.world import World

CASES = "/api/trace/recall-cases"


@pytest.fixture
def world(maker: Maker) -> World:
    """The worked vector in grams; bars are weighed, not counted, and of BR1 some was sold."""
    world = World(maker.acting_as("manager"))
    world.farm("A", "GH")
    world.farm("B", "EC")
    world.product("Bar 1", 50)
    world.product("Bar 2", 50)
    world.receive("A1", "beans", 60_000, farm="A")
    world.receive("B1", "beans", 40_000, farm="B")
    world.receive("S1", "sugar", 28_000)
    world.receive("CB1", "butter", 5_000)
    for code, material in (("N1", "nibs"), ("SHELL", "shell"), ("M1", "mass"), ("M2", "mass")):
        world.batch(code, material)
    for code, material in (("W1", "rework"), ("X1", "scrap"), ("X2", "scrap")):
        world.batch(code, material)
    world.batch("BR1", "Bar 1")
    world.batch("BR2", "Bar 2")
    world.process("roast", {"A1": 60_000, "B1": 40_000}, {"N1": 80_000, "SHELL": 18_000}, roles={"SHELL": "byproduct"})
    world.process("conche", {"N1": 50_000, "S1": 20_000, "CB1": 5_000}, {"M1": 75_000})
    world.process("mould", {"M1": 60_000}, {"BR1": 1150, "W1": 2_000, "X1": 500}, roles={"W1": "rework", "X1": "scrap"})
    world.process("conche", {"N1": 20_000, "S1": 8_000, "W1": 2_000}, {"M2": 30_000})
    world.process("mould", {"M2": 25_000}, {"BR2": 480, "X2": 1_000}, roles={"X2": "scrap"})
    world.customer("Isartor", "DE", "de")
    world.customer("Ginza", "JP", "ja")
    world.order("O1", "Isartor", [("Bar 1", 400)])
    world.ship("O1", [("BR1", 300)])
    world.allocate("O1", "BR1", 100)
    world.order("O2", "Ginza", [("Bar 2", 100)])
    world.ship("O2", [("BR2", 80)], hour=None)
    world.order("O3", "Ginza", [("Bar 2", 50)])
    world.ship("O3", [("BR2", 50)], name="gone")
    return world


def open_case(world: World, *codes: str, kind: str = "real", **more: Any) -> dict[str, Any]:
    """Open a case from some roots."""
    body = {
        "title": "Off-flavour",
        "reason": "tastes of soap",
        "kind": kind,
        "batch_ids": [str(world.batches[code]) for code in codes],
        **more,
    }
    answer = world.maker.post(CASES, body)
    assert answer.status_code == 201, answer.text
    payloads.RecallCase.model_validate(answer.json())
    return answer.json()


def balance_of(world: World, case: dict[str, Any]) -> dict[str, Any]:
    """Return the mass balance of the only root."""
    answer = world.maker.get(f"{CASES}/{case['id']}/mass-balance").json()
    payloads.BalanceList.model_validate(answer)
    (balance,) = answer["items"]
    return balance


def test_the_worked_vector_holds_to_the_gram_through_the_database(world: World) -> None:
    case = open_case(world, "A1")

    balance = balance_of(world, case)

    shares = {finding["batch_id"]: Fraction(finding["share"]) for finding in balance["findings"]}
    expected = {"N1": "3/5", "SHELL": "3/5", "M1": "2/5", "W1": "2/5", "BR1": "2/5", "M2": "32/75", "BR2": "32/75"}
    assert {code: shares[str(world.batches[code])] for code in expected} == {
        code: Fraction(share) for code, share in expected.items()
    }
    assert (balance["received"], balance["used"], balance["on_hand"]) == (60_000, 60_000, 0)
    assert (round(balance["found"], 6), round(balance["lost"], 6)) == (58_800, 1_200)
    assert (balance["unaccounted"], balance["is_over"], balance["is_exact"]) == (0, False, True)


@pytest.mark.parametrize(("root", "received", "found"), [("S1", 28_000, 28_000), ("B1", 40_000, 39_200)])
def test_sugar_is_found_whole_and_the_other_farm_but_for_the_loss(
    world: World, root: str, received: int, found: int
) -> None:
    balance = balance_of(world, open_case(world, root))

    assert (balance["received"], round(balance["found"], 6)) == (received, found)


def test_a_case_says_who_got_what_and_what_can_be_stopped(world: World) -> None:
    case = open_case(world, "A1")

    items = world.maker.get(f"{CASES}/{case['id']}/items?limit=200").json()

    payloads.ItemList.model_validate(items)
    told = {
        (str(item["kind"]), str(item["batch"]["code"]), str(item["class"]), str(item["action"]))
        for item in items["items"]
        if item["kind"] in {"shipment_line", "allocation"}
    }
    assert told == {
        ("shipment_line", "BR1", "direct", "notify"),
        ("shipment_line", "BR2", "direct", "notify"),
        ("shipment_line", "BR2", "contained", "stop"),
        ("allocation", "BR1", "contained", "stop"),
    }
    assert (case["order_count"], case["customer_count"]) == (3, 2)
    assert (case["shipped_quantity"], case["stopped_quantity"]) == (350, 180)
    assert [item["line_no"] for item in items["items"]] == list(range(1, len(items["items"]) + 1))


def test_opening_a_case_holds_every_affected_batch_but_an_exercise_holds_none(world: World) -> None:
    mock = open_case(world, "A1", kind="mock")
    assert world.maker.get("/api/trace/holds?active=true").json()["items"] == []

    case = open_case(world, "A1")

    held = {hold["batch"]["code"] for hold in world.maker.get("/api/trace/holds?active=true&limit=200").json()["items"]}
    assert {"A1", "N1", "SHELL", "M1", "W1", "BR1", "M2", "BR2"} <= held
    assert not {"B1", "S1", "CB1"} & held
    assert mock["result_hash"] == case["result_hash"]


def test_notices_are_written_in_the_language_of_each_customer_and_say_what_to_return(world: World) -> None:
    case = open_case(world, "A1")

    notices = world.maker.get(f"{CASES}/{case['id']}/notices").json()

    payloads.NoticeList.model_validate(notices)
    told = {notice["customer"]["name"]: notice for notice in notices["items"]}
    assert {name: (notice["language"], notice["quantity"]) for name, notice in told.items()} == {
        "Isartor": ("de", 300),
        "Ginza": ("ja", 50),
    }
    assert "BR1" in told["Isartor"]["body"]
    assert "300" in told["Isartor"]["body"]
    assert "BR2" in told["Ginza"]["body"]


def test_a_case_goes_from_notices_and_answers_to_an_end_and_then_is_not_changed(world: World) -> None:
    case = open_case(world, "A1")
    path = f"{CASES}/{case['id']}"
    sent = world.maker.post(f"{path}/notices/sending").json()
    notice = world.maker.get(f"{path}/notices").json()["items"][0]
    answered = world.maker.post(
        f"{path}/notices/{notice['id']}/answer",
        {"quantity_held": 120},
        headers={"If-Match": f'"{notice["version"]}"'},
    ).json()
    finish = {"conclusion": "All pieces back"}

    early = world.maker.post(f"{path}/finish", finish)
    finished = world.maker.post(f"{path}/finish", finish, headers={"If-Match": f'"{case["version"]}"'})
    again = world.maker.post(f"{path}/finish", finish, headers={"If-Match": f'"{finished.json()["version"]}"'})

    assert (sent["sent_count"], answered["acknowledged_count"], answered["quantity_held"]) == (2, 1, 120)
    assert early.status_code == 428
    assert (finished.json()["state"], finished.json()["conclusion"]) == ("finished", "All pieces back")
    assert (again.status_code, again.json()["code"]) == (409, "trace.recall_finished")
    assert world.maker.post(f"{path}/notices/sending").status_code == 409


def test_an_item_is_cleared_only_by_a_manager_with_a_reason(world: World) -> None:
    case = open_case(world, "A1")
    path = f"{CASES}/{case['id']}/items"
    line = world.maker.get(f"{path}?kind=shipment_line&action=notify").json()["items"][0]
    clear = {"class": "clear", "resolution": "Laboratory report 7"}
    headers = {"If-Match": f'"{line["version"]}"'}

    refused = world.maker.acting_as("staff").patch(f"{path}/{line['line_no']}", clear, version=line["version"])
    silent = world.maker.patch(f"{path}/{line['line_no']}", {"class": "clear"}, version=line["version"])
    cleared = world.maker.send("PATCH", f"{path}/{line['line_no']}", json=clear, headers=headers)

    assert refused.status_code == 403
    assert silent.json()["errors"][0]["field"] == "resolution"
    assert cleared.json()["count_by_class"]["clear"] == 1
    item = world.maker.get(f"{path}?class=clear").json()["items"][0]
    assert (item["done_by_name"], item["resolution"]) == ("Manager", "Laboratory report 7")


def test_what_was_drawn_before_the_root_entered_is_listed_off_the_notice_and_needs_a_name(maker: Maker) -> None:
    world = World(maker.acting_as("manager"))
    world.product("Bar", 50)
    world.receive("OLD", "beans", 10_000)
    world.batch("TANK", "mass")
    world.batch("BAR", "Bar")
    world.process("grind", {"OLD": 5_000}, {"TANK": 5_000}, hour=10)
    world.process("mould", {"TANK": 1_000}, {"BAR": 20}, hour=20)
    world.batch("NEW", "beans")
    world.process("receive", {}, {"NEW": 4_000}, hour=25)
    world.process("grind", {"NEW": 4_000}, {"TANK": 4_000}, hour=30)
    world.order("O1", "Isartor", [("Bar", 10)])
    world.ship("O1", [("BAR", 10)], hour=40)
    case = open_case(world, "NEW")
    path = f"{CASES}/{case['id']}"

    excluded = world.maker.get(f"{path}/items?kind=shipment_line").json()["items"]
    blocked = world.maker.post(f"{path}/finish", {"conclusion": "Done"}, headers={"If-Match": f'"{case["version"]}"'})
    for item in world.maker.get(f"{path}/items?action=sign_off").json()["items"]:
        world.maker.patch(f"{path}/items/{item['line_no']}", {"resolution": "Made before"}, version=item["version"])
    finished = world.maker.post(f"{path}/finish", {"conclusion": "Done"}, headers={"If-Match": f'"{case["version"]}"'})

    assert [(item["class"], item["reasons"]) for item in excluded] == [("time_excluded", ["drawn_before_root_entered"])]
    assert case["notice_count"] == 0
    assert (blocked.status_code, blocked.json()["code"]) == (409, "trace.recall_sign_offs_open")
    assert finished.status_code == 200, finished.text


def test_pieces_without_batch_widen_the_recall_as_possible(world: World) -> None:
    world.order("O4", "Ginza", [("Bar 1", 7)])
    world.ship("O4", [(None, 7)], name="unknown")

    case = open_case(world, "A1")

    item = next(
        item
        for item in world.maker.get(f"{CASES}/{case['id']}/items?class=possible").json()["items"]
        if item["kind"] == "shipment_line"
    )
    assert (item["reasons"], item["quantity"], item["batch"], item["action"]) == (["batch_unknown"], 7, None, "notify")


def test_suspects_that_explain_every_complaint_and_reach_fewest_others_come_first(world: World) -> None:
    found = world.maker.get(f"/api/trace/suspects?batch={world.batches['BR2']}").json()

    payloads.SuspectList.model_validate(found)
    assert {suspect["code"] for suspect in found["items"]} == {"A1", "B1", "S1", "CB1"}
    assert all(suspect["explains_all"] for suspect in found["items"])
    assert world.maker.get("/api/trace/suspects").status_code == 422


def test_a_preview_counts_what_a_case_would_find_and_holds_nothing(world: World) -> None:
    seen = world.maker.get(f"/api/trace/reach?batch={world.batches['A1']}").json()
    payloads.Reach.model_validate(seen)
    assert world.maker.get("/api/trace/holds?active=true").json()["items"] == []

    case = open_case(world, "A1")

    for figure in ("batch_count", "order_count", "customer_count", "shipped_quantity", "stopped_quantity"):
        assert seen[figure] == case[figure]


def test_a_case_is_stale_after_a_later_record_and_says_how_the_answer_differs(world: World) -> None:
    case = open_case(world, "A1", kind="mock")
    path = f"{CASES}/{case['id']}"
    same = world.maker.get(f"{path}/comparison").json()
    world.order("O9", "Isartor", [("Bar 2", 5)])
    world.ship("O9", [("BR2", 5)], name="later")

    stale = world.maker.get(path).json()
    differs = world.maker.get(f"{path}/comparison").json()

    payloads.Difference.model_validate(differs)
    assert (case["is_stale"], same["is_equal"]) == (False, True)
    assert (stale["is_stale"], differs["is_equal"]) == (True, False)
    assert differs["added"] == 1


def test_unknown_roots_and_complaints_are_refused_by_field_and_nothing_is_held(
    world: World, other_maker: Maker
) -> None:
    question = {"title": "T", "reason": "R", "batch_ids": [str(world.batches["A1"])]}

    assert world.maker.post(CASES, {**question, "batch_ids": []}).json()["errors"][0]["field"] == "batch_ids"
    unknown = world.maker.post(CASES, {**question, "batch_ids": [str(new_id())]})
    foreign = other_maker.post(CASES, question)
    complaint = world.maker.post(CASES, {**question, "complaint_ids": [str(new_id())]})

    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "batch_ids")
    assert (foreign.status_code, foreign.json()["detail"]) == (422, unknown.json()["detail"])
    assert (complaint.status_code, complaint.json()["errors"][0]["field"]) == (422, "complaint_ids")
    assert world.maker.acting_as("staff").post(CASES, question).status_code == 403
    assert world.maker.get("/api/trace/holds?active=true").json()["items"] == []


def test_the_same_idempotency_key_opens_one_case(world: World) -> None:
    question = {"title": "T", "reason": "R", "batch_ids": [str(world.batches["A1"])]}

    answers = [world.maker.post(CASES, question, headers={"Idempotency-Key": "k1"}) for _ in range(2)]
    other = world.maker.post(CASES, {**question, "title": "Other"}, headers={"Idempotency-Key": "k1"})

    assert answers[0].json() == answers[1].json()
    assert other.status_code == 422
    assert len(world.maker.get(CASES).json()["items"]) == 1


def test_reads_of_a_case_cost_at_most_three_statements(world: World) -> None:
    case = open_case(world, "A1")
    for path in ("", "/items", "/notices", "/mass-balance"):
        before = world.maker.statements()
        world.maker.get(f"{CASES}/{case['id']}{path}")
        assert world.maker.statements() - before == 2


def test_an_exercise_is_timed_and_compared_with_the_one_before(world: World) -> None:
    first = open_case(world, "A1", kind="mock")
    path = f"{CASES}/{first['id']}/finish"
    world.maker.post(path, {"conclusion": "Done"}, headers={"If-Match": f'"{first["version"]}"'})

    second = open_case(world, "A1", kind="mock")
    third = open_case(world, "S1", kind="mock")
    real = open_case(world, "A1")

    assert first["previous_exercise"] is None
    assert world.maker.get(f"{CASES}/{first['id']}").json()["finished_after_s"] >= 0
    assert (second["previous_exercise"]["number"], second["previous_exercise"]["has_same_answer"]) == (
        first["number"],
        True,
    )
    assert second["previous_exercise"]["finished_after_s"] is not None
    assert (third["previous_exercise"]["number"], third["previous_exercise"]["has_same_answer"]) == (
        second["number"],
        False,
    )
    assert real["previous_exercise"] is None
