"""The words of the demo: who recorded it, which edge cases it shows, what was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

TIME_ZONE: Final = "Europe/Berlin"
"""Of the demo's maker, which `provender.core.demo` opens; its days begin and end there."""
RECORDERS: Final = ("Mara Vogt", "Sven Okoro", "Ada Lindner")
"""Who recorded what happened: the people of the demo's maker."""
DEMO_SEED: Final = 2530
"""The demo that the tutorial and its screenshots tell of: the number of bars in the source of its names."""


class FoundBy(StrEnum):
    """What a reader types to find an edge case."""

    BATCH = "batch code"
    ORDER = "customer reference of the order"
    CUSTOMER = "customer"
    FARM = "farm"


@dataclass(frozen=True)
class EdgeCase:
    """One awkward thing that the demo contains on purpose.

    Attributes:
        name: What it is called in spec/trace.md.
        shows: What a reader should see there.
        found_by: Where to look.
        find: What to look for, letter for letter.
    """

    name: str
    shows: str
    found_by: FoundBy
    find: str


@dataclass(frozen=True)
class DemoStory:
    """What was loaded, with what the tutorial and the start page point at.

    Attributes:
        loaded_on: The day everything was counted from.
        complaint_id: The open complaint of the shop in Munich.
        reported_batch_id: The batch whose code it reports, a blend of two farms with rework.
        suspect_batch_id: The harvest that explains this complaint and the earlier one from Japan.
        mock_root_id: A harvest for a mock recall: its bars went to a few customers and nothing is wrong with it.
        row_counts: Rows stored, by table without schema.
    """

    loaded_on: date
    complaint_id: UUID
    reported_batch_id: UUID
    suspect_batch_id: UUID
    mock_root_id: UUID
    row_counts: Mapping[str, int]
