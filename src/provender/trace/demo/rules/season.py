"""The ordinary runs: what is made when nothing special happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from provender.trace.demo.rules.ledger import Ledger, Lot
from provender.trace.demo.rules.masters import (
    BLEND_SKU,
    HOUSE_SKU,
    MILK_SKU,
    MINI_SKU,
    NIGHT_SKU,
    SINGLE_ORIGINS,
    single_origin_sku,
)
from provender.trace.demo.rules.pantry import Pantry
from provender.trace.demo.rules.production import (
    FIRST_WEEK,
    LAST_WEEK,
    Pack,
    Run,
    beans_for,
    make,
    recipe_of,
    run_number,
    scrap_rework,
)

Slot = tuple[int, int]
"""Week and weekday on which a run begins."""

Runner = Callable[[], dict[str, Lot]]
"""Makes what the story needs and returns the finished batches by code."""
REWORK_EVERY: Final = 4
WEEKS_WITHOUT_REWORK: Final = frozenset({-31, -30, -29, -13, -12, -7, -6, -5, -4})
"""Around these the story has rework of its own, and what lies in one bin is one heap to a recall."""
BLEND_FARMS: Final = ("SNV", "AMB", "MGR", "MAK", "UCA", "TBS", "MAN", "ORO", "PPL", "SFM", "OCU", "LAM", "LAC", "ABE")
"""Origins of the blends; most have no bar of their own."""


@dataclass(frozen=True)
class Season:
    """What came of all runs.

    Attributes:
        ordinary: Finished batches that anybody may buy, oldest first.
        told: Batches that the story speaks of, by code.
    """

    ordinary: list[Lot]
    told: dict[str, Lot]


def run_season(ledger: Ledger, pantry: Pantry, planned: Mapping[Slot, Runner]) -> Season:
    """Record every run, the oldest first: those that the story has planned, and ordinary ones between them."""
    wanted = _wanted(ledger)
    season = Season([], {})
    for week in range(FIRST_WEEK, LAST_WEEK + 1):
        for weekday in (0, 2):
            runner = planned.get((week, weekday))
            if runner is None:
                season.ordinary.extend(_run_ordinary(ledger, pantry, (week, weekday), next(wanted)))
            else:
                season.told.update(runner())
    return season


def _wanted(ledger: Ledger) -> Iterator[str]:
    """Yield what to make next; every bar of one origin comes up three times, blends and milk more often."""
    singles = [single_origin_sku(short) for short, _ in SINGLE_ORIGINS if short != "TOL"]
    skus = [*singles, *singles, BLEND_SKU, BLEND_SKU, BLEND_SKU, HOUSE_SKU, NIGHT_SKU, *[MILK_SKU] * 4]
    while True:
        yield from ledger.random.sample(skus, len(skus))


def _run_ordinary(ledger: Ledger, pantry: Pantry, slot: Slot, sku: str) -> list[Lot]:
    week, weekday = slot
    number = run_number(week, weekday)
    weight = ledger.random.randint(32, 44)
    short = sku.split("-", maxsplit=1)[0]
    if short in dict(SINGLE_ORIGINS):
        shares = [(short, float(weight))]
    else:
        first, second = ledger.random.sample(BLEND_FARMS, 2)
        shares = [(first, weight * 0.5), (second, weight * 0.5)]
    packs = [Pack(f"ALT-{number:04d}", sku)]
    if sku == BLEND_SKU:
        packs.insert(0, Pack(f"ALT-{number:04d}-S", MINI_SKU, 600))
    has_rework = number % REWORK_EVERY == 0 and week not in WEEKS_WITHOUT_REWORK
    run = Run(
        week=week,
        weekday=weekday,
        recipe=recipe_of(sku),
        beans=beans_for(pantry, shares, ledger.calendar.day(week, weekday)),
        packs=packs,
        rework_into=f"W-{number:04d}" if has_rework else None,
    )
    made = make(ledger, pantry, run)
    if has_rework:
        scrap_rework(ledger, made[f"W-{number:04d}"], run)
    return [made[pack.code] for pack in packs]
