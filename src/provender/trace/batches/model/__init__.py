"""The words of batches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from provender.kit.quantities.units import BaseUnit


@dataclass(frozen=True)
class BatchMatch:
    """A batch that a printed code may mean.

    Attributes:
        wanted: The text that was looked for.
        is_exact: The code is letter for letter the one looked for, not only after folding.
    """

    wanted: str
    id: UUID
    code: str
    material_id: UUID
    material_name: str
    is_exact: bool


@dataclass(frozen=True)
class LockedBatch:
    """A batch whose stock nobody else changes until this transaction ends.

    Attributes:
        unit_mass_g: Grams in one base unit; None when not known.
        on_hand: In the building, in base units; not below zero.
        allocated: Of it, set aside for orders.
    """

    id: UUID
    code: str
    material_id: UUID
    material_kind: str
    base_unit: str
    unit_mass_g: Decimal | None
    product_id: UUID | None
    on_hand: Decimal
    allocated: Decimal
    is_held: bool

    @property
    def unit(self) -> BaseUnit:
        """The unit in which the batch is kept."""
        return BaseUnit(self.base_unit)

    @property
    def free(self) -> Decimal:
        """On hand and not set aside, in base units; never below zero."""
        return max(self.on_hand - self.allocated, Decimal(0))


@dataclass(frozen=True)
class Making:
    """What a new batch would consist of: a material, and the product it is sold as when there is one.

    Attributes:
        net_mass_g: Net content of one piece, when the material is a product's.
    """

    material_id: UUID
    material_kind: str
    base_unit: str
    product_id: UUID | None
    net_mass_g: Decimal | None
    shelf_life_days: int | None


@dataclass(frozen=True)
class Origin:
    """A plot whose harvest is in a batch; quantity in the base unit, None when not known."""

    plot_id: UUID
    farm_id: UUID
    quantity: Decimal | None


@dataclass(frozen=True)
class NewBatch:
    """A batch to be made, complete.

    Attributes:
        unit_mass_g: Frozen: grams in one base unit, None when not known.
    """

    material_id: UUID
    product_id: UUID | None
    farm_id: UUID | None
    supplier_id: UUID | None
    code: str
    made_on: date
    best_before_on: date | None
    unit_mass_g: Decimal | None
    note: str | None


@dataclass(frozen=True)
class Found:
    """A record that a code typed into the search field may mean.

    Attributes:
        kind: batch, product, order, shipment, complaint or recall.
        is_whole: The code is all of its code, not only the beginning.
    """

    kind: str
    id: UUID
    title: str
    detail: str
    is_whole: bool
    happened_on: date


@dataclass(frozen=True)
class LabelFacts:
    """What is printed on the label of a batch.

    Attributes:
        gtin: Of the product; None: the code leads to our own search instead of a GS1 link.
        unit_mass_g: Grams in one base unit.
        resolver_origin: Where GS1 links lead; None: the address the page was opened at.
    """

    code: str
    material_name: str
    product_name: str | None
    gtin: str | None
    unit_mass_g: Decimal | None
    base_unit: str
    made_on: date
    best_before_on: date | None
    organisation_name: str
    resolver_origin: str | None

    @property
    def name(self) -> str:
        """What the batch is called: its product, or its material."""
        return self.product_name or self.material_name

    @property
    def net_mass_g(self) -> Decimal | None:
        """Net content of one piece in grams; None for what is not counted in pieces."""
        return self.unit_mass_g if self.base_unit == "piece" else None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the search field.

    Attributes:
        code: As typed, or the lot of a GS1 code.
        code_key: The same folded; empty: no batch is looked for by code.
        best_before_on: When the text is a date.
        gtin: 14 digits; narrows the batches to this product.
        product_gtin: 14 digits; finds the product itself.
    """

    code: str
    code_key: str
    best_before_on: date | None = None
    gtin: str | None = None
    product_gtin: str | None = None
