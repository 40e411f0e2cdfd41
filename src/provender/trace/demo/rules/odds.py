"""Rare movements: a return, a correction, a count, twins of a code, a hold, old complaints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Final

from provender.trace.demo.rules.ledger import Ledger, Lot, Origins, Put, Step, kilos
from provender.trace.demo.rules.masters import NIGHT_SKU
from provender.trace.demo.rules.pantry import receive
from provender.trace.demo.rules.rows import ComplaintRow
from provender.trace.demo.rules.sales import Draw, Sales, Wish, usual_times

TWIN: Final = "2026-07"
RETURNER: Final = "Kiezladen Neukölln"


def tell_odds(ledger: Ledger, sales: Sales, lots: Mapping[str, Lot]) -> None:
    """Record them; `lots` are the edge cases by code."""
    _return_some(ledger, sales, lots["RETURNED"])
    _mix_up_twins(ledger)
    _correct(ledger, lots)
    held_at = ledger.calendar.days_ago(6, 15)
    ledger.hold(lots["ON-HOLD"], "Bloom on the retained sample; laboratory result awaited.", held_at)
    checked = (ledger.calendar.days_ago(20, 9), "Laboratory found nothing.")
    ledger.hold(lots["PARTIAL-1"], "Foreign smell in the store room.", ledger.calendar.days_ago(24, 9), checked)
    _complain_earlier(ledger, sales, lots)


def _return_some(ledger: Ledger, sales: Sales, lot: Lot) -> None:
    """Of 72 pieces 18 came back: 12 to the shelf, 2 destroyed, 4 melted down."""
    at = ledger.calendar.at
    ordered_at = at(ledger.calendar.day(-10, 0), 10)
    line = sales.order(RETURNER, Wish(ordered_at, "delivered", reference="RETURNED"), [(NIGHT_SKU, 72)])[0]
    packed_at = at(ledger.calendar.day(-10, 1), 10)
    shipped = sales.ship(RETURNER, usual_times(packed_at), [Draw(line, lot, Decimal(72))])[0]
    received_at = at(ledger.calendar.day(-9, 1), 10)
    receipt = sales.open_return(RETURNER, received_at, "Ordered too much before the holidays.")
    sales.take_back(shipped, receipt, 12, "restock")
    sales.take_back(shipped, receipt, 2, "destroy")
    melted = sales.take_back(shipped, receipt, 4, "rework")
    rework = ledger.add_lot("REWORK", "W-RETURNED", received_at.date())
    step = Step(
        "rework", received_at + timedelta(hours=4), received_at + timedelta(hours=5), "Melting pot",
        gain_reason="30 g of cocoa butter were added and not weighed in.",
    )  # fmt: skip
    melted.rework_process_id = ledger.record(step, [(lot, Decimal(4))], [Put(rework, Decimal(230))])
    scrapped_at = received_at + timedelta(hours=6)
    ledger.record(Step("scrap", scrapped_at, scrapped_at, note="Too old to use"), [(rework, Decimal(230))], [])


def _mix_up_twins(ledger: Ledger) -> None:
    """Two suppliers printed the same code; then the sugar was put into two bins and together again."""
    day = ledger.calendar.day(-8, 3)
    at = ledger.calendar.at
    zuckerhof, muehle = ledger.suppliers["zuckerhof"], ledger.suppliers["buttermuehle"]
    sugar = ledger.add_lot("SUGAR", TWIN, day, Origins(supplier=zuckerhof))
    butter = ledger.add_lot("BUTTER", TWIN, day, Origins(supplier=muehle))
    receive(ledger, day, [(sugar, kilos(100))])
    receive(ledger, day, [(butter, kilos(20))])
    bins = [ledger.add_lot("SUGAR", f"{TWIN}-{letter}", day) for letter in "AB"]
    step = Step("split", at(day, 12), at(day, 12.5), note="Into two bins")
    ledger.record(step, [(sugar, kilos(98))], [Put(each, kilos(49)) for each in bins])
    silo = ledger.add_lot("SUGAR", "SILO-3", ledger.calendar.day(-7, 3))
    merged_at = at(ledger.calendar.day(-7, 3), 12)
    ledger.record(Step("merge", merged_at, merged_at), [(each, kilos(49)) for each in bins], [Put(silo, kilos(98))])
    spilt_at = at(ledger.calendar.day(-7, 4), 12)
    ledger.record(Step("adjust", spilt_at, spilt_at, note="A sack burst"), [(sugar, kilos("0.4"))], [])


def _correct(ledger: Ledger, lots: Mapping[str, Lot]) -> None:
    """A count that found fewer, a scrapping recorded on the wrong batch and reversed, one entered days late."""
    at = ledger.calendar.at
    counted_at = at(ledger.calendar.day(-6, 4), 16)
    step = Step("count", counted_at, counted_at, note="Quarterly count: 3 pieces fewer")
    ledger.record(step, [(lots["TWICE-IN-ORDER"], Decimal(3))], [])
    wrong_at = at(ledger.calendar.day(-6, 4), 17)
    step = Step("scrap", wrong_at, wrong_at, note="Crushed in the store")
    wrong = ledger.record(step, [(lots["NEVER-ORDERED"], Decimal(12))], [])
    ledger.reverse(wrong, wrong_at + timedelta(hours=1), "Wrong batch: it was PARTIAL-2.")
    late = Step("scrap", wrong_at, wrong_at, note="Crushed in the store", recorded_at=wrong_at + timedelta(days=3))
    ledger.record(late, [(lots["PARTIAL-2"], Decimal(12))], [])


def _complain_earlier(ledger: Ledger, sales: Sales, lots: Mapping[str, Lot]) -> None:
    told = (
        ("Weinhandlung Lehel", "TWICE-IN-ORDER", 70, "White film on the bars.", "Warm transport; replaced."),
        ("Borough Bean Grocer", "PARTIAL-2", 43, "Three bars arrived broken.", "Carrier damage; credited."),
        ("Grazer Genussladen", "RETURNED", 31, "The label says 85 %, the shelf card 80 %.", "Shelf card corrected."),
    )
    for name, code, days, words, outcome in told:
        customer = sales.customers[name]
        received_at = ledger.calendar.days_ago(days, 11)
        ledger.rows.complaints.append(
            ComplaintRow(
                id=ledger.new_id(received_at),
                customer_id=customer.row.id,
                product_id=ledger.products[NIGHT_SKU].id,
                state="closed",
                received_at=received_at,
                description=words,
                reported_code=f"L {code.lower()}",
                reported_best_before_on=None,
                batch_id=lots[code].row.id,
                closed_reason=outcome,
                recorded_by_name=ledger.person(),
            )
        )
