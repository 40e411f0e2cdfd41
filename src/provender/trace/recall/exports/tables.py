"""The columns of the CSV and of the workbook of a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final

from provender.kit.csv.columns import Column, Item, Kind
from provender.trace.recall.exports.model import ExportedCase

PLACES: Final = Decimal("0.000001")
"""Figures of a balance in a spreadsheet: millionths of a gram. A third has no end."""
AFFECTED: Final = (
    Column("line_no", kind=Kind.NUMBER),
    Column("class"),
    Column("certainty"),
    Column("reasons"),
    Column("kind"),
    Column("batch_code"),
    Column("material"),
    Column("product"),
    Column("gtin"),
    Column("best_before_on", kind=Kind.DAY),
    Column("process"),
    Column("process_finished_on", kind=Kind.DAY),
    Column("order_number"),
    Column("customer_reference"),
    Column("customer"),
    Column("country"),
    Column("shipment_number"),
    Column("shipped_on", kind=Kind.DAY),
    Column("quantity", kind=Kind.NUMBER),
    Column("returned_quantity", kind=Kind.NUMBER),
    Column("unit"),
    Column("mass_kg", kind=Kind.NUMBER),
    Column("share", kind=Kind.NUMBER),
    Column("share_fraction"),
    Column("steps_from_root", kind=Kind.NUMBER),
    Column("action"),
    Column("done_at", kind=Kind.MOMENT),
    Column("done_by"),
    Column("resolution"),
)
CUSTOMERS: Final = (
    Column("customer"),
    Column("country"),
    Column("email"),
    Column("phone"),
    Column("order_count", kind=Kind.NUMBER),
    Column("shipped_quantity", kind=Kind.NUMBER),
    Column("returned_quantity", kind=Kind.NUMBER),
    Column("asked_back_quantity", kind=Kind.NUMBER),
    Column("stopped_quantity", kind=Kind.NUMBER),
    Column("shipped_mass_kg", kind=Kind.NUMBER),
    Column("notice_sent_at", "sent_at", Kind.MOMENT),
    Column("acknowledged_at", kind=Kind.MOMENT),
    Column("quantity_held", kind=Kind.NUMBER),
)
NOTICES: Final = (
    Column("customer", "customer.name"),
    Column("country", "customer.country"),
    Column("email", "customer.email"),
    Column("phone", "customer.phone"),
    Column("language"),
    Column("quantity", kind=Kind.NUMBER),
    Column("sent_at", kind=Kind.MOMENT),
    Column("sent_by", "sent_by_name"),
    Column("acknowledged_at", kind=Kind.MOMENT),
    Column("quantity_held", kind=Kind.NUMBER),
    Column("subject"),
    Column("body"),
)
FIGURES: Final = (
    "received",
    "used",
    "on_hand",
    "sold",
    "returned",
    "scrapped",
    "unaccounted",
    "explained",
    "found",
    "lost",
)
BALANCES: Final = (
    Column("batch_code", "code"),
    Column("material"),
    Column("unit"),
    *(Column(figure, kind=Kind.NUMBER) for figure in FIGURES),
    Column("is_exact"),
    Column("is_over"),
)
SUMMARY: Final = (Column("what"), Column("value"))
TOLD: Final = (
    "number",
    "kind",
    "title",
    "reason",
    "state",
    "opened_by_name",
    "finished_by_name",
    "conclusion",
    "item_count",
    "batch_count",
    "order_count",
    "customer_count",
    "shipped_quantity",
    "stopped_quantity",
    "open_sign_off_count",
    "notice_count",
    "sent_count",
    "acknowledged_count",
    "quantity_held",
    "duration_ms",
    "result_hash",
)
MOMENTS: Final = ("opened_at", "finished_at")


def summary_rows(case: ExportedCase, shown: Item) -> list[Item]:
    """Return a case as lines of what and value, the maker first; numbers and moments are real ones.

    Args:
        case: Whose it is.
        shown: The case as REST answers it.
    """
    rows: list[tuple[str, object]] = [
        ("maker", case.organisation_name),
        ("country", case.organisation_country),
        ("contact email", case.contact_email),
        ("contact phone", case.contact_phone),
        *((name, shown[name]) for name in TOLD),
        ("kept back kg", Decimal(str(shown["on_hand_mass_g"])) / 1000),
        *((name, datetime.fromisoformat(str(shown[name]))) for name in MOMENTS if shown[name] is not None),
    ]
    return [{"what": what.replace("_", " "), "value": value} for what, value in rows]


def rounded(balances: Iterable[Item]) -> Iterable[Item]:
    """Yield mass balances with figures that a spreadsheet can hold as numbers."""
    for balance in balances:
        amounts = {name: _round(balance[name]) for name in FIGURES}
        yield {**balance, **amounts}


def _round(amount: object) -> Decimal | None:
    return None if amount is None else Decimal(str(amount)).quantize(PLACES).normalize()
