"""One of each awkward thing, under a name that says what it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from provender.trace.demo.rules.ledger import Ledger, Lot, kilos
from provender.trace.demo.rules.masters import BLEND_SKU, HOUSE_SKU, NIGHT_SKU, single_origin_sku
from provender.trace.demo.rules.pantry import Pantry, add_harvest, receive
from provender.trace.demo.rules.production import Pack, Run, beans_for, make, recipe_of, run_number
from provender.trace.demo.rules.rows import OrderLineRow
from provender.trace.demo.rules.sales import Draw, Sales, Times, Wish, usual_times
from provender.trace.demo.rules.season import Runner, Slot

BLEND_OF_EDGES: Final = (("SNV", 30.0), ("OCU", 30.0))
PARTIAL: Final = "PARTIAL-TWO-BATCHES"
TWICE: Final = "TWO-LINES-ONE-BATCH"


def plan_edges(ledger: Ledger, pantry: Pantry) -> dict[Slot, Runner]:
    """Return the runs that make the batches of the edge cases."""
    house = [
        Pack("NEVER-ORDERED", HOUSE_SKU, 240),
        Pack("ONLY-CANCELLED", HOUSE_SKU, 240),
        Pack("ONLY-UNSHIPPED", HOUSE_SKU, 240),
        Pack("USED-UP", HOUSE_SKU, 180),
        Pack("ON-HOLD", HOUSE_SKU),
    ]
    night = [
        Pack("PARTIAL-1", NIGHT_SKU, 120),
        Pack("PARTIAL-2", NIGHT_SKU, 180),
        Pack("TWICE-IN-ORDER", NIGHT_SKU, 180),
        Pack("RETURNED", NIGHT_SKU),
    ]

    def make_packs(week: int, packs: list[Pack]) -> dict[str, Lot]:
        beans = beans_for(pantry, BLEND_OF_EDGES, ledger.calendar.day(week, 2))
        return make(ledger, pantry, Run(week, 2, recipe_of(packs[0].sku), beans, packs))

    return {
        (-24, 0): lambda: _make_single_harvest(ledger, pantry),
        (-20, 2): lambda: make_packs(-20, house),
        (-16, 2): lambda: make_packs(-16, night),
        (-13, 2): lambda: _make_loop(ledger, pantry, -13, "LOOP-1"),
        (-12, 2): lambda: _make_loop(ledger, pantry, -12, "LOOP-2"),
    }


def sell_edges(ledger: Ledger, sales: Sales, lots: Mapping[str, Lot]) -> None:
    """Record the orders of the edge cases."""
    _order_unshipped(ledger, sales, lots)
    _use_up(ledger, sales, lots["USED-UP"])
    _ship_partly(ledger, sales, lots)
    _ship_twice(ledger, sales, lots["TWICE-IN-ORDER"])
    _sell_loop(ledger, sales, lots)


def _make_single_harvest(ledger: Ledger, pantry: Pantry) -> dict[str, Lot]:
    beans = add_harvest(ledger, "TOL", "TOL-001", ledger.calendar.day(-26, 1))
    receive(ledger, ledger.calendar.day(-26, 1), [(beans, kilos(54))])
    sku = single_origin_sku("TOL")
    pack = Pack(f"ALT-{run_number(-24, 0):04d}", sku)
    return make(ledger, pantry, Run(-24, 0, recipe_of(sku), [(beans, kilos(54))], [pack]))


def _make_loop(ledger: Ledger, pantry: Pantry, week: int, code: str) -> dict[str, Lot]:
    """Put rework into a tank that this run has drawn from: what is made of it goes back into it."""
    key = ("TANK", "REWORK-LOOP")
    tank = ledger.lots.get(key) or ledger.add_lot(*key, ledger.calendar.day(-13, 7))
    beans = beans_for(pantry, (("LAM", 28.0), ("ORO", 28.0)), ledger.calendar.day(week, 2))
    drawn = (tank, tank.left - 400) if tank.left else None
    pack = Pack(code, BLEND_SKU)
    return make(ledger, pantry, Run(week, 2, recipe_of(BLEND_SKU), beans, [pack], rework=drawn, rework_into=tank))


def _day(ledger: Ledger, week: int, weekday: int) -> date:
    return ledger.calendar.day(week, weekday)


def _order_unshipped(ledger: Ledger, sales: Sales, lots: Mapping[str, Lot]) -> None:
    at = ledger.calendar.at
    wish = Wish(at(_day(ledger, -18, 2), 10), "cancelled", reference="ONLY-CANCELLED", note="The shop closed.")
    lines = sales.order("Bücherstube Maxvorstadt", wish, [(HOUSE_SKU, 60)])
    sales.allocate(lines[0], lots["ONLY-CANCELLED"], 60, at=at(_day(ledger, -18, 2), 11), state="released")
    wish = Wish(ledger.calendar.days_ago(4, 10), "confirmed", reference="ONLY-UNSHIPPED")
    lines = sales.order("Bäckerei Westend", wish, [(HOUSE_SKU, 48)])
    sales.allocate(lines[0], lots["ONLY-UNSHIPPED"], 48, at=ledger.calendar.days_ago(4, 11))


def _use_up(ledger: Ledger, sales: Sales, lot: Lot) -> None:
    for number, customer in enumerate(("Delikatessen Savignyplatz", "Zürcher Kakaostube", "Praha Kakao")):
        at = ledger.calendar.at(_day(ledger, -17, number), 10)
        lines = sales.order(customer, Wish(at, "delivered", reference=f"USED-UP-{number + 1}"), [(HOUSE_SKU, 60)])
        packed_at = ledger.calendar.at(_day(ledger, -17, number + 1), 10)
        sales.ship(customer, usual_times(packed_at), [Draw(lines[0], lot, Decimal(60))])


def _ship_partly(ledger: Ledger, sales: Sales, lots: Mapping[str, Lot]) -> None:
    """Of 144 pieces 96 have left, from two batches; 48 are still open."""
    customer = "Kölner Süßwerk"
    ago = ledger.calendar.days_ago
    wish = Wish(
        ago(12, 10), "in_production", reference=PARTIAL,
        delay_reason="The next batch of Nachtmarkt is still in the conche.",
    )  # fmt: skip
    line = sales.order(customer, wish, [(NIGHT_SKU, 144)])[0]
    draws = [Draw(line, lots["PARTIAL-1"], Decimal(60)), Draw(line, lots["PARTIAL-2"], Decimal(36))]
    sales.ship(customer, Times(ago(10, 9), ago(10, 14), ago(8, 11)), draws)


def _ship_twice(ledger: Ledger, sales: Sales, lot: Lot) -> None:
    """Two lines of one order get pieces of the same batch: one order, not two."""
    customer = "Hannover Lister Meile"
    ordered_at = ledger.calendar.at(_day(ledger, -11, 1), 10)
    wish = Wish(ordered_at, "delivered", reference=TWICE, note="The second line is for the window display.")
    lines: list[OrderLineRow] = sales.order(customer, wish, [(NIGHT_SKU, 48), (NIGHT_SKU, 12)])
    draws = [Draw(line, lot, line.quantity) for line in lines]
    sales.ship(customer, usual_times(ledger.calendar.at(_day(ledger, -11, 3), 10)), draws)


def _sell_loop(ledger: Ledger, sales: Sales, lots: Mapping[str, Lot]) -> None:
    for code, customer in (("LOOP-1", "Erfurter Krämerbrücke"), ("LOOP-2", "Düsseldorf Karlstadt")):
        at = ledger.calendar.at(_day(ledger, -9, 1), 10)
        line = sales.order(customer, Wish(at, "delivered", reference=f"REWORK-{code}"), [(BLEND_SKU, 96)])[0]
        packed_at = ledger.calendar.at(_day(ledger, -9, 2), 10)
        sales.ship(customer, usual_times(packed_at), [Draw(line, lots[code], Decimal(96))])
