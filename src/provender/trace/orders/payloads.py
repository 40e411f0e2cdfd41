"""What orders look like in JSON and forms. Quantities are whole pieces, prices per piece in the order's currency."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.kit.quantities.figures import Figure
from provender.trace.orders.model import AllocationState, OrderState

MOST_LINES = 500
Number = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Currency = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern="^[A-Za-z]{3}$")]
Pieces = Annotated[int, Field(ge=1, le=1_000_000_000, description="Whole pieces.")]
Price = Annotated[
    Decimal, Field(ge=0, max_digits=14, decimal_places=4, description="Per piece, in the order's currency.")
]


class OrderFilter(ListQuery):
    """Which orders a list shows."""

    state: OrderState | None = None
    customer: UUID | None = Field(default=None, description="Id of a customer.")
    product: UUID | None = Field(default=None, description="Id of a product that a line names.")
    number: str | None = Field(default=None, max_length=60, description="The order's number begins so.")
    reference: str | None = Field(default=None, max_length=100, description="The customer's reference begins so.")
    search: str | None = Field(
        None, max_length=200, description="Number or reference begins so, or the customer's name holds it."
    )
    from_on: date | None = Field(default=None, alias="from", description="First day of ordering, in your zone.")
    to_on: date | None = Field(default=None, alias="to", description="Last day of ordering, in your zone.")


class OrderExportFilter(OrderFilter, ExportQuery):
    """Which orders a file holds, and how it is divided."""


class OrderRowText(BaseModel):
    """A row of a file of orders as it stands there; rows with one number are the lines of one order."""

    model_config = ConfigDict(extra="forbid")

    number: Number
    customer: str | None = None
    sku: str | None = None
    quantity: str | None = None
    unit_price: str | None = None
    customer_reference: str | None = None
    currency: str | None = None
    ordered_on: str | None = None
    expected_on: str | None = None


class OrderRow(BaseModel):
    """A row of a file of orders, understood. Customer and product are named as people name them."""

    customer: Annotated[str, Field(min_length=1, max_length=200)]
    sku: Annotated[str, Field(min_length=1, max_length=60)]
    quantity: Pieces
    unit_price: Price = Decimal(0)
    customer_reference: Reference | None = None
    currency: Currency = "EUR"
    ordered_on: date | None = None
    expected_on: date | None = None


class RelatedOrderFilter(ListQuery):
    """Which of the orders of one customer or product a list shows."""

    state: OrderState | None = None


class OrderLineInput(BaseModel):
    """So many pieces of a product."""

    model_config = ConfigDict(extra="forbid")

    product_id: UUID
    quantity: Pieces
    unit_price: Price = Decimal(0)


class KeptLineInput(OrderLineInput):
    """A line of an order that is replaced: with its id it is changed, without one added."""

    id: UUID | None = None


class OrderHeaderInput(BaseModel):
    """What an order says apart from its lines."""

    model_config = ConfigDict(extra="forbid")

    customer_site_id: UUID | None = None
    customer_reference: Reference | None = None
    currency: Currency = Field(default="EUR", description="ISO 4217.")
    ordered_at: AwareDatetime | None = Field(default=None, description="Now, when left out.")
    expected_on: date | None = Field(default=None, description="When the customer expects the goods.")
    note: Text | None = None


class OrderInput(OrderHeaderInput):
    """A new order."""

    customer_id: UUID
    number: Number | None = Field(default=None, description="The next of the series SO, when left out.")
    lines: list[OrderLineInput] = Field(default_factory=list[OrderLineInput], max_length=MOST_LINES)
    confirm: bool = Field(default=False, description="Confirm it at once instead of leaving a draft.")


class OrderReplacement(OrderHeaderInput):
    """An order as it shall be; lines that are not named are removed."""

    delay_reason: Text | None = None
    lines: list[KeptLineInput] = Field(max_length=MOST_LINES)


class OrderAmendment(BaseModel):
    """What shall change of an order; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    customer_site_id: UUID | None = None
    customer_reference: Reference | None = None
    currency: Currency = "EUR"
    ordered_at: AwareDatetime | None = None
    expected_on: date | None = None
    delay_reason: Text | None = Field(default=None, description="Why it comes late; the customer reads it.")
    note: Text | None = None


class OrderMove(BaseModel):
    """The state an order shall move to."""

    model_config = ConfigDict(extra="forbid")

    to: OrderState
    reason: Text | None = None


