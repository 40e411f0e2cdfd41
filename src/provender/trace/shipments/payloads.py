"""What shipments and returns look like in JSON and forms. Quantities are whole pieces."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from provender.kit.http.cursors import ListQuery
from provender.kit.quantities.figures import Figure
from provender.trace.orders.public import NamedBatch, NamedCustomer, NamedProduct, Pieces
from provender.trace.processes.public import OutputLine
from provender.trace.shipments.model import Disposition, ShipmentState

MOST_LINES = 500
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class ShipmentFilter(ListQuery):
    """Which shipments a list shows."""

    order: UUID | None = Field(default=None, description="Id of an order.")
    customer: UUID | None = Field(default=None, description="Id of a customer.")
    state: ShipmentState | None = None
    number: str | None = Field(default=None, max_length=60, description="The shipment's number begins so.")
    from_on: date | None = Field(default=None, alias="from", description="Packed on this day or later, in your zone.")
    to_on: date | None = Field(default=None, alias="to", description="Packed on this day or earlier, in your zone.")


class ShipmentLineInput(BaseModel):
    """So many pieces of one batch for an order line; when the batch is not known, why."""

    model_config = ConfigDict(extra="forbid")

    order_line_id: UUID
    batch_id: UUID | None = None
    batch_unknown_reason: Text | None = None
    quantity: Pieces


class ShipmentInput(BaseModel):
    """What is packed, and whether it has left."""

    model_config = ConfigDict(extra="forbid")

    order_id: UUID
    carrier: Text | None = None
    tracking_number: Text | None = None
    packed_at: AwareDatetime | None = Field(default=None, description="Left out: when it left, or now.")
    shipped_at: AwareDatetime | None = Field(default=None, description="Left out: it is still in the house.")
    from_allocations: bool = Field(default=False, description="Pack everything that is set aside for the order.")
    lines: list[ShipmentLineInput] = Field(default_factory=list[ShipmentLineInput], max_length=MOST_LINES)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.from_allocations == bool(self.lines):
            message = "Name lines, or pack what is set aside, not both."
            raise ValueError(message)
        return self


class ShipmentAmendment(BaseModel):
    """What shall change of a shipment; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    carrier: Text | None = None
    tracking_number: Text | None = None


class Departure(BaseModel):
    """When a shipment left."""

    model_config = ConfigDict(extra="forbid")

    shipped_at: AwareDatetime | None = Field(default=None, description="Left out: now.")


class Delivery(BaseModel):
    """When a shipment arrived."""

    model_config = ConfigDict(extra="forbid")

    delivered_at: AwareDatetime | None = Field(default=None, description="Left out: now.")


class ReturnFilter(ListQuery):
    """Which returns a list shows."""

    customer: UUID | None = Field(default=None, description="Id of a customer.")
    shipment: UUID | None = Field(default=None, description="Id of a shipment some of whose goods came back.")


class ReturnLineInput(BaseModel):
    """Pieces of a shipment line that came back, and what becomes of them."""

    model_config = ConfigDict(extra="forbid")

    shipment_line_id: UUID
    quantity: Pieces
    disposition: Disposition
    into_batch: OutputLine | None = Field(
        default=None, description="With rework: what they become, as in an output of a process."
    )


class ReturnInput(BaseModel):
    """Goods of one customer that came back."""

    model_config = ConfigDict(extra="forbid")

    customer_id: UUID
    received_at: AwareDatetime | None = Field(default=None, description="Left out: now.")
    note: Note | None = None
    lines: list[ReturnLineInput] = Field(min_length=1, max_length=MOST_LINES)


class Answer(BaseModel):
    """The base of what is answered: a test holds the JSON of the database to it."""

    model_config = ConfigDict(extra="forbid")


class NamedOrder(Answer):
    """An order, as a shipment names it."""

    id: UUID
    number: str
    customer_reference: str | None


class ShipmentSummary(Answer):
    """A shipment as a list shows it; quantities in pieces."""

    id: UUID
    number: str
    state: ShipmentState
    order: NamedOrder
    customer: NamedCustomer
    carrier: str | None
    tracking_number: str | None
    packed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    version: int
    line_count: int
    quantity: Figure
    returned_quantity: Figure


class ShipmentList(Answer):
    """One page of shipments."""

    items: list[ShipmentSummary]
    next: str | None


class ShipmentLine(Answer):
    """Pieces of one batch; the batch may be unknown and then says why."""

    id: UUID
    order_line_id: UUID
    line_no: int
    product: NamedProduct
    batch: NamedBatch | None
    batch_unknown_reason: str | None
    is_held: bool
    quantity: Figure
    returned_quantity: Figure
    unit_price: Figure
    net_mass_g: Figure | None


class ShippingCustomer(NamedCustomer):
    """A customer with the language of its papers."""

    language: str


class ShippingSite(Answer):
    """Where the goods go."""

    id: UUID
    name: str
    address: str
    country: str
    time_zone: str


class Shipment(Answer):
    """A shipment with its lines."""

    id: UUID
    number: str
    state: ShipmentState
    order: NamedOrder
    customer: ShippingCustomer
    customer_site: ShippingSite | None
    currency: str
    carrier: str | None
    tracking_number: str | None
    packed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    version: int
    lines: list[ShipmentLine]


class NamedShipment(Answer):
    """A shipment, as a return names it."""

    id: UUID
    number: str


class ReturnLine(Answer):
    """What came back of one shipment line."""

    id: UUID
    shipment_line_id: UUID
    shipment: NamedShipment
    order: NamedOrder
    product: NamedProduct
    batch: NamedBatch | None
    quantity: Figure
    disposition: Disposition
    rework_process_id: UUID | None


class Return(Answer):
    """Goods that came back."""

    id: UUID
    number: str
    customer: NamedCustomer
    received_at: datetime
    note: str | None
    recorded_by: str
    lines: list[ReturnLine]


class ReturnSummary(Answer):
    """A return as a list shows it; quantities in pieces."""

    id: UUID
    number: str
    customer: NamedCustomer
    received_at: datetime
    line_count: int
    restocked_quantity: Figure
    reworked_quantity: Figure
    destroyed_quantity: Figure


class ReturnList(Answer):
    """One page of returns."""

    items: list[ReturnSummary]
    next: str | None
