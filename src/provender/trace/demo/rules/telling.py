"""The whole story, in the order in which it depends on itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.trace.demo.model import TIME_ZONE
from provender.trace.demo.origins import read_origins, read_shops
from provender.trace.demo.rules.calendar import Calendar
from provender.trace.demo.rules.edges import plan_edges, sell_edges
from provender.trace.demo.rules.ledger import Ledger
from provender.trace.demo.rules.market import sell_ordinarily
from provender.trace.demo.rules.masters import add_masters
from provender.trace.demo.rules.odds import tell_odds
from provender.trace.demo.rules.pantry import Pantry
from provender.trace.demo.rules.rows import Rows
from provender.trace.demo.rules.sales import Sales
from provender.trace.demo.rules.season import run_season
from provender.trace.demo.rules.story import REPORTED, SUSPECT, plan_smoke, tell_smoke
from provender.trace.demo.rules.vector import work_example

FIRST_NUMBER = 1001
"""As in core.requests: numbers of four digits from the first on."""


class Numbered(Protocol):
    """A row that gets a number people read when all of its kind are known."""

    number: str


NumberedRow = TypeVar("NumberedRow", bound=Numbered)


@dataclass(frozen=True)
class Telling:
    """All rows, and what the tutorial points at."""

    rows: Rows
    complaint_id: UUID
    reported_batch_id: UUID
    suspect_batch_id: UUID
    mock_root_id: UUID


def tell(seed: int, today: date) -> Telling:
    """Return nine months of a maker's records; the same seed and day give the same rows."""
    ledger = Ledger(Random(seed), Calendar(today, ZoneInfo(TIME_ZONE)))  # noqa: S311 - a story, not a secret
    add_masters(ledger, read_origins())
    sales = Sales(ledger)
    sales.add_customers(read_shops())
    pantry = Pantry(ledger)
    first_root = work_example(ledger, sales)
    season = run_season(ledger, pantry, {**plan_edges(ledger, pantry), **plan_smoke(ledger, pantry)})
    sell_edges(ledger, sales, season.told)
    complaint_id = tell_smoke(ledger, sales, season.told)
    tell_odds(ledger, sales, season.told)
    sell_ordinarily(ledger, sales, season.ordinary)
    _give_numbers(ledger.rows)
    reported, suspect = season.told[REPORTED], ledger.lots["BEANS-CO", SUSPECT]
    return Telling(ledger.rows, complaint_id, reported.row.id, suspect.row.id, first_root.row.id)


def _give_numbers(rows: Rows) -> None:
    _count("SO", sorted(rows.orders, key=lambda order: order.ordered_at))
    _count("SH", sorted(rows.shipments, key=lambda shipment: shipment.packed_at))
    _count("RT", sorted(rows.returns, key=lambda receipt: receipt.received_at))
    _count("CP", sorted(rows.complaints, key=lambda complaint: complaint.received_at))


def _count(series: str, rows: Sequence[NumberedRow]) -> None:
    for number, row in enumerate(rows, start=FIRST_NUMBER):
        row.number = f"{series}-{number}"
