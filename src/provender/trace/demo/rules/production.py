"""From beans to wrapped bars: one run through the workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from provender.trace.demo.rules.ledger import Ledger, Lot, Origins, Put, Step, kilos
from provender.trace.demo.rules.masters import HOUSE_SKU, MILK_SKU, NIGHT_SKU
from provender.trace.demo.rules.pantry import Pantry

FIRST_NUMBER: Final = 360
FIRST_WEEK: Final = -34
LAST_WEEK: Final = -2
FRIDAY: Final = 4


@dataclass(frozen=True)
class Recipe:
    """Parts of a hundred of the finished chocolate."""

    nibs: int
    butter: int
    sugar: int
    milk: int = 0


@dataclass(frozen=True)
class Pack:
    """A finished batch to pack.

    Attributes:
        pieces: How many; None: what the bars give, in whole dozens.
    """

    code: str
    sku: str
    pieces: int | None = None


@dataclass
class Run:
    """One run: which beans, and what becomes of them.

    Attributes:
        weekday: 0 or 2: two runs a week do not meet at any machine.
        beans: Batches and grams; all of it is roasted together.
        packs: Finished batches in the order of packing; the last one takes what is left.
        rework: Rework added in the conche.
        rework_into: Code of a new rework batch, or the batch itself, that takes what the moulds leave.
    """

    week: int
    weekday: int
    recipe: Recipe
    beans: Sequence[tuple[Lot, Decimal]]
    packs: Sequence[Pack]
    rework: tuple[Lot, Decimal] | None = None
    rework_into: str | Lot | None = None
    made: dict[str, Lot] = field(default_factory=dict[str, Lot])

    @property
    def number(self) -> int:
        """Runs are numbered in the order in which they begin."""
        return run_number(self.week, self.weekday)


def run_number(week: int, weekday: int) -> int:
    """Return the number printed on what a run makes."""
    return FIRST_NUMBER + 2 * (week - FIRST_WEEK) + (1 if weekday else 0)


def recipe_of(sku: str) -> Recipe:
    """Return what goes into a product."""
    if sku == MILK_SKU:
        return Recipe(nibs=33, butter=12, sugar=33, milk=22)
    if sku in {HOUSE_SKU, NIGHT_SKU}:
        return Recipe(nibs=58, butter=7, sugar=35) if sku == HOUSE_SKU else Recipe(nibs=82, butter=3, sugar=15)
    percent = int(sku.split("-")[1])
    return Recipe(nibs=percent - 4, butter=4, sugar=100 - percent)


def make(ledger: Ledger, pantry: Pantry, run: Run) -> dict[str, Lot]:
    """Record a whole run and return its finished batches by code."""
    nibs = _roast_and_winnow(ledger, run)
    conched = _grind_and_conche(ledger, pantry, run, nibs)
    bars = _mould(ledger, run, conched)
    for position, pack in enumerate(run.packs):
        _pack(ledger, pantry, run, (bars, pack, position))
    return run.made


def _day(ledger: Ledger, run: Run, offset: int) -> date:
    """Return a working day of the run; from Saturday on work goes on on Monday."""
    weekday = run.weekday + offset
    return ledger.calendar.day(run.week, weekday + 2 if weekday > FRIDAY else weekday)


def _share(ledger: Ledger, amount: Decimal, low: float, high: float) -> Decimal:
    """Return a part of an amount that differs from run to run, in whole tens of grams."""
    part = amount * Decimal(str(round(ledger.random.uniform(low, high), 4)))
    return _whole(part / 10) * 10


def _whole(amount: Decimal) -> Decimal:
    """Return an amount in whole grams, written without an exponent."""
    return Decimal(int(amount))


def _roast_and_winnow(ledger: Ledger, run: Run) -> Lot:
    day = _day(ledger, run, 0)
    at = ledger.calendar.at
    weighed = sum((quantity for _, quantity in run.beans), Decimal(0))
    roasted = ledger.add_lot("ROASTED", f"RB-{run.number:04d}", day)
    after_roast = _share(ledger, weighed, 0.925, 0.945)
    ledger.record(Step("roast", at(day, 8), at(day, 10.5), "Roaster"), run.beans, [Put(roasted, after_roast)])
    nibs = ledger.add_lot("NIBS", f"N-{run.number:04d}", day)
    shell = ledger.add_lot("SHELL", f"SH-{run.number:04d}", day)
    of_nibs = _share(ledger, after_roast, 0.79, 0.81)
    of_shell = _share(ledger, after_roast, 0.17, 0.185)
    step = Step("winnow", at(day, 11), at(day, 12.5), "Winnower")
    ledger.record(step, [(roasted, after_roast)], [Put(nibs, of_nibs), Put(shell, of_shell, "byproduct")])
    return nibs


def _grind_and_conche(ledger: Ledger, pantry: Pantry, run: Run, nibs: Lot) -> Lot:
    machine = 2 if run.weekday else 1
    day, next_day, last_day = (_day(ledger, run, offset) for offset in (0, 1, 3))
    recipe, at, total = run.recipe, ledger.calendar.at, nibs.left
    sugar = pantry.take("SUGAR", _whole(total * recipe.sugar / recipe.nibs), day)
    milk = pantry.take("MILK", _whole(total * recipe.milk / recipe.nibs), day) if recipe.milk else []
    ground = ledger.add_lot("MASS", f"M-{run.number:04d}", next_day)
    poured = [(nibs, total), *sugar, *milk]
    weight = _whole(sum((quantity for _, quantity in poured), Decimal(0)) * Decimal("0.997"))
    ledger.record(Step("grind", at(day, 13), at(next_day, 13), f"Melangeur {machine}"), poured, [Put(ground, weight)])
    butter = pantry.take("BUTTER", _whole(total * recipe.butter / recipe.nibs), next_day)
    poured = [(ground, weight), *butter, *([run.rework] if run.rework else [])]
    conched = ledger.add_lot("CONCHED", f"C-{run.number:04d}", last_day)
    weight = _whole(sum((quantity for _, quantity in poured), Decimal(0)) * Decimal("0.996"))
    step = Step("conche", at(next_day, 14), at(last_day, 6), f"Conche {machine}")
    ledger.record(step, poured, [Put(conched, weight)])
    return conched


def _mould(ledger: Ledger, run: Run, conched: Lot) -> Lot:
    day, total, at = _day(ledger, run, 3), conched.left, ledger.calendar.at
    bars = ledger.add_lot("BARS", f"B-{run.number:04d}", day)
    scrap = ledger.add_lot("SCRAP", f"X-{run.number:04d}", day)
    of_scrap = _share(ledger, total, 0.004, 0.009)
    puts = [Put(scrap, of_scrap, "scrap")]
    of_rework = Decimal(0)
    if run.rework_into is not None:
        into = run.rework_into
        lot = into if isinstance(into, Lot) else ledger.add_lot("REWORK", into, day)
        of_rework = _share(ledger, total, 0.02, 0.03)
        puts.append(Put(lot, of_rework, "rework"))
        run.made[lot.code] = lot
    puts.insert(0, Put(bars, total - of_scrap - of_rework))
    ledger.record(Step("mould", at(day, 10), at(day, 14), "Moulding line"), [(conched, total)], puts)
    return bars


def _pack(ledger: Ledger, pantry: Pantry, run: Run, packed: tuple[Lot, Pack, int]) -> None:
    bars, pack, position = packed
    day = _day(ledger, run, 4)
    product = ledger.products[pack.sku]
    pieces = Decimal(pack.pieces or int(bars.left / product.net_mass_g / 12) * 12)
    is_last = position == len(run.packs) - 1
    best_before = day + timedelta(days=product.shelf_life_days)
    lot = ledger.add_lot(pack.sku, pack.code, day, Origins(best_before_on=best_before))
    weight = bars.left if is_last else pieces * product.net_mass_g
    hour = 8 + position
    step = Step("pack", ledger.calendar.at(day, hour), ledger.calendar.at(day, hour + 0.75), "Packing line")
    wrapping = [*pantry.take("FOIL", pieces, day), *pantry.take("LABEL", pieces, day)]
    ledger.record(step, [(bars, weight), *wrapping], [Put(lot, pieces)])
    run.made[pack.code] = lot


def scrap_rework(ledger: Ledger, lot: Lot, run: Run) -> None:
    """Throw away what a run left, on the evening of its packing day."""
    day = _day(ledger, run, 4)
    step = Step("scrap", ledger.calendar.at(day, 17), ledger.calendar.at(day, 17.25), note="Weekly disposal")
    ledger.record(step, [(lot, lot.left)], [])


def beans_for(pantry: Pantry, shares: Sequence[tuple[str, float]], day: date) -> list[tuple[Lot, Decimal]]:
    """Return beans of some origins, each so many kilograms."""
    return [part for short, amount in shares for part in pantry.take(short, kilos(amount), day)]
