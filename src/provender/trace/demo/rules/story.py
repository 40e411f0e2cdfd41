"""What the tutorial tells: smoke in a bar, a shop in Munich, and one harvest behind it.

A harvest from Tumaco (TUM-061) smells of smoke. Part of it became ALT-0416; the rest was blended with
Maranon Canyon (MAR-044) and with rework of ALT-0416 into ALT-0418. The rest of MAR-044 became ALT-0420,
which nobody complains about. A shop in Kyoto has complained about ALT-0416 before; now Feinkost Isartor
reports ALT-0418. TUM-061 explains both and reaches fewest others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from provender.trace.demo.rules.ledger import Ledger, Lot, kilos
from provender.trace.demo.rules.masters import BLEND_SKU, single_origin_sku
from provender.trace.demo.rules.pantry import Pantry, add_harvest, receive
from provender.trace.demo.rules.production import Pack, Run, make, recipe_of
from provender.trace.demo.rules.rows import ComplaintRow
from provender.trace.demo.rules.sales import Draw, Sales, Times, Wish, usual_times
from provender.trace.demo.rules.season import Runner, Slot

MUNICH: Final = "Feinkost Isartor"
KYOTO: Final = "京都カカオ商店"
SUSPECT: Final = "TUM-061"
REPORTED: Final = "ALT-0418"
EARLIER: Final = "ALT-0416"
UNTOUCHED: Final = "ALT-0420"
BUYERS_OF_REPORTED: Final = (
    "Schwabinger Pralinenladen", "Teehaus am Gärtnerplatz", "Café Sendlinger Tor", "Naturkost Haidhausen",
    "Weinhandlung Lehel", "Kolonialwaren Giesing", "Kakaokontor Speicherstadt", "Elbfeinkost Ottensen",
    "Kiezladen Neukölln", "Delikatessen Savignyplatz", "Kölner Süßwerk", "Mainufer Genuss",
    "Stuttgarter Markthändler", "Dresdner Neustadtladen", "Leipziger Passagencafé", "Nürnberger Burgladen",
    "Freiburger Münsterfeinkost", "Wiener Naschladen", "Zürcher Kakaostube", KYOTO,
)  # fmt: skip
"""The other orders that ALT-0418 left for; one each, in the order of shipping."""
BUYERS_OF_EARLIER: Final = (
    KYOTO, "Bremer Böttcherei", "Hannover Lister Meile", "Épicerie du Canal", "De Chocoladehoek",
    "Borough Bean Grocer", "Plagwitzer Konsum", "Rheinladen Deutz", "Grazer Genussladen",
)  # fmt: skip


def plan_smoke(ledger: Ledger, pantry: Pantry) -> dict[Slot, Runner]:
    """Return the three runs of the story, after their harvests have come in."""
    tumaco = add_harvest(ledger, "TUM", SUSPECT, ledger.calendar.day(-8, 1))
    maranon = add_harvest(ledger, "MAR", "MAR-044", ledger.calendar.day(-7, 1))
    receive(ledger, ledger.calendar.day(-8, 1), [(tumaco, kilos(62))])
    receive(ledger, ledger.calendar.day(-7, 1), [(maranon, kilos(58))])
    tumaco_sku, maranon_sku = single_origin_sku("TUM"), single_origin_sku("MAR")

    def make_earlier() -> dict[str, Lot]:
        beans, pack = [(tumaco, kilos(38))], Pack(EARLIER, tumaco_sku)
        return make(ledger, pantry, Run(-6, 0, recipe_of(tumaco_sku), beans, [pack], rework_into="W-0416"))

    def make_reported() -> dict[str, Lot]:
        beans, pack = [(tumaco, kilos(24)), (maranon, kilos(34))], Pack(REPORTED, BLEND_SKU)
        rework = ledger.lots["REWORK", "W-0416"]
        run = Run(-5, 0, recipe_of(BLEND_SKU), beans, [pack], rework=(rework, rework.left))
        return make(ledger, pantry, run)

    def make_untouched() -> dict[str, Lot]:
        beans, pack = [(maranon, kilos(24))], Pack(UNTOUCHED, maranon_sku)
        return make(ledger, pantry, Run(-4, 0, recipe_of(maranon_sku), beans, [pack]))

    return {(-6, 0): make_earlier, (-5, 0): make_reported, (-4, 0): make_untouched}


def tell_smoke(ledger: Ledger, sales: Sales, lots: Mapping[str, Lot]) -> UUID:
    """Record who got the bars and who complained; return the complaint from Munich."""
    _sell_earlier(ledger, sales, lots[EARLIER])
    _sell_reported(ledger, sales, lots[REPORTED])
    _keep_some_back(ledger, sales, lots[REPORTED])
    return _complain(ledger, sales, lots)


def _sell_earlier(ledger: Ledger, sales: Sales, lot: Lot) -> None:
    for number, customer in enumerate(BUYERS_OF_EARLIER):
        ordered_on = ledger.calendar.day(-5, number % 5)
        pieces = 36 + 12 * (number % 2)
        _sell(ledger, sales, (customer, single_origin_sku("TUM"), lot, pieces), (ordered_on, "delivered"))


def _sell_reported(ledger: Ledger, sales: Sales, lot: Lot) -> None:
    _sell(ledger, sales, (MUNICH, BLEND_SKU, lot, 48), (ledger.calendar.day(-4, 0), "delivered"))
    for number, customer in enumerate(BUYERS_OF_REPORTED):
        ordered_on = ledger.calendar.day(-4 + number // 10, number // 2 % 5)
        state = "shipped" if customer == KYOTO else "delivered"
        _sell(ledger, sales, (customer, BLEND_SKU, lot, 24 + 12 * (number % 3)), (ordered_on, state))


def _sell(ledger: Ledger, sales: Sales, what: tuple[str, str, Lot, int], when: tuple[date, str]) -> None:
    customer, sku, lot, pieces = what
    ordered_on, state = when
    at = ledger.calendar.at
    lines = sales.order(customer, Wish(at(ordered_on, 9.25), state), [(sku, pieces)])
    times = usual_times(at(ordered_on, 12), 2)
    if state == "shipped":
        times = Times(times.packed_at, times.shipped_at, None)
    sales.ship(customer, times, [Draw(lines[0], lot, Decimal(pieces))])


def _keep_some_back(ledger: Ledger, sales: Sales, lot: Lot) -> None:
    """Bars that can still be stopped: set aside, picked, packed and not departed; and a line without batch."""
    ago = ledger.calendar.days_ago
    for customer, days, state in (
        ("Rösterei Glockenbach", 3, "planned"),
        ("Feinkost Nordend", 3, "planned"),
        ("Salzburger Kolonialwaren", 2, "picked"),
    ):
        order_state = "in_production" if state == "picked" else "confirmed"
        lines = sales.order(customer, Wish(ago(days, 10), order_state), [(BLEND_SKU, 36)])
        sales.allocate(lines[0], lot, 36, at=ago(days, 11), state=state)
    lines = sales.order("Hofladen Nymphenburg", Wish(ago(3, 9), "packed"), [(BLEND_SKU, 48)])
    sales.ship("Hofladen Nymphenburg", Times(ago(1, 9), None, None), [Draw(lines[0], lot, Decimal(48))])
    ordered_on = ledger.calendar.day(-3, 2)
    wish = Wish(ledger.calendar.at(ordered_on, 9), "delivered", reference="BATCH-UNKNOWN")
    lines = sales.order("Markthalle Laim", wish, [(BLEND_SKU, 24)])
    reason = "Packed in a hurry for a market; nobody noted the code."
    sales.ship(
        "Markthalle Laim",
        usual_times(ledger.calendar.at(ordered_on, 12)),
        [Draw(lines[0], None, Decimal(24), reason)],
    )


def _complain(ledger: Ledger, sales: Sales, finished: Mapping[str, Lot]) -> UUID:
    heard_at = ledger.calendar.days_ago(9, 8.5)
    earlier = ComplaintRow(
        id=ledger.new_id(heard_at),
        customer_id=sales.customers[KYOTO].row.id,
        product_id=ledger.products[single_origin_sku("TUM")].id,
        state="identified",
        received_at=heard_at,
        description="煙のような後味がすると、お客様二名からご指摘がありました。",
        reported_code="lot alt-0416",
        reported_best_before_on=None,
        batch_id=finished[EARLIER].row.id,
        closed_reason=None,
        recorded_by_name=ledger.person(),
    )
    received_at = ledger.calendar.days_ago(1, 16.4)
    reported = ComplaintRow(
        id=ledger.new_id(received_at),
        customer_id=sales.customers[MUNICH].row.id,
        product_id=ledger.products[BLEND_SKU].id,
        state="open",
        received_at=received_at,
        description="Off-flavour: two customers brought the bar back. It smells of smoke and tastes of ash.",
        reported_code=REPORTED,
        reported_best_before_on=finished[REPORTED].row.best_before_on,
        batch_id=None,
        closed_reason=None,
        recorded_by_name=ledger.person(),
    )
    ledger.rows.complaints += [earlier, reported]
    return reported.id
