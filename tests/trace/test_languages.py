"""What is refused is said in the language of whoever reads the page, figures too; REST stays English."""

from __future__ import annotations

import html

import pytest

from tests.maker import Maker
from tests.trace.clerk import Clerk
from tests.trace.workshop import Workshop

NEW = "/trace/processes/new"


@pytest.fixture
def workshop(maker: Maker) -> Workshop:
    made = Workshop(maker)
    made.world.material("nibs")
    made.receive("A1", "beans", 60)
    return made


def roast(workshop: Workshop, taken: str, made: str) -> dict[str, object]:
    """Return the fields of a roast, in kilograms."""
    return {
        "inputs-0-batch_code": "A1",
        "inputs-0-quantity": taken,
        "inputs-0-unit": "kg",
        "outputs-0-material_id": str(workshop.world.materials["nibs"]),
        "outputs-0-quantity": made,
        "outputs-0-unit": "kg",
    }


def refused(workshop: Workshop, language: str, fields: dict[str, object]) -> str:
    """Return the text of the page that refuses a roast."""
    answer = Clerk(workshop.maker, language=language).send(f"{NEW}?kind=roast", fields)
    assert answer.status_code in {409, 422}
    return html.unescape(answer.text)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Batch A1 has 60,000 g on hand; 5,000,000 g cannot be taken."),
        ("de", "Von Charge A1 sind 60.000 g im Bestand; 5.000.000 g können nicht entnommen werden."),
        ("ja", "ロット A1 の在庫は 60,000 g です。5,000,000 g は取り出せません。"),
    ],
)
def test_a_guard_of_the_database_speaks_the_language_of_the_page(
    workshop: Workshop, language: str, sentence: str
) -> None:
    assert sentence in refused(workshop, language, roast(workshop, "5000", "8"))


def test_a_gain_an_unknown_batch_and_a_bad_number_are_told_in_german(workshop: Workshop) -> None:
    gain = refused(workshop, "de", roast(workshop, "10", "11"))
    unknown = refused(workshop, "de", {**roast(workshop, "10", "8"), "inputs-0-batch_code": "B 9"})
    wrong = refused(workshop, "de", {**roast(workshop, "10", "8"), "inputs-0-quantity": "viel"})

    assert "Es kam mehr heraus (11.000 g), als hineinging (10.000 g)." in gain
    assert "Keine Charge hat den Code B 9." in unknown
    assert "Muss eine Zahl sein" in wrong


def test_a_held_batch_is_told_in_japanese(workshop: Workshop) -> None:
    held = workshop.maker.post(f"/api/trace/batches/{workshop.batches['A1']}/holds", {"reason": "Smell"})
    assert held.status_code == 201, held.text

    assert "ロット A1 は保留中です。" in refused(workshop, "ja", roast(workshop, "10", "8"))


def test_a_wrong_gtin_and_a_missing_page_are_told_in_german(maker: Maker) -> None:
    clerk = Clerk(maker, role="manager", language="de")

    product = clerk.send(
        "/trace/products/new", {"name": "Bar", "sku": "BAR", "net_mass_g": "60", "gtin": "4006381333932"}
    )
    missing = clerk.open("/trace/nowhere")

    assert product.status_code == 422
    assert "4006381333932 ist keine gültige GTIN" in product.text
    assert "Bitte erneut scannen" in product.text
    assert "Unter dieser Adresse gibt es nichts." in missing.text


def test_rows_of_a_file_are_refused_in_german(maker: Maker) -> None:
    clerk = Clerk(maker, role="manager", language="de")
    rows = {"file": ("farms.csv", b"name,country\nElvesia,UK\n,DO\n", "text/csv")}

    answer = clerk.send("/trace/farms/import", {"mode": "all"}, files=rows)

    assert "UK ist kein Länderkürzel" in answer.text
    assert "Pflichtfeld" in answer.text


def test_programs_are_answered_in_english_whoever_asks(workshop: Workshop) -> None:
    body = {
        "kind": "roast",
        "inputs": [workshop.taken("A1", 5000)],
        "outputs": [workshop.new("N1", "nibs", 8)],
    }
    answer = workshop.maker.post("/api/trace/processes", body, headers={"accept-language": "de"})

    assert answer.json()["detail"] == "Batch A1 has 60000 g on hand; 5000000 g cannot be taken."
