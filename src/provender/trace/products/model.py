"""The words of products."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ProductUses:
    """How many records point to a product and keep it from being deleted."""

    batches: int
    order_lines: int
    complaints: int


@dataclass(frozen=True)
class MaterialShape:
    """What of a material decides whether it can be sold in pieces."""

    kind: str
    base_unit: str
