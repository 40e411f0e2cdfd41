"""Pages of batches, their labels, and the search field."""

from __future__ import annotations

import re

import pytest

from tests.maker import Maker
from tests.trace.clerk import Clerk
from tests.trace.workshop import Workshop

GTIN = "4006381333931"


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    made = Workshop(maker)
    made.world.product("bar", 60)
    made.world.run(
        "UPDATE trace.product SET gtin = %(gtin)s WHERE organisation_id = %(organisation_id)s AND id = %(id)s",
        id=made.world.products["bar"],
        gtin=GTIN,
    )
    made.receive("M1", "mass", 6)
    made.record(
        "mould",
        [made.taken("M1", 6)],
        [made.new("BR-1", "bar", 99, "piece", best_before_on="2028-05-14")],
    )
    return made


@pytest.fixture
def browser(workshop: Workshop) -> Clerk:
    return Clerk(workshop.maker, role="staff")


def test_the_list_is_empty_then_filled_then_filtered(workshop: Workshop, other_maker: Maker) -> None:
    assert "No batches yet." in Clerk(other_maker).open("/trace/batches").text

    browser = Clerk(workshop.maker)
    listed = browser.open("/trace/batches").text
    filtered = browser.open("/trace/batches?code=br1&has_orders=&held=").text

    assert "BR-1" in listed
    assert "M1" in listed
    assert "Used up" in listed
    assert "Nothing matches" in filtered
    assert "BR-1" in browser.open("/trace/batches?code=br-1&has_orders=").text


def test_the_page_of_a_batch_shows_where_it_came_from_and_went(workshop: Workshop, browser: Clerk) -> None:
    workshop.world.order("SO-1", "Feinkost Isartor", [("bar", 20)])
    workshop.world.ship("SO-1", [("BR-1", 20)])
    counter = workshop.maker.statements()

    page = browser.open(f"/trace/batches/{workshop.batches['BR-1']}").text

    assert workshop.maker.statements() - counter <= 6
    for expected in ("79", "M1", "Feinkost Isartor", "SO-1", "Batch recorded", "14 May 2028", "60 g"):
        assert expected in page, expected
    assert browser.open("/trace/batches/01890a5d-ac96-774b-bcce-b302099a8057").status_code == 404


def test_a_batch_is_changed_in_the_browser_and_its_history_tells(workshop: Workshop, browser: Clerk) -> None:
    address = f"/trace/batches/{workshop.batches['BR-1']}"

    saved = browser.send(f"{address}/edit", {"best_before_on": "2028-06-01", "note": "Second mould cracked"})
    backwards = browser.send(f"{address}/edit", {"best_before_on": "1999-01-01"})

    assert saved.headers["location"] == address
    shown = browser.open(address).text
    assert "1 Jun 2028" in shown
    assert "Second mould cracked" in shown
    assert re.search(r"Changed: Best before,\s+Note", shown)
    assert backwards.status_code == 422
    assert 'id="field-best_before_on-error"' in backwards.text


def test_a_note_of_a_used_batch_is_changed_by_anybody(workshop: Workshop, browser: Clerk) -> None:
    address = f"/trace/batches/{workshop.batches['M1']}"

    assert browser.send(f"{address}/edit", {"note": "Grainy"}).status_code == 303
    assert browser.send(f"{address}/edit", {"best_before_on": "2030-01-01"}).status_code == 403


def test_a_hold_is_placed_undone_and_released_in_the_browser(workshop: Workshop) -> None:
    address = f"/trace/batches/{workshop.batches['BR-1']}"
    manager = Clerk(workshop.maker, role="manager")

    manager.send(address, {"reason": "Smells of smoke"}, address=f"{address}/holds")
    held = manager.open(address).text
    undo = re.search(r'action="(/trace/holds/[^"]+/undo)"', held)
    assert "On hold: Smells of smoke" in held
    assert undo is not None
    manager.send(address, {}, address=undo[1])
    assert "On hold: Smells of smoke" not in manager.open(address).text

    manager.send(address, {"reason": "Metal"}, address=f"{address}/holds")
    hold = re.search(r'href="(/trace/holds/[^"]+/release)"', manager.open(address).text)
    assert hold is not None
    assert manager.send(hold[1], {"reason": ""}).status_code == 422
    assert manager.send(hold[1], {"reason": "X-rayed, nothing found"}).headers["location"] == address
    assert "X-rayed, nothing found" in manager.open(address).text
    assert "Released" in manager.open("/trace/holds").text


