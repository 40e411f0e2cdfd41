"""Which awkward things the demo contains, and where: printed by `provender demo --cases`, checked by a test."""

from __future__ import annotations

from typing import Final

from provender.trace.demo.model import EdgeCase, FoundBy

EDGE_CASES: Final[tuple[EdgeCase, ...]] = (
    EdgeCase("a batch with no orders", "listed with 0 orders, all of it on hand", FoundBy.BATCH, "NEVER-ORDERED"),
    EdgeCase(
        "a batch with only cancelled orders", "0 orders; what was set aside came back", FoundBy.BATCH, "ONLY-CANCELLED"
    ),
    EdgeCase(
        "a batch with only unshipped orders",
        "1 order, nothing shipped, 48 pieces set aside",
        FoundBy.BATCH,
        "ONLY-UNSHIPPED",
    ),
    EdgeCase("a used-up batch", "0 on hand, and still in every trace", FoundBy.BATCH, "USED-UP"),
    EdgeCase("a customer with no orders", "an empty list, not an error", FoundBy.CUSTOMER, "Spätkauf Südvorstadt"),
    EdgeCase("a farm with a single batch", "one harvest, TOL-001, in one bar", FoundBy.FARM, "Toledo District"),
    EdgeCase("a farm with no batch", "empty lists, not an error", FoundBy.FARM, "Alta Verapaz"),
    EdgeCase("an order line without batch", "widens every recall of its product", FoundBy.ORDER, "BATCH-UNKNOWN"),
    EdgeCase("a blend", "two farms and rework in one batch", FoundBy.BATCH, "ALT-0418"),
    EdgeCase("a rework loop", "a tank that feeds what feeds it; the trace ends", FoundBy.BATCH, "REWORK-LOOP"),
    EdgeCase(
        "a partial shipment over two batches", "60 and 36 of 144 pieces, 48 open", FoundBy.ORDER, "PARTIAL-TWO-BATCHES"
    ),
    EdgeCase("a return", "12 back on the shelf, 2 destroyed, 4 melted down", FoundBy.BATCH, "RETURNED"),
    EdgeCase(
        "two order lines with the same batch in one order", "counted as one order", FoundBy.ORDER, "TWO-LINES-ONE-BATCH"
    ),
    EdgeCase("the hand-checkable example", "60 kg of A1: 58.8 found, 1.2 lost", FoundBy.BATCH, "A1"),
    EdgeCase(
        "the same code from two suppliers", "two batches, one of sugar and one of butter", FoundBy.BATCH, "2026-07"
    ),
    EdgeCase("a held batch", "cannot be set aside, shipped or used", FoundBy.BATCH, "ON-HOLD"),
    EdgeCase("a hold that was released", "free again, with who and why", FoundBy.BATCH, "PARTIAL-1"),
    EdgeCase("a reversed process", "void, counted nowhere, still shown", FoundBy.BATCH, "NEVER-ORDERED"),
    EdgeCase("a process entered days late", "recorded three days after it happened", FoundBy.BATCH, "PARTIAL-2"),
    EdgeCase("a count that found fewer", "3 pieces written off", FoundBy.BATCH, "TWICE-IN-ORDER"),
    EdgeCase("a declared gain", "more came out than was weighed in, with the reason", FoundBy.BATCH, "W-RETURNED"),
    EdgeCase("a split and a merge", "two bins out of one batch, and together again", FoundBy.BATCH, "SILO-3"),
)
"""The first thirteen are those of the specification (spec/trace.md, demo and test data)."""
