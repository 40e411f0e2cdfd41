"""What relations look like in JSON."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, field_validator

from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.kit.quantities.figures import Figure
from provender.kit.sentences import tell
from provender.trace.lineage.model import LIVING_STATES, ORDER_STATES, Direction, Via


class Answer(BaseModel):
    """An answer has exactly the fields that are documented."""

    model_config = ConfigDict(extra="forbid")


class OrdersWanted(ListQuery):
    """Which orders of a batch or farm are listed."""

    via: Via = Field(Via.ANY, description="`direct`: only the batches themselves, not what was made from them.")
    state: str = Field(
        ",".join(LIVING_STATES),
        description="Order states, comma-separated, or `all`; without it every state but cancelled.",
    )

    @field_validator("state")
    @classmethod
    def _known(cls, value: str) -> str:
        states = ORDER_STATES if value == "all" else tuple(part.strip() for part in value.split(","))
        unknown = [state for state in states if state not in ORDER_STATES]
        if unknown:
            message = tell(
                "Unknown state %(unknown)s; known are all, %(known)s.",
                unknown=", ".join(unknown),
                known=", ".join(ORDER_STATES),
            )
            raise ValueError(message)
        return ",".join(states)

    @property
    def states(self) -> list[str]:
        """The states as a list."""
        return self.state.split(",")


class CustomersWanted(ListQuery):
    """Which customers of a batch or farm are listed."""

    via: Via = Field(Via.ANY, description="`direct`: only the batches themselves, not what was made from them.")


class GraphWanted(BaseModel):
    """Which part of the graph is answered."""

    direction: Direction = Direction.BOTH
    orders: bool = Field(default=True, description="Whether orders and customers are part of it.")


class TraceWanted(BaseModel):
    """Which way a drawing goes, and whose path stands out."""

    direction: Direction = Direction.BOTH
    node: str = Field("", max_length=40, description="Id of a node: what is not on its path is faint.")


class TraceExportWanted(ExportQuery):
    """Which edges a file of a trace has."""

    direction: Direction = Direction.BOTH


class OrdersExportWanted(OrdersWanted, ExportQuery):
    """Which orders a file has."""


class CustomerName(Answer):
    """A customer in short."""

    id: UUID
    name: str
    country: str


class RelatedOrder(Answer):
    """An order that got something of a batch or of what was made from it; quantities in pieces."""

    id: UUID
    number: str
    customer_reference: str | None
    state: str
    ordered_at: datetime
    expected_on: date | None
    customer: CustomerName
    shipped_quantity: Figure
    allocated_quantity: Figure


class RelatedCustomer(Answer):
    """A customer that got something; quantities in pieces, orders counted once each."""

    id: UUID
    name: str
    country: str
    language: str
    email: str | None
    order_count: int
    shipped_quantity: Figure
    allocated_quantity: Figure


class RelatedProduct(Answer):
    """A product that a batch became."""

    id: UUID
    sku: str
    name: str
    gtin: str | None
    net_mass_g: Figure
    batch_count: int


class RelatedFarm(Answer):
    """A farm behind a batch or an order, with its batches."""

    id: UUID
    name: str
    producer_name: str | None
    country: str
    region: str | None
    batch_count: int
    batch_codes: list[str]


class MaterialName(Answer):
    """A material in short."""

    id: UUID
    code: str
    name: str
    kind: str
    base_unit: str


class RelatedBatch(Answer):
    """A batch of a farm or product."""

    id: UUID
    code: str
    made_on: date
    best_before_on: date | None
    material: MaterialName
    order_count: int
    customer_count: int


class ProductName(Answer):
    """A product in short."""

    id: UUID
    sku: str
    name: str


class OrderBatch(Answer):
    """A batch in an order, or the pieces whose batch nobody knows."""

    id: UUID | None
    code: str | None
    made_on: date | None
    best_before_on: date | None
    product: ProductName
    shipped_quantity: Figure
    allocated_quantity: Figure
    is_unknown: bool
    unknown_reason: str | None


class OrderList(Answer):
    """One page of orders."""

    items: list[RelatedOrder]
    next: str | None


class CustomerList(Answer):
    """One page of customers."""

    items: list[RelatedCustomer]
    next: str | None


class ProductList(Answer):
    """The products of a batch; never paged."""

    items: list[RelatedProduct]
    next: str | None


class FarmList(Answer):
    """The farms of a batch; never paged."""

    items: list[RelatedFarm]
    next: str | None


class BatchList(Answer):
    """One page of batches."""

    items: list[RelatedBatch]
    next: str | None


class OrderBatchList(Answer):
    """The batches of an order; `unknown_batch_quantity` counts the pieces that no batch is known for."""

    items: list[OrderBatch]
    next: str | None
    unknown_batch_quantity: Figure


class OrderFarmList(Answer):
    """The farms of an order; `unknown_batch_quantity` says how many pieces they do not explain."""

    items: list[RelatedFarm]
    next: str | None
    unknown_batch_quantity: Figure


class GraphNode(Answer):
    """A batch, process, farm, supplier, order or customer."""

    id: UUID
    kind: Literal["batch", "process", "farm", "supplier", "order", "customer"]
    label: str
    sublabel: str | None
    unit: str | None
    quantity: Figure | None = Field(description="Of a batch: what was ever put into it, in `unit`.")
    happened_on: str | None
    product_id: UUID | None
    is_held: bool


class GraphEdge(Answer):
    """A quantity that went from one node to another."""

    source_id: UUID
    target_id: UUID
    quantity: Figure | None
    unit: str | None
    mass_g: Figure | None


class Graph(Answer):
    """The graph around a batch."""

    root: UUID
    nodes: list[GraphNode]
    edges: list[GraphEdge]
