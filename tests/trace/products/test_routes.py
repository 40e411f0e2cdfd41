"""What only products and materials do."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provender.kit.db import Work
from provender.kit.gs1.keys import check_digit_of, normalise_gtin
from provender.trace.products.rules import shorten_gtin
from tests.maker import Maker

PRODUCTS = "/api/trace/products"
MATERIALS = "/api/trace/materials"
BAR = {"sku": "BAR-70", "name": "Dark 70 %", "net_mass_g": 70}


def make_material(maker: Maker, **changes: object) -> str:
    material = {"code": "BAR", "name": "Bar", "kind": "finished", "base_unit": "piece", **changes}
    added = maker.post(MATERIALS, material)
    assert added.status_code == 201, added.text
    return added.json()["id"]


def test_a_product_without_material_makes_its_finished_one(maker: Maker) -> None:
    product = maker.post(PRODUCTS, BAR).json()

    material = maker.get(f"{MATERIALS}/{product['material']['id']}").json()

    assert (material["code"], material["kind"], material["base_unit"]) == ("BAR-70", "finished", "piece")
    assert material["product_id"] == product["id"]


def test_a_refused_product_leaves_no_material_behind(maker: Maker) -> None:
    maker.post(PRODUCTS, {**BAR, "gtin": "4006381333931"})

    refused = maker.post(PRODUCTS, {**BAR, "sku": "BAR-80", "gtin": "4006381333931"})

    assert refused.json()["code"] == "product.gtin_taken"
    assert [item["code"] for item in maker.get(MATERIALS).json()["items"]] == ["BAR-70"]


def test_a_named_material_must_be_a_finished_one_in_pieces_of_this_tenant(maker: Maker, other_maker: Maker) -> None:
    wrong = [
        make_material(maker, code="NIB", kind="intermediate"),
        make_material(maker, code="KG", base_unit="g"),
        make_material(other_maker),
        "01890a5d-ac96-774b-bcce-b302099a8057",
    ]

    for material_id in wrong:
        refused = maker.post(PRODUCTS, {**BAR, "material_id": material_id})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "material_id")
    right = make_material(maker)
    assert maker.post(PRODUCTS, {**BAR, "material_id": right}).json()["material"]["id"] == right


def test_a_material_is_sold_as_one_product_and_a_product_keeps_it(maker: Maker) -> None:
    first = maker.post(PRODUCTS, BAR).json()
    other = make_material(maker)

    twice = maker.post(PRODUCTS, {**BAR, "sku": "BAR-71", "material_id": first["material"]["id"]})
    moved = maker.put(f"{PRODUCTS}/{first['id']}", {**BAR, "material_id": other}, version=1)
    kept = maker.put(f"{PRODUCTS}/{first['id']}", {**BAR, "material_id": first["material"]["id"]}, version=1)

    assert twice.json()["code"] == "product.material_taken"
    assert moved.json()["code"] == "product.frozen"
    assert kept.status_code == 200
    assert maker.delete(f"{MATERIALS}/{first['material']['id']}").json()["code"] == "material.in_use"


def test_a_sku_whose_material_code_is_taken_says_so(maker: Maker) -> None:
    make_material(maker, code="BAR-70", kind="intermediate", base_unit="g")

    refused = maker.post(PRODUCTS, BAR)

    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "sku")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("4006381333931", "4006381333931"),
        ("04006381333931", "4006381333931"),
        ("036000291452", "036000291452"),
        ("96385074", "96385074"),
        ("10012345678902", "10012345678902"),
    ],
)
def test_one_gtin_has_one_form_and_is_found_in_every_length(written: str, kept: str, maker: Maker) -> None:
    added = maker.post(PRODUCTS, {**BAR, "gtin": written}).json()

    assert added["gtin"] == kept
    for query in (f"gtin={kept}", f"gtin={kept.rjust(14, '0')}", f"search={written}"):
        assert len(maker.get(f"{PRODUCTS}?{query}").json()["items"]) == 1
    assert maker.get(f"{PRODUCTS}?gtin=4012345678901").json()["items"] == []
    assert maker.get(f"{PRODUCTS}?gtin=4012345678902").status_code == 422


@given(st.integers(1, 10**13 - 1))
def test_a_gtin_in_its_natural_length_is_the_same_gtin(number: int) -> None:
    digits = f"{number:013}"
    gtin = digits + check_digit_of(digits)

    shortened = shorten_gtin(gtin)

    assert len(shortened) in {8, 12, 13, 14}
    assert normalise_gtin(shortened) == gtin


def test_products_are_found_by_sku_or_name_without_regard_to_capitals(maker: Maker) -> None:
    maker.post(PRODUCTS, BAR)
    maker.post(PRODUCTS, {**BAR, "sku": "MILK-40", "name": "Milk 40 %"})

    found = {
        query: [item["sku"] for item in maker.get(f"{PRODUCTS}?{query}").json()["items"]]
        for query in ("search=bar", "search=MILK 40", "sku=milk", "name=dark", "search=%25", "search=")
    }

    assert found == {
        "search=bar": ["BAR-70"],
        "search=MILK 40": ["MILK-40"],
        "sku=milk": ["MILK-40"],
        "name=dark": ["BAR-70"],
        "search=%25": [],
        "search=": ["BAR-70", "MILK-40"],
    }


def test_kind_and_unit_of_a_material_never_change(maker: Maker) -> None:
    material = {"code": "NIB", "name": "Nibs", "kind": "intermediate", "base_unit": "g"}
    address = maker.post(MATERIALS, material).headers["location"]

    for change in ({"kind": "bean"}, {"base_unit": "ml"}):
        assert maker.put(address, {**material, **change}, version=1).json()["code"] == "material.frozen"
    assert maker.put(address, {**material, "name": "Cocoa nibs"}, version=1).status_code == 200
    assert [item["code"] for item in maker.get(f"{MATERIALS}?kind=intermediate").json()["items"]] == ["NIB"]
    assert maker.get(f"{MATERIALS}?kind=gold").status_code == 422


def test_a_product_in_use_is_not_deleted(maker: Maker) -> None:
    product = maker.post(PRODUCTS, BAR).json()

    async def store(work: Work) -> None:
        await work.execute(
            b"INSERT INTO trace.batch (organisation_id, material_id, product_id, code, made_on, unit_mass_g)"
            b" VALUES (%(organisation_id)s, %(material_id)s, %(product_id)s, 'L1', '2026-09-01', 70)",
            {"material_id": UUID(product["material"]["id"]), "product_id": UUID(product["id"])},
        )

    maker.run(store)

    assert maker.delete(f"{PRODUCTS}/{product['id']}").json()["code"] == "product.in_use"
    assert maker.get(f"{PRODUCTS}/{product['id']}").json()["batch_count"] == 1
    assert maker.post(f"{PRODUCTS}/{product['id']}/archive").status_code == 200
