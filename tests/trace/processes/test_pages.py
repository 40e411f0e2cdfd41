"""Pages of processes, as a browser uses them."""

from __future__ import annotations

import re

import pytest

from provender.trace.processes.pages.shapes import SHAPE_BY_KIND
from tests.maker import Maker
from tests.trace.clerk import Clerk
from tests.trace.workshop import Workshop

NEW = "/trace/processes/new"
KINDS = [kind.value for kind in SHAPE_BY_KIND]


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    made = Workshop(maker)
    made.world.material("nibs")
    made.world.product("bar", 60)
    made.receive("A1", "beans", 60)
    made.receive("M1", "mass", 6)
    return made


@pytest.fixture
def browser(workshop: Workshop) -> Clerk:
    return Clerk(workshop.maker, role="staff")


def stock(workshop: Workshop) -> dict[str, float]:
    """Return what is on hand by code."""
    items = workshop.maker.get("/api/trace/batches").json()["items"]
    return {batch["code"]: batch["quantities"]["on_hand"] for batch in items}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_form_that_costs_few_statements(workshop: Workshop, browser: Clerk, kind: str) -> None:
    counter = workshop.maker.statements()

    page = browser.open(f"{NEW}?kind={kind}&batch={workshop.batches['A1']}")

    assert page.status_code == 200, page.text[:500]
    assert workshop.maker.statements() - counter <= 8


def test_a_roast_is_recorded_from_the_page_of_its_batch_with_two_entries(workshop: Workshop, browser: Clerk) -> None:
    nibs = str(workshop.world.materials["nibs"])
    address = f"{NEW}?kind=roast&batch={workshop.batches['A1']}"
    assert 'value="A1"' in browser.open(address).text
    assert "60 kg free" in browser.open(address).text

    entered = {"inputs-0-batch_code": "A1", "inputs-0-unit": "kg", "finished_at": "2026-03-02T14:05"}
    saved = browser.send(
        address,
        {**entered, "outputs-0-material_id": nibs, "outputs-0-quantity": "48", "outputs-0-unit": "kg"},
        address=f"{NEW}?kind=roast",
    )

    assert saved.status_code == 303, saved.text
    shown = browser.open(saved.headers["location"]).text
    assert "It was recorded." in shown
    assert "48 kg" in shown
    found = stock(workshop)
    assert found.pop("260302-01") == 48_000
    assert found["A1"] == 0, "an empty quantity takes all that is free"


def test_a_packing_proposes_best_before_by_the_shelf_life(workshop: Workshop, browser: Clerk) -> None:
    workshop.world.run(
        "UPDATE trace.product SET shelf_life_days = 540 WHERE organisation_id = %(organisation_id)s AND id = %(id)s",
        id=workshop.world.products["bar"],
    )
    saved = browser.send(
        f"{NEW}?kind=mould",
        {
            "inputs-0-batch_code": "m1",
            "inputs-0-unit": "kg",
            "outputs-0-product_id": str(workshop.world.products["bar"]),
            "outputs-0-quantity": "99",
            "outputs-0-code": "BR1",
            "finished_at": "2026-03-02T14:05",
        },
    )

    assert saved.status_code == 303, saved.text
    found = workshop.maker.get("/api/trace/batches?code=BR1").json()["items"][0]
    assert (found["made_on"], found["best_before_on"]) == ("2026-03-02", "2027-08-24")
    assert found["quantities"]["on_hand"] == 99


def test_the_form_proposes_what_was_done_the_last_time(workshop: Workshop, browser: Clerk) -> None:
    workshop.record("roast", [workshop.taken("A1", 10)], [workshop.new("N1", "nibs", 8)], equipment="Drum roaster 1")

    page = browser.open(f"{NEW}?kind=roast").text

    assert 'value="Drum roaster 1"' in page
    assert f'<option value="{workshop.world.materials["nibs"]}" selected>' in page


def test_faults_stand_beside_the_line_they_are_about_even_after_empty_lines(workshop: Workshop, browser: Clerk) -> None:
    nibs = str(workshop.world.materials["nibs"])
    refused = browser.send(
        f"{NEW}?kind=roast",
        {
            "inputs-0-unit": "kg",
            "inputs-3-batch_code": "A1",
            "inputs-3-quantity": "5000",
            "inputs-3-unit": "kg",
            "outputs-0-material_id": nibs,
            "outputs-0-quantity": "8",
            "outputs-0-unit": "kg",
        },
    )

    assert refused.status_code == 409
    assert 'id="field-inputs-3-quantity-error"' in refused.text
    assert 'value="5000"' in refused.text, "what was entered is still there"
    assert stock(workshop)["A1"] == 60_000


def test_a_gain_asks_why_and_is_shown_red(workshop: Workshop, browser: Clerk) -> None:
    fields = {
        "inputs-0-batch_code": "A1",
        "inputs-0-quantity": "10",
        "inputs-0-unit": "kg",
        "outputs-0-material_id": str(workshop.world.materials["nibs"]),
        "outputs-0-quantity": "11",
        "outputs-0-unit": "kg",
    }
    assert "gain_reason" not in browser.open(f"{NEW}?kind=roast").text

    refused = browser.send(f"{NEW}?kind=roast", fields)
    saved = browser.send(f"{NEW}?kind=roast", {**fields, "gain_reason": "The scale"})

    assert refused.status_code == 422
    assert 'name="gain_reason"' in refused.text
    assert "tone-danger" in browser.open(saved.headers["location"]).text


