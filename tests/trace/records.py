"""One of each record of master data, and what every kind of it must do alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel

from provender.trace.customers.payloads import Customer
from provender.trace.farms.payloads import Farm
from provender.trace.materials.payloads import Material
from provender.trace.products.payloads import Product
from provender.trace.suppliers.payloads import Supplier


@dataclass(frozen=True)
class RecordKind:
    """A kind of record with a list, as the tests of all of them use it.

    Attributes:
        things: Last part of the addresses.
        key: Field by which the list is sorted and which is unique.
        sample: A whole record, as it is sent.
        wrong: A record with faults, and the fields at fault.
        bare_row: A CSV line of the needed columns, `@` standing for the key.
    """

    things: str
    key: str
    sample: Mapping[str, object]
    answer: type[BaseModel]
    wrong: tuple[Mapping[str, object], frozenset[str]]
    bare_row: tuple[str, str]
    taken: str
    defaults: Mapping[str, object] = field(default_factory=dict[str, object])

    @property
    def address(self) -> str:
        """Where the list is."""
        return f"/api/trace/{self.things}"

    def named(self, key: str) -> dict[str, object]:
        """Return the smallest record of another key."""
        header, row = self.bare_row
        return dict(zip(header.split(","), row.replace("@", key).split(","), strict=True))


KINDS = (
    RecordKind(
        "farms",
        "name",
        {"name": "Finca Elvesia", "country": "DO", "region": "Hato Mayor", "producer_name": "Coop", "note": "hill"},
        Farm,
        ({"name": " ", "country": "Ghana", "area": 3}, frozenset({"name", "country", "area"})),
        ("name,country", "@,GH"),
        "farm.name_taken",
    ),
    RecordKind(
        "suppliers",
        "name",
        {"name": "Zucker AG", "country": "DE", "email": "sales@zucker.example", "note": "beet"},
        Supplier,
        ({"name": "x" * 201, "country": "UK", "email": "nobody"}, frozenset({"name", "country", "email"})),
        ("name,country", "@,DE"),
        "supplier.name_taken",
    ),
    RecordKind(
        "materials",
        "code",
        {"code": "NIB-70", "name": "Nibs", "kind": "intermediate", "base_unit": "g"},
        Material,
        ({"code": "", "name": "Nibs", "kind": "gold", "base_unit": "kg"}, frozenset({"code", "kind", "base_unit"})),
        ("code,name,kind", "@,Nibs,intermediate"),
        "material.code_taken",
    ),
    RecordKind(
        "products",
        "sku",
        {
            "sku": "BAR-70",
            "name": "Dark 70 %",
            "gtin": "4006381333931",
            "net_mass_g": 70.5,
            "units_per_case": 12,
            "shelf_life_days": 540,
        },
        Product,
        (
            {"sku": "A", "name": "A", "net_mass_g": 0, "gtin": "4006381333932", "units_per_case": 1.5},
            frozenset({"net_mass_g", "gtin", "units_per_case"}),
        ),
        ("sku,name,net_mass_g", "@,Bar,70"),
        "product.sku_taken",
    ),
    RecordKind(
        "customers",
        "name",
        {
            "name": "Feinkost Maier",
            "country": "DE",
            "language": "de",
            "email": "info@maier.example",
            "phone": "+49 89 1234",
            "note": "north gate",
        },
        Customer,
        ({"name": "A", "country": "XX", "language": "fr"}, frozenset({"country", "language"})),
        ("name,country", "@,JP"),
        "customer.name_taken",
    ),
)
