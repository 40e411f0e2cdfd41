"""What products look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator

from provender.kit.errors import Refusal
from provender.kit.gs1.keys import normalise_gtin
from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.kit.sentences import tell
from provender.trace.products.rules import shorten_gtin


def _check_gtin(written: str) -> str:
    try:
        return shorten_gtin(normalise_gtin(written))
    except Refusal as refusal:
        message = tell("%(sentence)s %(hint)s", sentence=refusal.sentence, hint=tell(refusal.hint or ""))
        raise ValueError(message) from refusal


Sku = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Gtin = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=40),
    AfterValidator(_check_gtin),
    Field(description="GTIN-8, -12, -13 or -14 with its check digit; spaces and hyphens may stand in it."),
]
Grams = Annotated[Decimal, Field(gt=0, le=1_000_000_000, max_digits=15, decimal_places=6)]
Pieces = Annotated[int, Field(ge=1, le=1_000_000)]
Days = Annotated[int, Field(ge=1, le=36_500)]


class ProductFilter(ListQuery):
    """Which products a list shows."""

    search: str | None = Field(None, max_length=200, description="SKU or name begins with this, or the GTIN.")
    sku: str | None = Field(None, max_length=60, description="SKU begins with this; capitals do not matter.")
    name: str | None = Field(None, max_length=200, description="Name begins with this; capitals do not matter.")
    gtin: str | None = Field(None, max_length=40, description="This GTIN, in any length.")
    archived: bool | None = Field(None, description="Only retired ones, or only others.")

    @field_validator("gtin")
    @classmethod
    def _fill_gtin(cls, written: str | None) -> str | None:
        return None if written is None else _check_gtin(written).rjust(14, "0")

    @property
    def search_gtin(self) -> str | None:
        """What was searched for as a GTIN of 14 digits, when it is one."""
        try:
            return normalise_gtin(self.search or "")
        except Refusal:
            return None


class ProductExportFilter(ProductFilter, ExportQuery):
    """Which products a file holds."""


class ProductInput(BaseModel):
    """A product as a caller describes it; a PUT replaces all of it but its material.

    Attributes:
        material_id: The finished material it is; left out, one is made with the SKU as its code.
    """

    model_config = ConfigDict(extra="forbid")

    sku: Sku
    name: Name
    gtin: Gtin | None = None
    net_mass_g: Grams = Field(description="Net content of one piece in grams.")
    units_per_case: Pieces = 1
    shelf_life_days: Days | None = Field(None, description="Days from making to best before.")
    material_id: UUID | None = Field(None, description="A finished material; left out, one is made.")


class ProductMaterial(BaseModel):
    """The material that a product is."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str
    name: str


class Product(BaseModel):
    """A product as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    sku: str
    name: str
    gtin: str | None
    net_mass_g: float
    units_per_case: int
    shelf_life_days: int | None
    material: ProductMaterial
    archived_at: datetime | None
    version: int
    batch_count: int


class ProductList(BaseModel):
    """One page of products."""

    model_config = ConfigDict(extra="forbid")

    items: list[Product]
    next: str | None
