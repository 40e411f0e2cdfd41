"""What a case keeps: the frozen result, and how two of them differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from provender.trace.recall.model.findings import Item, MassBalance
from provender.trace.recall.model.movements import Root


@dataclass(frozen=True, slots=True)
class RecallResult:
    """The answer of a case at the moment it was opened. The order of parts does not matter."""

    roots: tuple[Root, ...]
    items: tuple[Item, ...]
    share_by_batch: Mapping[str, Fraction]
    balances: tuple[MassBalance, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """How a later result differs from an earlier one; items sorted by kind and id.

    Attributes:
        changed: Pairs (before, after) of the same row with another class, reason or quantity.
    """

    is_equal: bool
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[tuple[Item, Item], ...]
