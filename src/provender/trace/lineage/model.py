"""The words of lineage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

ORDER_STATES = ("draft", "confirmed", "in_production", "packed", "shipped", "delivered", "cancelled")
LIVING_STATES = ORDER_STATES[:-1]
"""The states that a list of affected orders shows unless it is widened: all but cancelled."""


@dataclass(frozen=True)
class Start:
    """Where a walk begins: a batch, or all batches of a farm; exactly one is given."""

    batch_id: UUID | None = None
    farm_id: UUID | None = None


class Direction(StrEnum):
    """Which way a trace walks."""

    BACK = "back"
    FORWARD = "forward"
    BOTH = "both"


class Via(StrEnum):
    """How a batch may have reached an order."""

    ANY = "any"
    DIRECT = "direct"


class Folding(StrEnum):
    """What was put together so that a graph can be taken in at a glance."""

    NONE = "none"
    ORDERS = "orders"
    CUSTOMERS = "customers"


@dataclass(frozen=True)
class TracedNode:
    """A thing in a trace.

    Attributes:
        id: As text; of customers that were put together, `customers`.
        kind: batch, process, farm, supplier, order or customer.
        label: Code, number or name; the kind of a process.
        sublabel: Material, state of an order, country.
        quantity: Of a batch: what was ever put into it, in `unit`.
        count: How many things the node stands for.
    """

    id: str
    kind: str
    label: str
    sublabel: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    is_held: bool = False
    count: int = 1


@dataclass(frozen=True)
class TracedEdge:
    """What went from one thing to another.

    Attributes:
        quantity: In `unit`, or None where nobody wrote it down.
        steps: Between batches: each process kind with the quantity it put into the target.
    """

    source: str
    target: str
    quantity: Decimal | None = None
    unit: str | None = None
    mass_g: Decimal | None = None
    steps: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class TracedGraph:
    """A trace: what is in it and what went where.

    Attributes:
        root: Id of the node where it begins.
        has_orders: Orders and customers are part of it, as far as there are any.
    """

    root: str
    nodes: tuple[TracedNode, ...]
    edges: tuple[TracedEdge, ...]
    has_orders: bool = True

    @property
    def start(self) -> TracedNode:
        """The node where it begins."""
        return next(node for node in self.nodes if node.id == self.root)

    def count(self, kind: str) -> int:
        """Return how many things of a kind there are."""
        return sum(node.count for node in self.nodes if node.kind == kind)


@dataclass(frozen=True)
class StartName:
    """What a start is called: code and material of a batch, or name and country of a farm."""

    label: str
    sublabel: str
