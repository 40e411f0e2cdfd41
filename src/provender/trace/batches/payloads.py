"""What batches look like in JSON and forms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.csv.columns import read_items
from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.kit.quantities.figures import Figure

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
LONGEST_SCAN = 400
"""Characters of what a scanner may send: a GS1 Digital Link with several attributes."""


class BatchFilter(ListQuery):
    """Which batches a list shows."""

    code: str | None = Field(
        None, max_length=60, description="As printed or its beginning; case and spaces are ignored."
    )
    best_before: date | None = Field(None, description="Exactly this best-before date.")
    farm: UUID | None = None
    material: UUID | None = None
    product: UUID | None = None
    has_orders: bool | None = Field(None, description="Only with, or only without, orders that are not cancelled.")
    held: bool | None = Field(None, description="Only batches on hold, or only others.")
    made_from: date | None = Field(None, description="Made on this day or later.")
    made_to: date | None = Field(None, description="Made on this day or earlier.")


class BatchExportFilter(BatchFilter, ExportQuery):
    """Which batches a file holds, and in which dialect."""


class BatchChange(BaseModel):
    """What may be changed of a batch: fields left out stay as they are, null empties them."""

    model_config = ConfigDict(extra="forbid")

    note: Note | None = None
    best_before_on: date | None = None
    farm_id: UUID | None = None
    supplier_id: UUID | None = None


class FindQuery(BaseModel):
    """What somebody typed or scanned into the search field."""

    code: str = Field("", max_length=LONGEST_SCAN)


class MaterialName(BaseModel):
    """The material of a batch."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str
    name: str
    kind: str
    base_unit: Literal["g", "ml", "piece"]


class ProductName(BaseModel):
    """What a batch is sold as."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    sku: str
    name: str


class PlaceName(BaseModel):
    """A farm or a supplier."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str


class Quantities(BaseModel):
    """The balance of a batch in the base unit of its material; void processes count nowhere.

    on_hand = produced + adjusted - used - scrapped - shipped + returned.
    """

    model_config = ConfigDict(extra="forbid")

    produced: Figure = Field(description="All that came in.")
    adjusted: Figure = Field(description="Found less missed at counts and corrections.")
    used: Figure = Field(description="Went into other batches.")
    shipped: Figure = Field(description="Packed for or sent to customers.")
    returned: Figure = Field(description="Came back from customers.")
    scrapped: Figure = Field(description="Thrown away, taken as a sample, or destroyed on return.")
    allocated: Figure = Field(description="Of what is on hand, set aside for orders.")
    on_hand: Figure


class Batch(BaseModel):
    """A batch as a list shows it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str
    material: MaterialName
    product: ProductName | None
    farm: PlaceName | None
    supplier: PlaceName | None
    made_on: date
    best_before_on: date | None
    unit_mass_g: Figure | None = Field(description="Grams in one base unit, frozen at making; null: not known.")
    order_count: int = Field(description="Orders that are not cancelled with pieces of this batch itself.")
    customer_count: int = Field(description="Customers of those orders.")
    quantities: Quantities
    is_held: bool
    version: int


class BatchOrigin(BaseModel):
    """A plot whose harvest is in a batch."""

    model_config = ConfigDict(extra="forbid")

    plot_id: UUID
    plot_name: str
    farm_id: UUID
    farm_name: str
    quantity: Figure | None


class ActiveHold(BaseModel):
    """A hold that is in force."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    reason: str
    placed_at: datetime
    placed_by_name: str
    recall_case_id: UUID | None


class BatchDetail(Batch):
    """A batch on its own."""

    note: str | None
    gtin: str | None
    net_mass_g: Figure | None
    origins: list[BatchOrigin]
    holds: list[ActiveHold]
    created_at: datetime


class BatchList(BaseModel):
    """One page of batches."""

    items: list[Batch]
    next: str | None


class ProcessName(BaseModel):
    """The process of a relation."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    kind: str
    started_at: datetime
    finished_at: datetime


class BatchName(BaseModel):
    """The batch at the other end of a relation."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str
    material_name: str
    material_kind: str


class InputRelation(BaseModel):
    """A batch that went into the batch asked for."""

    model_config = ConfigDict(extra="forbid")

    process: ProcessName
    batch: BatchName
    quantity: Figure = Field(description="What the process took of it, in its base unit.")
    base_unit: str


class OutputRelation(InputRelation):
    """A batch that was made from the batch asked for."""

    quantity: Figure = Field(description="What the process put into it, in its base unit.")
    role: str


class InputRelationList(BaseModel):
    """One page of what a batch was made from."""

    items: list[InputRelation]
    next: str | None


class OutputRelationList(BaseModel):
    """One page of what was made from a batch."""

    items: list[OutputRelation]
    next: str | None


class Movement(BaseModel):
    """One line that changed the stock of a batch."""

    model_config = ConfigDict(extra="forbid")

    moved_at: datetime
    direction: Literal["input", "output", "shipment", "return"]
    kind: str = Field(description="Kind of process, packed or shipped, or what became of a return.")
    role: str | None
    quantity: Figure
    change: Figure = Field(description="What it added to what is on hand; negative: took away.")
    base_unit: str
    process_id: UUID | None
    order_id: UUID | None
    number: str | None = Field(description="Of the order or the return.")
    customer_name: str | None


class MovementList(BaseModel):
    """One page of movements."""

    items: list[Movement]
    next: str | None


Shown = TypeVar("Shown", bound=BaseModel)


def typed_items(item_type: type[Shown], items: bytes) -> list[Shown]:
    """Return what PostgreSQL answered as a JSON array, typed and exact, for a page."""
    return [item_type.model_validate(item) for item in read_items(items)]
