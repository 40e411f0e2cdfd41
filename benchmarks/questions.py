"""What is asked: one scenario per promise, with addresses drawn evenly from the largest organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from provender.kit.db.administration import fetch_texts

SAMPLE: Final = 200
IDS: Final = """
WITH maker AS (SELECT id FROM core.organisation WHERE name = 'Measured maker 1')
(SELECT 'bar', batch.id::text FROM trace.batch AS batch
 WHERE batch.organisation_id = (SELECT id FROM maker) AND batch.product_id IS NOT NULL
 ORDER BY hashtext(batch.code) LIMIT %(sample)s)
UNION ALL
(SELECT 'harvest', batch.id::text FROM trace.batch AS batch
 WHERE batch.organisation_id = (SELECT id FROM maker) AND batch.farm_id IS NOT NULL
 ORDER BY hashtext(batch.code) LIMIT %(sample)s)
UNION ALL
(SELECT 'order', sold.id::text FROM trace.sales_order AS sold
 WHERE sold.organisation_id = (SELECT id FROM maker) AND sold.state = 'delivered'
 ORDER BY hashtext(sold.number) LIMIT %(sample)s)
UNION ALL
SELECT 'silo', batch.id::text FROM trace.batch AS batch
WHERE batch.organisation_id = (SELECT id FROM maker) AND batch.code = 'SILO-1'
"""
"""What kind of thing, and its id; the same ones in every run on the same data."""


@dataclass(frozen=True)
class Scenario:
    """A question and its promise.

    Attributes:
        paths: Asked in turn.
        p99_ms: The answer at the HTTP edge is this fast, 99 times of 100.
        per_second: At least so many answers per second and worker; None: not promised.
        most: Ask so often at most, on one connection: for what takes long; 0: for a while, on several.
        body: Sent by POST instead of asking; then there is no floor.
    """

    name: str
    paths: Sequence[str]
    p99_ms: float
    per_second: int | None = None
    most: int = 0
    body: dict[str, object] | None = None


def make_scenarios(admin_url: str) -> list[Scenario]:
    """Return every scenario, the quick ones first."""
    found = fetch_texts(admin_url, IDS, {"sample": SAMPLE})
    bars, harvests, orders, (silo,) = (
        [str(identifier) for kind, identifier in found if kind == wanted]
        for wanted in ("bar", "harvest", "order", "silo")
    )
    recall: dict[str, object] = {
        "title": "Measured",
        "reason": "the silo was not clean",
        "kind": "mock",
        "batch_ids": [silo],
    }
    return [
        Scenario("orders of a batch", _paths("/batches/{}/orders", bars), 50, per_second=2000),
        Scenario("batches with counts", ["/api/trace/batches"], 50),
        Scenario("forward: orders of a harvest", _paths("/batches/{}/orders", harvests), 50),
        Scenario("forward: graph of a harvest", _paths("/batches/{}/trace?direction=forward", harvests), 50),
        Scenario("backward: farms of an order", _paths("/orders/{}/farms", orders), 50),
        Scenario("backward: batches of an order", _paths("/orders/{}/batches", orders), 50),
        Scenario("silo: first orders", [f"/api/trace/batches/{silo}/orders"], 2000, most=40),
        Scenario("silo: customers", [f"/api/trace/batches/{silo}/customers"], 2000, most=40),
        Scenario("silo: a mock recall case", ["/api/trace/recall-cases"], 2000, most=3, body=recall),
    ]


def _paths(pattern: str, ids: Sequence[str]) -> list[str]:
    return ["/api/trace" + pattern.format(each) for each in ids]