def test_a_draft_shows_what_is_free_and_saves_nothing(workshop: Workshop, browser: Clerk) -> None:
    before = stock(workshop)

    draft = browser.send(
        f"{NEW}?kind=roast", {"inputs-0-batch_code": "a1"}, address="/trace/processes/draft?kind=roast"
    )
    unknown = browser.send(
        f"{NEW}?kind=roast", {"inputs-0-batch_code": "zz"}, address="/trace/processes/draft?kind=roast"
    )

    assert "60 kg free" in draft.text
    assert "No batch has the code zz." in unknown.text
    assert stock(workshop) == before


def test_only_units_that_measure_the_chosen_batch_are_offered(workshop: Workshop, browser: Clerk) -> None:
    workshop.record("mould", [workshop.taken("M1", 6)], [workshop.new("BR1", "bar", 99, "piece")])

    def units(code: str) -> list[str]:
        draft = browser.send(
            f"{NEW}?kind=rework", {"inputs-0-batch_code": code}, address="/trace/processes/draft?kind=rework"
        )
        offered = re.search(r'<select name="inputs-0-unit".*?</select>', draft.text, re.DOTALL)
        return re.findall(r'<option value="(\w+)"', offered[0]) if offered else []

    assert units("BR1") == ["piece"]
    assert units("A1") == ["kg", "g", "lb", "oz", "t"]
    assert "l" in units("")


def test_parts_and_pools_are_of_the_material_that_went_in(workshop: Workshop, browser: Clerk) -> None:
    split = browser.send(
        f"{NEW}?kind=split",
        {
            "inputs-0-batch_code": "A1",
            "inputs-0-unit": "kg",
            "outputs-0-quantity": "20",
            "outputs-0-unit": "kg",
            "outputs-0-code": "A1-1",
            "outputs-1-quantity": "40",
            "outputs-1-unit": "kg",
            "outputs-1-code": "A1-2",
        },
    )
    assert split.status_code == 303, split.text
    merge = browser.send(
        f"{NEW}?kind=merge",
        {
            "inputs-0-batch_code": "A1-1",
            "inputs-1-batch_code": "A1-2",
            "outputs-0-code": "A9",
            "outputs-0-quantity": "60",
            "outputs-0-unit": "kg",
        },
    )

    assert merge.status_code == 303, merge.text
    assert stock(workshop)["A9"] == 60_000
    assert workshop.maker.get("/api/trace/batches?code=A9").json()["items"][0]["material"]["name"] == "beans"


def test_a_count_and_a_correction_book_the_difference(workshop: Workshop, browser: Clerk) -> None:
    line = {"inputs-0-batch_code": "A1", "inputs-0-unit": "kg"}

    counted = browser.send(f"{NEW}?kind=count", {**line, "inputs-0-quantity": "58"})
    agreed = browser.send(f"{NEW}?kind=count", {**line, "inputs-0-quantity": "58"})
    less = browser.send(
        f"{NEW}?kind=adjust", {**line, "inputs-0-quantity": "3", "direction": "less", "note": "Typing error"}
    )
    more = browser.send(
        f"{NEW}?kind=adjust", {**line, "inputs-0-quantity": "1", "direction": "more", "note": "Typing error"}
    )
    wrong = browser.send(
        f"{NEW}?kind=adjust", {**line, "inputs-0-quantity": "99", "direction": "less", "note": "Typing error"}
    )

    assert (counted.status_code, less.status_code, more.status_code) == (303, 303, 303)
    assert agreed.status_code == 409
    assert 'id="field-inputs-0-quantity-error"' in agreed.text
    assert 'id="field-inputs-0-quantity-error"' in wrong.text
    assert stock(workshop)["A1"] == 56_000


def test_a_process_is_reversed_after_a_look_at_what_will_change(workshop: Workshop, browser: Clerk) -> None:
    process = workshop.record("roast", [workshop.taken("A1", 10)], [workshop.new("N1", "nibs", 8)])
    address = f"/trace/processes/{process['id']}"
    preview = browser.open(f"{address}/reversal").text
    assert "+10 kg" in preview
    assert "It cannot be undone" in preview

    refused = browser.send(f"{address}/reversal", {"note": " "})
    saved = browser.send(f"{address}/reversal", {"note": "Wrong drum"})

    assert refused.status_code == 422
    assert saved.status_code == 303
    assert "This process was reversed." in browser.open(address).text
    assert "Reversed" in browser.open("/trace/processes").text
    assert stock(workshop)["A1"] == 60_000


def test_a_reversal_that_is_not_possible_says_what_was_used(workshop: Workshop, browser: Clerk) -> None:
    process = workshop.record("roast", [workshop.taken("A1", 10)], [workshop.new("N1", "nibs", 8)])
    workshop.record("grind", [workshop.taken("N1", 8)], [workshop.new("M2", "mass", 8)])
    address = f"/trace/processes/{process['id']}/reversal"

    assert "It cannot be reversed yet." in browser.open(address).text
    assert browser.send(f"{NEW}?kind=count", {"note": "Opened before"}, address=address).status_code == 409


def test_the_diary_is_empty_then_by_day_then_filtered(maker: Maker, other_maker: Maker) -> None:
    empty = Clerk(maker).open("/trace/processes").text
    workshop = Workshop(other_maker)
    workshop.record("receive", [], [workshop.new("A1", "beans", 1)], finished_at="2026-03-02T08:00:00Z")
    browser = Clerk(other_maker)

    assert "Nothing was recorded yet." in empty
    assert "2 Mar 2026" in browser.open("/trace/processes").text
    assert "09:00" in browser.open("/trace/processes").text, "08:00 in London is 09:00 in Berlin"
    assert "Nothing matches" in browser.open("/trace/processes?kind=roast").text


def test_a_reversal_has_no_form_and_unknown_processes_are_not_there(browser: Clerk) -> None:
    assert browser.open(f"{NEW}?kind=reversal").status_code == 404
    assert browser.open("/trace/processes/01890a5d-ac96-774b-bcce-b302099a8057").status_code == 404
