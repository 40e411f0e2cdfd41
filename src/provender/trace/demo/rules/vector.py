"""The hand-checkable example of the specification, to the gram, sold to a few customers.

Beans A1 60 kg + B1 40 kg give nibs N1 80, shell 18, loss 2. N1 50 + sugar S1 20 + butter CB1 5 give mass
M1 75. M1 60 gives bars BR1 57.5, rework W1 2, scrap X1 0.5. N1 20 + S1 8 + W1 2 give M2 30. M2 25 gives
bars BR2 24, scrap X2 1. Left: N1 10, M1 15, M2 5. A bar weighs 50 g.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from provender.trace.demo.rules.ledger import Ledger, Lot, Origins, Put, Step, kilos
from provender.trace.demo.rules.masters import EXAMPLE_REWORK_SKU, EXAMPLE_SKU
from provender.trace.demo.rules.pantry import add_harvest, receive
from provender.trace.demo.rules.sales import Draw, Sales, Wish, usual_times

WEEK: Final = -30
BEANS: Final = {"A1": ("SNV", 60), "B1": ("TBS", 40)}
BUYERS: Final = (
    ("Leipziger Passagencafé", EXAMPLE_SKU, "BR1", 120),
    ("Wiener Naschladen", EXAMPLE_SKU, "BR1", 240),
    ("Naschmarkt Connewitz", EXAMPLE_SKU, "BR1", 60),
    ("De Chocoladehoek", EXAMPLE_REWORK_SKU, "BR2", 96),
    ("Leipziger Passagencafé", EXAMPLE_REWORK_SKU, "BR2", 48),
)
"""Customer, SKU, batch, pieces."""


def work_example(ledger: Ledger, sales: Sales) -> Lot:
    """Record the example and return its first root, A1."""
    day = ledger.calendar.day(WEEK - 2, 1)
    lots = {code: add_harvest(ledger, short, code, day) for code, (short, _) in BEANS.items()}
    zuckerhof, muehle = ledger.suppliers["zuckerhof"], ledger.suppliers["buttermuehle"]
    lots["S1"] = ledger.add_lot("SUGAR", "S1", day, Origins(supplier=zuckerhof))
    lots["CB1"] = ledger.add_lot("BUTTER", "CB1", day, Origins(supplier=muehle))
    for code, amount in (("A1", 60), ("B1", 40), ("S1", 28), ("CB1", 5)):
        receive(ledger, day, [(lots[code], kilos(amount))], note="Worked example of the manual")
    _make_bars(ledger, lots)
    _sell(ledger, sales, lots)
    return lots["A1"]


def _make_bars(ledger: Ledger, lots: dict[str, Lot]) -> None:
    made = {
        "N1": ("NIBS", 0), "SHELL1": ("SHELL", 0), "M1": ("MASS", 1), "W1": ("REWORK", 2), "X1": ("SCRAP", 2),
        "M2": ("MASS", 3), "X2": ("SCRAP", 4),
    }  # fmt: skip
    day = [ledger.calendar.day(WEEK, weekday) for weekday in range(5)]
    for code, (material, weekday) in made.items():
        lots[code] = ledger.add_lot(material, code, day[weekday])
    for code, sku, weekday in (("BR1", EXAMPLE_SKU, 2), ("BR2", EXAMPLE_REWORK_SKU, 4)):
        best_before = ledger.calendar.day(WEEK + 77, weekday)
        lots[code] = ledger.add_lot(sku, code, day[weekday], Origins(best_before_on=best_before))

    def run(kind: str, weekday: int, taken: dict[str, int], given: list[tuple[str, Decimal, str]]) -> None:
        at = ledger.calendar.at
        step = Step(kind, at(day[weekday], 15), at(day[weekday], 18), f"Sample room, {kind}")
        inputs = [(lots[code], kilos(amount)) for code, amount in taken.items()]
        ledger.record(step, inputs, [Put(lots[code], quantity, role) for code, quantity, role in given])

    run("roast", 0, {"A1": 60, "B1": 40}, [("N1", kilos(80), "good"), ("SHELL1", kilos(18), "byproduct")])
    run("grind", 1, {"N1": 50, "S1": 20, "CB1": 5}, [("M1", kilos(75), "good")])
    waste = [("W1", kilos(2), "rework"), ("X1", kilos("0.5"), "scrap")]
    run("mould", 2, {"M1": 60}, [("BR1", Decimal(1150), "good"), *waste])
    run("grind", 3, {"N1": 20, "S1": 8, "W1": 2}, [("M2", kilos(30), "good")])
    run("mould", 4, {"M2": 25}, [("BR2", Decimal(480), "good"), ("X2", kilos(1), "scrap")])


def _sell(ledger: Ledger, sales: Sales, lots: dict[str, Lot]) -> None:
    for number, (customer, sku, code, pieces) in enumerate(BUYERS, start=1):
        ordered_at = ledger.calendar.at(ledger.calendar.day(WEEK + 1, number), 11)
        wish = Wish(ordered_at, "delivered", reference=f"EXAMPLE-{number}")
        lines = sales.order(customer, wish, [(sku, pieces)])
        packed_at = ledger.calendar.at(ledger.calendar.day(WEEK + 2, number), 9)
        sales.ship(customer, usual_times(packed_at), [Draw(lines[0], lots[code], Decimal(pieces))])
