"""Recording processes: what comes in, what goes out, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from provender.kit.db import Statement
from provender.trace.processes.payloads import Process
from tests.maker import Maker
from tests.trace.workshop import Workshop, fault

MISSING = "01890a5d-ac96-774b-bcce-b302099a8057"


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    return Workshop(maker.acting_as("staff"))


def test_a_receipt_makes_a_batch_that_is_on_hand(workshop: Workshop) -> None:
    process = workshop.record("receive", [], [workshop.new("A1", "beans", 60)])

    Process.model_validate(process, strict=False)
    assert process["outputs"][0]["quantity"] == 60_000
    assert process["outputs"][0]["entered_unit"] == "kg"
    assert process["recorded_by_name"] == "Staff"
    assert workshop.on_hand("A1") == 60_000
    assert workshop.maker.get(f"/api/trace/processes/{process['id']}").json() == process


def test_a_roast_takes_from_two_batches_and_makes_nibs_shells_and_a_loss(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    workshop.receive("B1", "beans", 40)

    roast = workshop.record(
        "roast",
        [workshop.taken("A1", 60), workshop.taken("B1", 40)],
        [workshop.new("N1", "nibs", 80), workshop.new("H1", "shell", 18, role="byproduct")],
        equipment="Drum 1",
    )

    assert (roast["mass_in_g"], roast["mass_out_g"]) == (100_000, 98_000)
    assert [workshop.on_hand(code) for code in ("A1", "B1", "N1", "H1")] == [0, 0, 80_000, 18_000]
    assert workshop.batch("A1")["quantities"]["used"] == 60_000


def test_a_code_is_understood_as_printed_and_scanned(workshop: Workshop) -> None:
    workshop.receive("24-A1", "beans", 60)
    link = "http://testserver/trace/find?code=24-A1"

    for code in ("lot 24-a1", "24\u2011A1", link):
        answer = workshop.send(
            "roast", [{"batch_code": code, "quantity": 1, "unit": "kg"}], [workshop.new(f"N-{code[:9]}", "nibs", 1)]
        )
        assert answer.status_code == 201, answer.text
    assert workshop.on_hand("24-A1") == 57_000


def test_a_code_that_two_materials_have_asks_for_the_material(workshop: Workshop) -> None:
    workshop.receive("7", "beans", 5)
    beans = workshop.world.materials["beans"]
    workshop.receive("7", "sugar", 5)
    line = {"batch_code": "7", "quantity": 1, "unit": "kg"}

    refused = workshop.send("scrap", [line], [])
    taken = workshop.record("scrap", [{**line, "material_id": str(beans)}], [])

    assert fault(refused) == (422, "batch.ambiguous", ["inputs.0.batch_code"])
    assert taken["inputs"][0]["material_name"] == "beans"


def test_without_a_code_the_next_one_of_the_day_is_given_and_never_twice(workshop: Workshop) -> None:
    line = {"material_id": str(workshop.world.material("beans")), "quantity": 1, "unit": "kg", "made_on": "2026-03-02"}
    workshop.receive("260302-02", "sugar", 1)

    process = workshop.record("receive", [], [line, line, line])

    assert [output["code"] for output in process["outputs"]] == ["260302-01", "260302-03", "260302-04"]


def test_all_that_is_left_is_taken_without_naming_a_figure(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", "12.345")

    process = workshop.record(
        "roast",
        [workshop.taken("A1", 2), {"batch_id": str(workshop.batches["A1"]), "takes_all": True}],
        [workshop.new("N1", "nibs", 10)],
    )
    again = workshop.send("scrap", [{"batch_id": str(workshop.batches["A1"]), "takes_all": True}], [])

    assert process["inputs"][1]["quantity"] == 10_345
    assert workshop.on_hand("A1") == 0
    assert fault(again) == (409, "process.nothing_left", ["inputs.0.quantity"])


def test_units_are_converted_exactly_and_kept_as_entered(workshop: Workshop) -> None:
    process = workshop.record("receive", [], [workshop.new("A1", "beans", "132.277", "lb")])

    line = process["outputs"][0]
    assert (line["entered_quantity"], line["entered_unit"]) == (132.277, "lb")
    assert line["quantity"] == pytest.approx(132.277 * 453.59237, abs=1e-6)


def test_pieces_keep_the_net_content_they_were_made_with(workshop: Workshop) -> None:
    workshop.world.product("bar 60 g", 60)
    workshop.receive("M1", "mass", 6)

    workshop.record("mould", [workshop.taken("M1", 6)], [workshop.new("BR1", "bar 60 g", 95, "piece")])

    bar = workshop.batch("BR1")
    assert bar["unit_mass_g"] == 60
    assert bar["product"]["name"] == "bar 60 g"


def test_a_batch_that_exists_can_be_topped_up(workshop: Workshop) -> None:
    workshop.receive("SILO", "sugar", 100)

    workshop.record("receive", [], [{"batch_code": "silo", "quantity": 50, "unit": "kg"}])

    assert workshop.on_hand("SILO") == 150_000
    assert workshop.batch("SILO")["quantities"]["produced"] == 150_000


def test_origins_name_the_farm_when_all_plots_are_of_one(workshop: Workshop) -> None:
    farm = workshop.world.farm("Finca Elvesia")
    workshop.world.run(
        "INSERT INTO trace.plot (organisation_id, farm_id, name) VALUES (%(organisation_id)s, %(farm)s, 'Norte')",
        farm=farm,
    )
    plot = workshop.maker.run(
        lambda work: work.fetch_row(
            Statement(b"SELECT id FROM trace.plot WHERE organisation_id = %(organisation_id)s"), {"farm": farm}
        )
    )
    assert plot is not None
    workshop.receive("A1", "beans", 60, origins=[{"plot_id": str(plot[0]), "quantity": 60}])

    batch = workshop.batch("A1")
    assert batch["farm"]["name"] == "Finca Elvesia"
    assert [(origin["plot_name"], origin["quantity"]) for origin in batch["origins"]] == [("Norte", 60_000)]
    refused = workshop.send("receive", [], [workshop.new("A2", "beans", 1, origins=[{"plot_id": MISSING}])])
    assert fault(refused) == (422, "batch.origin_unknown", ["outputs.0.origins.0.plot_id"])


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ({"unit": "l"}, "quantity.wrong_dimension", "inputs.0.unit"),
        ({"unit": "ton"}, "quantity.unit_unknown", "inputs.0.unit"),
        ({"quantity": 0}, "quantity.not_positive", "inputs.0.quantity"),
        ({"quantity": -3}, "quantity.not_positive", "inputs.0.quantity"),
        ({"quantity": "1e400"}, "input.invalid", "inputs.0.quantity"),
        ({"quantity": "1e-400"}, "quantity.out_of_range", "inputs.0.quantity"),
        ({"quantity": "NaN"}, "input.invalid", "inputs.0.quantity"),
        ({"quantity": None}, "process.line_incomplete", "inputs.0.quantity"),
        ({"unit": None}, "process.line_incomplete", "inputs.0.unit"),
        ({"quantity": 61}, "batch.not_enough", "inputs.0.quantity"),
        ({"batch_id": MISSING}, "batch.unknown", "inputs.0.batch_id"),
        ({"batch_id": None, "batch_code": "nothing"}, "batch.unknown", "inputs.0.batch_code"),
        ({"batch_id": "A1"}, "input.invalid", "inputs.0.batch_id"),
        ({"colour": "red"}, "input.invalid", "inputs.0.colour"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_nothing_is_written(
    workshop: Workshop, line: dict[str, object], code: str, field: str
) -> None:
    workshop.receive("A1", "beans", 60)

    refused = workshop.send("roast", [{**workshop.taken("A1", 1), **line}], [workshop.new("N1", "nibs", 1)])

    assert fault(refused)[1:] == (code, [field])
    assert refused.json()["hint"]
    assert workshop.on_hand("A1") == 60_000
    assert len(workshop.maker.get("/api/trace/batches").json()["items"]) == 1
    assert len(workshop.maker.get("/api/trace/processes").json()["items"]) == 1


@pytest.mark.parametrize(
    ("kind", "lines", "code"),
    [
        ("receive", (1, 1), "process.shape_wrong"),
        ("receive", (0, 0), "process.shape_wrong"),
        ("roast", (0, 1), "process.shape_wrong"),
        ("roast", (1, 0), "process.shape_wrong"),
        ("scrap", (0, 0), "process.shape_wrong"),
        ("count", (0, 0), "process.shape_wrong"),
        ("reversal", (1, 1), "input.invalid"),
        ("eat", (1, 0), "input.invalid"),
    ],
)
def test_a_kind_of_process_has_its_own_shape(workshop: Workshop, kind: str, lines: tuple[int, int], code: str) -> None:
    workshop.receive("A1", "beans", 60)
    inputs, outputs = lines

    refused = workshop.send(
        kind, [workshop.taken("A1", 1)] * inputs, [workshop.new(f"N{number}", "nibs", 1) for number in range(outputs)]
    )

    assert fault(refused) == (422, code, ["kind"])


def test_more_out_than_in_is_a_gain_that_must_be_declared(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 60)
    lines = [workshop.taken("A1", 10)], [workshop.new("N1", "nibs", "10.5")]

    refused = workshop.send("roast", *lines)
    declared = workshop.record("roast", *lines, gain_reason="The scale was repaired in between.")

    assert fault(refused) == (422, "process.gain_undeclared", ["gain_reason"])
    assert declared["mass_out_g"] - declared["mass_in_g"] == 500


def test_packaging_weighs_nothing_in_the_balance(workshop: Workshop) -> None:
    workshop.world.material("foil", "packaging", "g")
    workshop.receive("F1", "foil", 5)
    workshop.receive("M1", "mass", 10)

    refused = workshop.send(
        "pack", [workshop.taken("M1", 10), workshop.taken("F1", 5)], [workshop.new("P1", "packed", 12)]
    )

    assert fault(refused)[1] == "process.gain_undeclared"


def test_a_batch_is_made_of_itself_only_in_rework(workshop: Workshop) -> None:
    workshop.receive("M1", "mass", 60)
    into_itself = {"batch_id": str(workshop.batches["M1"]), "quantity": 5, "unit": "kg"}

    refused = workshop.send("conche", [workshop.taken("M1", 5)], [into_itself])
    workshop.record("rework", [workshop.taken("M1", 5)], [into_itself])

    assert fault(refused) == (422, "process.loop", ["outputs"])
    assert workshop.on_hand("M1") == 60_000


def test_the_future_and_reversed_times_are_refused(workshop: Workshop) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    line = workshop.new("A1", "beans", 1)

    future = workshop.send("receive", [], [line], finished_at=tomorrow.isoformat())
    made_later = workshop.send("receive", [], [{**line, "made_on": tomorrow.date().isoformat()}])
    backwards = workshop.send(
        "receive", [], [line], started_at="2026-03-02T10:00:00Z", finished_at="2026-03-02T09:00:00Z"
    )
    zoneless = workshop.send("receive", [], [line], finished_at="2026-03-02T09:00:00")
    spoiled = workshop.send("receive", [], [{**line, "made_on": "2026-03-02", "best_before_on": "2026-03-01"}])

    assert fault(future) == (422, "process.in_future", ["finished_at"])
    assert fault(made_later) == (422, "process.in_future", ["outputs.0.made_on"])
    assert fault(backwards) == (422, "process.times_reversed", ["started_at"])
    assert fault(zoneless) == (422, "input.invalid", ["finished_at"])
    assert fault(spoiled) == (422, "batch.dates_reversed", ["outputs.0.best_before_on"])


def test_a_late_entry_says_when_it_was_recorded(workshop: Workshop) -> None:
    process = workshop.record("receive", [], [workshop.new("A1", "beans", 1)], finished_at="2026-03-02T23:30:00+00:00")

    assert process["finished_at"].startswith("2026-03-02T23:30")
    assert process["recorded_at"] > process["finished_at"]
    assert workshop.batch("A1")["made_on"] == "2026-03-03", "the day is that of the organisation, in Berlin"


def test_one_material_has_a_code_once(workshop: Workshop) -> None:
    workshop.receive("A1", "beans", 1)

    refused = workshop.send("receive", [], [workshop.new("A1", "beans", 1)])

    assert fault(refused) == (409, "batch.code_taken", ["outputs.0.code"])


def test_a_foreign_batch_is_as_unknown_as_a_missing_one(workshop: Workshop, other_maker: Maker) -> None:
    other = Workshop(other_maker)
    other.receive("X1", "beans", 5)
    foreign = {"batch_id": str(other.batches["X1"]), "quantity": 1, "unit": "kg"}
    foreign_material = {"material_id": str(other.world.materials["beans"]), "quantity": 1, "unit": "kg"}

    assert fault(workshop.send("scrap", [foreign], [])) == (422, "batch.unknown", ["inputs.0.batch_id"])
    assert fault(workshop.send("scrap", [{"batch_code": "X1", "quantity": 1, "unit": "kg"}], []))[1] == "batch.unknown"
    assert fault(workshop.send("receive", [], [foreign_material])) == (
        422,
        "process.material_unknown",
        ["outputs.0.material_id"],
    )
    assert other.on_hand("X1") == 5000


def test_the_same_request_twice_is_recorded_once(workshop: Workshop) -> None:
    body = {"kind": "receive", "outputs": [workshop.new("A1", "beans", 1)]}
    key = {"Idempotency-Key": "receipt-1"}

    first = workshop.maker.post("/api/trace/processes", body, headers=key)
    second = workshop.maker.post("/api/trace/processes", body, headers=key)
    other = workshop.maker.post("/api/trace/processes", {**body, "note": "another"}, headers=key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second.headers["idempotent-replay"] == "true"
    assert fault(other)[1] == "request.key_reused"
    assert len(workshop.maker.get("/api/trace/processes").json()["items"]) == 1


def test_bodies_that_cannot_be_read_are_refused_before_anything_is_written(workshop: Workshop) -> None:
    headers = {"content-type": "application/json"}

    huge = workshop.maker.send("POST", "/api/trace/processes", content=b"[" + b" " * 10_000_000 + b"]", headers=headers)
    latin = workshop.maker.send("POST", "/api/trace/processes", content=b'{"kind": "r\xf6st"}', headers=headers)
    broken = workshop.maker.send("POST", "/api/trace/processes", content=b'{"kind": ', headers=headers)

    assert (huge.status_code, latin.status_code, broken.status_code) == (413, 400, 400)
    assert workshop.maker.get("/api/trace/processes").json()["items"] == []