def test_staff_hold_but_cannot_undo_or_release(workshop: Workshop, browser: Clerk) -> None:
    address = f"/trace/batches/{workshop.batches['BR-1']}"

    browser.send(address, {"reason": "Metal"}, address=f"{address}/holds")
    page = browser.open(address).text
    browser.send(address, {"reason": ""}, address=f"{address}/holds")

    assert "/undo" not in page
    assert "A manager can release it." in page
    assert "Nothing was held: say why." in browser.open(address).text
    assert len(workshop.maker.get("/api/trace/holds").json()["items"]) == 1


def test_a_label_shows_what_the_law_wants_and_leads_to_the_gs1_link(workshop: Workshop, browser: Clerk) -> None:
    page = browser.open(f"/trace/batches/{workshop.batches['BR-1']}/label?count=3").text

    assert page.count('<svg class="qr"') + page.count('class="qr"') >= 3
    assert page.count('class="label"') == 3
    assert f"http://testserver/01/0{GTIN}/10/BR-1?15=280514" in page
    assert "style=" not in page
    for expected in ("bar", "BR-1", "14 May 2028", "60 g"):
        assert expected in page


def test_a_label_uses_the_resolver_of_the_organisation(workshop: Workshop, browser: Clerk) -> None:
    workshop.world.run(
        "UPDATE core.organisation SET resolver_origin = 'https://id.example.org' WHERE id = %(organisation_id)s",
        id=None,
    )

    page = browser.open(f"/trace/batches/{workshop.batches['BR-1']}/label").text

    assert f"https://id.example.org/01/0{GTIN}/10/BR-1" in page


def test_a_label_without_gtin_leads_to_the_search(workshop: Workshop, browser: Clerk) -> None:
    page = browser.open(f"/trace/batches/{workshop.batches['M1']}/label?size=roll&count=1").text

    assert "http://testserver/trace/find?code=M1" in page
    assert "labels-roll" in page
    assert browser.open(f"/trace/batches/{workshop.batches['M1']}/label?count=100000").status_code == 422


@pytest.mark.parametrize(
    "code",
    [
        "BR-1",
        "lot br-1",
        "14.05.2028",
        "2028-05-14",
        "2028年5月14日",
        f"http://testserver/01/0{GTIN}/10/BR-1?15=280514",
        f"(01)0{GTIN}(10)BR-1",
        "http://testserver/trace/find?code=BR-1",
    ],
)
def test_the_search_leads_straight_to_the_one_batch_that_is_meant(
    workshop: Workshop, browser: Clerk, code: str
) -> None:
    found = browser.open("/trace/find", code=code)

    assert found.status_code == 303, found.text[:300]
    assert found.headers["location"] == f"/trace/batches/{workshop.batches['BR-1']}"


def test_the_search_leads_to_orders_products_and_customers_references(workshop: Workshop, browser: Clerk) -> None:
    order = workshop.world.order("SO-1042", "Isar", [("bar", 1)])
    product = workshop.world.products["bar"]

    def target(code: str) -> str:
        return browser.open("/trace/find", code=code).headers["location"]

    assert target("so-1042") == f"/trace/orders/{order}"
    assert target(GTIN) == target("BAR") == f"/trace/products/{product}"


def test_several_hits_are_listed_and_none_is_told_with_a_way_on(workshop: Workshop, browser: Clerk) -> None:
    workshop.receive("BR-12", "mass", 1)
    workshop.receive("BR-13", "mass", 1)

    several = browser.open("/trace/find", code="BR-1")
    begun = browser.open("/trace/find", code="BR")
    nothing = browser.open("/trace/find", code="zzz <b>")

    assert several.status_code == 303, "a whole code goes before codes that begin with it"
    assert {"BR-1", "BR-12", "BR-13"} <= set(re.findall(r">(BR-\d+)<", begun.text))
    assert "zzz &lt;b&gt;" in nothing.text
    assert browser.open("/trace/find").status_code == 200
    assert browser.open("/trace/find", code="http://[::1").status_code == 200


def test_the_search_finds_nothing_of_another_tenant(workshop: Workshop, other_maker: Maker) -> None:
    found = Clerk(other_maker).open("/trace/find", code="BR-1")

    assert found.status_code == 200
    assert str(workshop.batches["BR-1"]) not in found.text
