"""The words of suppliers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SupplierUses:
    """How many records point to a supplier and keep it from being deleted."""

    batches: int
