"""The rows of the demo, one class per table; fields are columns, in the units of the schema."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class FarmRow:
    """A row of trace.farm."""

    id: UUID
    name: str
    producer_name: str | None
    country: str
    region: str
    note: str | None
    created_at: datetime


@dataclass(frozen=True)
class PlotRow:
    """A row of trace.plot."""

    id: UUID
    farm_id: UUID
    name: str
    geometry: dict[str, object]
    area_ha: Decimal
    created_at: datetime


@dataclass(frozen=True)
class SupplierRow:
    """A row of trace.supplier."""

    id: UUID
    name: str
    country: str
    email: str
    created_at: datetime


@dataclass(frozen=True)
class MaterialRow:
    """A row of trace.material."""

    id: UUID
    code: str
    name: str
    kind: str
    base_unit: str
    created_at: datetime


@dataclass(frozen=True)
class ProductRow:
    """A row of trace.product."""

    id: UUID
    material_id: UUID
    sku: str
    name: str
    gtin: str
    net_mass_g: Decimal
    units_per_case: int
    shelf_life_days: int
    created_at: datetime


@dataclass(frozen=True)
class BatchRow:
    """A row of trace.batch."""

    id: UUID
    material_id: UUID
    product_id: UUID | None
    farm_id: UUID | None
    supplier_id: UUID | None
    code: str
    made_on: date
    best_before_on: date | None
    unit_mass_g: Decimal | None
    note: str | None
    created_at: datetime


@dataclass(frozen=True)
class OriginRow:
    """A row of trace.batch_origin."""

    batch_id: UUID
    plot_id: UUID
    farm_id: UUID
    quantity: Decimal


@dataclass(frozen=True)
class ProcessRow:
    """A row of trace.process; what is void becomes so when its reversal is stored."""

    id: UUID
    kind: str
    started_at: datetime
    finished_at: datetime
    equipment: str | None
    note: str | None
    gain_reason: str | None
    reverses_process_id: UUID | None
    recorded_at: datetime
    recorded_by_name: str


@dataclass(frozen=True)
class InputRow:
    """A row of trace.process_input."""

    process_id: UUID
    line_no: int
    batch_id: UUID
    quantity: Decimal
    entered_quantity: Decimal
    entered_unit: str
    started_at: datetime
    finished_at: datetime


@dataclass(frozen=True)
class OutputRow:
    """A row of trace.process_output."""

    process_id: UUID
    line_no: int
    batch_id: UUID
    role: str
    quantity: Decimal
    entered_quantity: Decimal
    entered_unit: str
    started_at: datetime
    finished_at: datetime


@dataclass(frozen=True)
class CustomerRow:
    """A row of trace.customer."""

    id: UUID
    name: str
    country: str
    language: str
    email: str
    note: str | None
    created_at: datetime


@dataclass(frozen=True)
class SiteRow:
    """A row of trace.customer_site."""

    id: UUID
    customer_id: UUID
    name: str
    address: str
    country: str
    time_zone: str
    created_at: datetime


@dataclass
class OrderRow:
    """A row of trace.sales_order; `state` is where it ends, `number` is given when all orders are known."""

    id: UUID
    customer_id: UUID
    customer_site_id: UUID
    customer_reference: str | None
    state: str
    currency: str
    ordered_at: datetime
    expected_on: date
    delay_reason: str | None = None
    note: str | None = None
    number: str = ""


@dataclass(frozen=True)
class OrderLineRow:
    """A row of trace.order_line."""

    id: UUID
    order_id: UUID
    customer_id: UUID
    product_id: UUID
    line_no: int
    quantity: Decimal
    unit_price: Decimal


@dataclass(frozen=True)
class AllocationRow:
    """A row of trace.allocation."""

    id: UUID
    order_line_id: UUID
    order_id: UUID
    customer_id: UUID
    product_id: UUID
    batch_id: UUID
    quantity: Decimal
    state: str
    created_at: datetime


@dataclass
class ShipmentRow:
    """A row of trace.shipment; `number` is given when all shipments are known."""

    id: UUID
    order_id: UUID
    customer_id: UUID
    carrier: str
    tracking_number: str | None
    packed_at: datetime
    shipped_at: datetime | None
    delivered_at: datetime | None
    number: str = ""


@dataclass(frozen=True)
class ShipmentLineRow:
    """A row of trace.shipment_line."""

    id: UUID
    shipment_id: UUID
    order_line_id: UUID
    order_id: UUID
    customer_id: UUID
    product_id: UUID
    batch_id: UUID | None
    batch_unknown_reason: str | None
    quantity: Decimal


@dataclass
class ReturnRow:
    """A row of trace.return_receipt; `number` is given when all are known."""

    id: UUID
    customer_id: UUID
    received_at: datetime
    note: str
    recorded_by_name: str
    number: str = ""


@dataclass
class ReturnLineRow:
    """A row of trace.return_line; the process that melted the goods down is known after they came."""

    id: UUID
    return_receipt_id: UUID
    customer_id: UUID
    shipment_line_id: UUID
    quantity: Decimal
    disposition: str
    rework_process_id: UUID | None


@dataclass(frozen=True)
class HoldRow:
    """A row of trace.hold; a released one is stored active first."""

    id: UUID
    batch_id: UUID
    reason: str
    placed_at: datetime
    placed_by_name: str
    released_at: datetime | None
    released_by_name: str | None
    release_reason: str | None


@dataclass
class ComplaintRow:
    """A row of trace.complaint; `number` is given when all are known."""

    id: UUID
    customer_id: UUID
    product_id: UUID
    state: str
    received_at: datetime
    description: str
    reported_code: str | None
    reported_best_before_on: date | None
    batch_id: UUID | None
    closed_reason: str | None
    recorded_by_name: str
    number: str = ""


@dataclass
class Rows:
    """Everything of one maker, in the order told."""

    farms: list[FarmRow] = field(default_factory=list[FarmRow])
    plots: list[PlotRow] = field(default_factory=list[PlotRow])
    suppliers: list[SupplierRow] = field(default_factory=list[SupplierRow])
    materials: list[MaterialRow] = field(default_factory=list[MaterialRow])
    products: list[ProductRow] = field(default_factory=list[ProductRow])
    batches: list[BatchRow] = field(default_factory=list[BatchRow])
    origins: list[OriginRow] = field(default_factory=list[OriginRow])
    processes: list[ProcessRow] = field(default_factory=list[ProcessRow])
    inputs: list[InputRow] = field(default_factory=list[InputRow])
    outputs: list[OutputRow] = field(default_factory=list[OutputRow])
    customers: list[CustomerRow] = field(default_factory=list[CustomerRow])
    sites: list[SiteRow] = field(default_factory=list[SiteRow])
    orders: list[OrderRow] = field(default_factory=list[OrderRow])
    order_lines: list[OrderLineRow] = field(default_factory=list[OrderLineRow])
    allocations: list[AllocationRow] = field(default_factory=list[AllocationRow])
    shipments: list[ShipmentRow] = field(default_factory=list[ShipmentRow])
    shipment_lines: list[ShipmentLineRow] = field(default_factory=list[ShipmentLineRow])
    returns: list[ReturnRow] = field(default_factory=list[ReturnRow])
    return_lines: list[ReturnLineRow] = field(default_factory=list[ReturnLineRow])
    holds: list[HoldRow] = field(default_factory=list[HoldRow])
    complaints: list[ComplaintRow] = field(default_factory=list[ComplaintRow])
