"""Master data of the demo maker: farms with plots, suppliers, materials, products."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from provender.trace.demo.origins import Origin
from provender.trace.demo.rules.ledger import Ledger
from provender.trace.demo.rules.rows import FarmRow, MaterialRow, PlotRow, ProductRow, SupplierRow

SINGLE_HARVEST_FARM: Final = "Toledo District"
NO_HARVEST_FARM: Final = "Alta Verapaz"
BLEND_SKU: Final = "BLEND-72"
HOUSE_SKU: Final = "HOUSE-65"
NIGHT_SKU: Final = "NIGHT-85"
MILK_SKU: Final = "MILK-45"
MINI_SKU: Final = "BLEND-72-20"
EXAMPLE_SKU: Final = "EXAMPLE-73"
EXAMPLE_REWORK_SKU: Final = "EXAMPLE-REWORK-72"
POLYGON_FROM_HA: Final = Decimal(4)
"""EUDR: above this area a plot is a polygon, else a point (EU 2023/1115 article 2(28))."""
METRES_PER_DEGREE: Final = 111_320

SUPPLIERS: Final = (
    ("Hafenkontor Rohkakao", "DE", "rohkakao"),
    ("Lisboa Cacau Import", "PT", "cacau"),
    ("Zuckerhof Börde", "DE", "zuckerhof"),
    ("Buttermühle Twente", "NL", "buttermuehle"),
    ("Milchwerk Allgäu", "DE", "milchwerk"),
    ("Folie und Etikett Pleiße", "DE", "folie"),
)
"""Name, country, mailbox; invented."""

MATERIALS: Final = (
    ("SUGAR", "Cane sugar", "sugar", "g"),
    ("BUTTER", "Cocoa butter", "butter", "g"),
    ("MILK", "Whole milk powder", "milk", "g"),
    ("FOIL", "Wrapping foil", "packaging", "piece"),
    ("LABEL", "Bar label", "packaging", "piece"),
    ("ROASTED", "Roasted beans", "intermediate", "g"),
    ("NIBS", "Cocoa nibs", "intermediate", "g"),
    ("SHELL", "Cocoa shell", "byproduct", "g"),
    ("MASS", "Ground chocolate mass", "intermediate", "g"),
    ("CONCHED", "Conched chocolate", "intermediate", "g"),
    ("BARS", "Moulded bars, unwrapped", "intermediate", "g"),
    ("REWORK", "Chocolate rework", "rework", "g"),
    ("TANK", "Rework tank", "rework", "g"),
    ("SCRAP", "Moulding scrap", "other", "g"),
)
"""Code, name, kind, base unit; besides one kind of beans per country and one finished material per product."""

BLENDS: Final = (
    (BLEND_SKU, "Altstadt Blend 72 %", 50),
    (HOUSE_SKU, "Hausmischung 65 %", 50),
    (NIGHT_SKU, "Nachtmarkt 85 %", 50),
    (MILK_SKU, "Leipziger Milch 45 %", 50),
    (MINI_SKU, "Altstadt Blend 72 %, small", 20),
    (EXAMPLE_SKU, "Worked example 73 %", 50),
    (EXAMPLE_REWORK_SKU, "Worked example with rework 72 %", 50),
)
"""SKU, name, grams of the products that are not named after one origin."""

SINGLE_ORIGINS: Final = (
    ("TUM", 75), ("ARA", 70), ("SAM", 72), ("KIL", 75), ("MAR", 75), ("PIU", 70), ("ESM", 73), ("LRI", 80),
    ("DUA", 70), ("CHU", 74), ("SUR", 70), ("BEN", 78), ("TIE", 72), ("TOL", 72), ("LAC", 70), ("ABE", 77), ("IDU", 70),
)  # fmt: skip
"""Origin and cocoa percentage of the other products; each percentage is one that the source lists for the origin."""


@dataclass(frozen=True)
class Place:
    """Where a plot lies and how large it is."""

    longitude: float
    latitude: float
    area_ha: Decimal


def add_masters(ledger: Ledger, origins: Sequence[Origin]) -> None:
    """Add everything a maker has before the first harvest arrives."""
    began_at = ledger.calendar.at(ledger.calendar.day(-44, 0), 9)
    for origin in origins:
        _add_farm(ledger, origin, began_at)
    for name, country, mailbox in SUPPLIERS:
        row = SupplierRow(ledger.new_id(began_at), name, country, f"sales@{mailbox}.example", began_at)
        ledger.suppliers[mailbox] = row
        ledger.rows.suppliers.append(row)
    country_names = {origin.country: origin.country_name for origin in origins}
    for country, name in country_names.items():
        _add_material(ledger, (f"BEANS-{country}", f"Cocoa beans, {name}", "bean", "g"), began_at)
    for material in MATERIALS:
        _add_material(ledger, material, began_at)
    by_short = {origin.short: origin for origin in origins}
    for short, percent in SINGLE_ORIGINS:
        _add_product(ledger, (single_origin_sku(short), f"{by_short[short].name} {percent} %", 50), began_at)
    for blend in BLENDS:
        _add_product(ledger, blend, began_at)


def single_origin_sku(short: str) -> str:
    """Return the SKU of the bar of one origin."""
    return f"{short}-{dict(SINGLE_ORIGINS)[short]}"


def _add_farm(ledger: Ledger, origin: Origin, began_at: datetime) -> None:
    notes = {
        SINGLE_HARVEST_FARM: "Edge case: has delivered a single harvest.",
        NO_HARVEST_FARM: "Edge case: has not delivered anything yet.",
    }
    farm = FarmRow(
        id=ledger.new_id(began_at),
        name=origin.name,
        producer_name=f"Smallholders of {origin.name}",
        country=origin.country,
        region=origin.country_name,
        note=notes.get(origin.name),
        created_at=began_at,
    )
    ledger.farms[origin.short] = farm
    ledger.rows.farms.append(farm)
    ledger.plots[origin.short] = [
        _add_plot(ledger, farm, f"Plot {number}", _scatter(ledger, origin))
        for number in range(1, ledger.random.randint(1, 4) + 1)
    ]


def _scatter(ledger: Ledger, origin: Origin) -> Place:
    return Place(
        longitude=origin.longitude + ledger.random.uniform(-0.05, 0.05),
        latitude=origin.latitude + ledger.random.uniform(-0.05, 0.05),
        area_ha=Decimal(ledger.random.randint(8, 95)) / 10,
    )


def _add_plot(ledger: Ledger, farm: FarmRow, name: str, place: Place) -> PlotRow:
    row = PlotRow(ledger.new_id(farm.created_at), farm.id, name, _geometry(place), place.area_ha, farm.created_at)
    ledger.rows.plots.append(row)
    return row


def _geometry(place: Place) -> dict[str, object]:
    """Return a point, or above 4 ha a square of the declared area, its outer ring counter-clockwise."""
    if place.area_ha <= POLYGON_FROM_HA:
        return {"type": "Point", "coordinates": [round(place.longitude, 6), round(place.latitude, 6)]}
    half_m = math.sqrt(float(place.area_ha) * 10_000) / 2
    dy = half_m / METRES_PER_DEGREE
    dx = dy / math.cos(math.radians(place.latitude))
    corners = ((-dx, -dy), (dx, -dy), (dx, dy), (-dx, dy), (-dx, -dy))
    ring = [[round(place.longitude + east, 6), round(place.latitude + north, 6)] for east, north in corners]
    return {"type": "Polygon", "coordinates": [ring]}


def _add_material(ledger: Ledger, material: tuple[str, str, str, str], began_at: datetime) -> MaterialRow:
    code, name, kind, base_unit = material
    row = MaterialRow(ledger.new_id(began_at), code, name, kind, base_unit, began_at)
    ledger.materials[code] = row
    ledger.rows.materials.append(row)
    return row


def _add_product(ledger: Ledger, product: tuple[str, str, int], began_at: datetime) -> None:
    sku, name, net_mass_g = product
    material = _add_material(ledger, (sku, name, "finished", "piece"), began_at)
    row = ProductRow(
        id=ledger.new_id(began_at + timedelta(minutes=1)),
        material_id=material.id,
        sku=sku,
        name=name,
        gtin=gtin_of(len(ledger.products) + 1),
        net_mass_g=Decimal(net_mass_g),
        units_per_case=24 if net_mass_g < 50 else 12,  # noqa: PLR2004 - grams of a bar
        shelf_life_days=420 if sku == MILK_SKU else 540,
        created_at=began_at,
    )
    ledger.products[sku] = row
    ledger.rows.products.append(row)


def gtin_of(number: int) -> str:
    """Return the GTIN-13 of a product; GS1 keeps prefix 952 for demonstrations and examples."""
    body = f"952000{number:06d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
    return f"{body}{-total % 10}"
