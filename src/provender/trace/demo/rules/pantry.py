"""What is received and kept until it is used, first in first out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from provender.trace.demo.rules.ledger import Ledger, Lot, Origins, Put, Step, kilos

LOT_SIZES: Final = {
    "SUGAR": kilos(150),
    "BUTTER": kilos(30),
    "MILK": kilos(50),
    "FOIL": Decimal(12_000),
    "LABEL": Decimal(12_000),
}
"""What one lot of a bought material holds: grams, or pieces of packaging."""
SUPPLIER_OF: Final = {
    "SUGAR": "zuckerhof",
    "BUTTER": "buttermuehle",
    "MILK": "milchwerk",
    "FOIL": "folie",
    "LABEL": "folie",
}


@dataclass
class Pantry:
    """The lots in the house that ordinary production draws from, oldest first.

    What runs out is delivered some days before it is needed, so that the story never waits.
    """

    ledger: Ledger
    queues: dict[str, list[Lot]] = field(default_factory=lambda: defaultdict[str, list[Lot]](list))
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict[str, int](lambda: 10))

    def take(self, name: str, quantity: Decimal, day: date) -> list[tuple[Lot, Decimal]]:
        """Return what to draw for a process of that day.

        Args:
            name: A material code, or the three letters of an origin for its beans.
            quantity: In the base unit of the material.
            day: The day it is needed.
        """
        queue = self.queues[name]
        while sum((lot.left for lot in queue), Decimal(0)) < quantity:
            queue += self.deliver(name, day)
        taken: list[tuple[Lot, Decimal]] = []
        for lot in queue:
            part = min(lot.left, quantity - sum((each for _, each in taken), Decimal(0)))
            if part > 0:
                taken.append((lot, part))
        self.queues[name] = [
            lot for lot in queue if lot.left > sum((each for one, each in taken if one is lot), Decimal(0))
        ]
        return taken

    def deliver(self, name: str, needed_on: date) -> list[Lot]:
        """Receive new lots one to two weeks before they are needed."""
        day = needed_on - timedelta(days=self.ledger.random.randint(8, 15))
        return self._deliver_bought(name, day) if name in LOT_SIZES else self._deliver_beans(name, day)

    def _deliver_bought(self, material: str, day: date) -> list[Lot]:
        self.numbers[material] += 1
        code = f"{material[:3]}-{self.numbers[material]:03d}"
        supplier = self.ledger.suppliers[SUPPLIER_OF[material]]
        best_before = None if material in {"FOIL", "LABEL"} else day + timedelta(days=540)
        lot = self.ledger.add_lot(material, code, day, Origins(supplier=supplier, best_before_on=best_before))
        receive(self.ledger, day, [(lot, LOT_SIZES[material])])
        return [lot]

    def _deliver_beans(self, short: str, day: date) -> list[Lot]:
        sizes = [kilos(self.ledger.random.randint(14, 25)) for _ in range(self.ledger.random.randint(1, 3))]
        lots: list[Lot] = []
        for _ in sizes:
            self.numbers[short] += 1
            lots.append(add_harvest(self.ledger, short, f"{short}-{self.numbers[short]:03d}", day))
        receive(self.ledger, day, list(zip(lots, sizes, strict=True)))
        return lots


def add_harvest(ledger: Ledger, short: str, code: str, day: date) -> Lot:
    """Add a bean batch of a farm, picked weeks before it arrives."""
    farm = ledger.farms[short]
    importer = ledger.suppliers["cacau" if farm.country in {"BO", "EC", "PE", "VE", "CO"} else "rohkakao"]
    picked_on = day - timedelta(days=ledger.random.randint(60, 110))
    return ledger.add_lot(f"BEANS-{farm.country}", code, picked_on, Origins(farm=farm, supplier=importer))


def receive(ledger: Ledger, day: date, delivered: Sequence[tuple[Lot, Decimal]], note: str | None = None) -> None:
    """Record the arrival of lots; harvests get the plots they came from."""
    started_at = ledger.calendar.at(day, 9.5)
    finished_at = ledger.calendar.at(day, 10.25)
    step = Step("receive", started_at, finished_at, note=note)
    ledger.record(step, [], [Put(lot, quantity) for lot, quantity in delivered])
    plots_by_farm = {farm.id: ledger.plots[short] for short, farm in ledger.farms.items()}
    for lot, quantity in delivered:
        plots = plots_by_farm.get(lot.row.farm_id) if lot.row.farm_id else None
        if plots:
            chosen = plots[:1] if len(plots) % 3 == 0 else plots[:2]
            ledger.add_origins(lot, chosen, quantity)