class AllocationChoice(BaseModel):
    """So many pieces of a batch for a line."""

    model_config = ConfigDict(extra="forbid")

    order_line_id: UUID
    batch_id: UUID
    quantity: Pieces


class AllocationInput(BaseModel):
    """What to set aside: chosen by hand, or first expired first out."""

    model_config = ConfigDict(extra="forbid")

    automatic: bool = Field(default=False, description="Choose the batches: what expires first goes out first.")
    partial: bool = Field(
        default=False, description="With automatic: set aside what there is, even when it is not enough."
    )
    allocations: list[AllocationChoice] = Field(default_factory=list[AllocationChoice], max_length=MOST_LINES)

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.automatic == bool(self.allocations):
            message = "Name allocations, or ask for automatic ones, not both."
            raise ValueError(message)
        if self.partial and not self.automatic:
            message = "Partial is for automatic allocation only."
            raise ValueError(message)
        return self


class AllocationMove(BaseModel):
    """The state an allocation shall move to."""

    model_config = ConfigDict(extra="forbid")

    to: AllocationState


class Answer(BaseModel):
    """The base of what is answered: a test holds the JSON of the database to it."""

    model_config = ConfigDict(extra="forbid")


class NamedCustomer(Answer):
    """A customer, as an order names it."""

    id: UUID
    name: str
    country: str


class Customer(NamedCustomer):
    """A customer with the language it is written to."""

    language: str


class CustomerSite(Answer):
    """Where the goods go."""

    id: UUID
    name: str
    address: str
    country: str
    time_zone: str


class NamedProduct(Answer):
    """A product, as a line names it."""

    id: UUID
    sku: str
    name: str
    gtin: str | None


class NamedBatch(Answer):
    """A batch, as an allocation names it."""

    id: UUID
    code: str
    best_before_on: date | None


class OrderSummary(Answer):
    """An order as a list shows it; quantities in pieces.

    Attributes:
        packed_quantity: In shipments that have not left.
        shipped_quantity: In shipments that have left.
    """

    id: UUID
    number: str
    state: OrderState
    customer: NamedCustomer
    customer_reference: str | None
    currency: str
    ordered_at: datetime
    expected_on: date | None
    version: int
    line_count: int
    ordered_quantity: Figure
    allocated_quantity: Figure
    packed_quantity: Figure
    shipped_quantity: Figure
    amount: Figure


class OrderList(Answer):
    """One page of orders."""

    items: list[OrderSummary]
    next: str | None


class OrderLine(Answer):
    """A line and where its pieces are.

    Attributes:
        open_quantity: Ordered and not yet packed.
        back_ordered_quantity: Open, and nothing is set aside for it.
    """

    id: UUID
    line_no: int
    product: NamedProduct
    unit_price: Figure
    ordered_quantity: Figure
    allocated_quantity: Figure
    packed_quantity: Figure
    shipped_quantity: Figure
    returned_quantity: Figure
    open_quantity: Figure
    back_ordered_quantity: Figure


class HeldAside(Answer):
    """An allocation as its order shows it."""

    id: UUID
    order_line_id: UUID
    batch: NamedBatch
    is_held: bool
    quantity: Figure
    state: AllocationState
    created_at: datetime


class Allocation(HeldAside):
    """An allocation by itself."""

    line_no: int
    product: NamedProduct


class AllocationList(Answer):
    """All allocations of an order; there are no further pages."""

    items: list[Allocation]
    next: str | None


class OrderShipment(Answer):
    """A shipment as its order shows it."""

    id: UUID
    number: str
    carrier: str | None
    tracking_number: str | None
    packed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    quantity: Figure


class StateEntry(Answer):
    """A state the order came to, when, through whom, and why."""

    from_state: OrderState | None
    to_state: OrderState
    reason: str | None
    changed_at: datetime
    changed_by: str


class Order(Answer):
    """An order with everything that belongs to it."""

    id: UUID
    number: str
    state: OrderState
    customer: Customer
    customer_site: CustomerSite | None
    customer_reference: str | None
    currency: str
    ordered_at: datetime
    expected_on: date | None
    delay_reason: str | None
    note: str | None
    version: int
    amount: Figure
    lines: list[OrderLine]
    allocations: list[HeldAside]
    shipments: list[OrderShipment]
    states: list[StateEntry]
