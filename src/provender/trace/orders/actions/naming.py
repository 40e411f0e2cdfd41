"""From what people type and scan to ids: customers, sites, products, batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from provender.kit import clock
from provender.kit.db import Work
from provender.kit.errors import FieldRefusal, InvalidInput, NotFound, Refusal
from provender.kit.sentences import tell
from provender.trace.batches.public import choose_match, match_batches, read_scanned_code
from provender.trace.orders import store
from provender.trace.orders.forms import OrderEditForm, OrderForm, OrderHeaderForm, OrderLineForm
from provender.trace.orders.model import LockedOrder
from provender.trace.orders.payloads import KeptLineInput, OrderInput, OrderLineInput, OrderReplacement

NAMES_BY_FIELD = {
    "customer_id": "customer",
    "customer_site_id": "site",
    "product_id": "sku",
    "ordered_at": "ordered_on",
    "batch_id": "batch",
}
"""How the forms call what REST calls by its id."""


def rename_fields(refusal: Refusal, *, drop: str = "") -> Refusal:
    """Return a refusal whose fields have the names of the forms.

    Args:
        refusal: Of a verb that was given ids.
        drop: Beginning of the fields to leave out: the one line that a form has.
    """
    refusal.fields = tuple(
        FieldRefusal(_form_name(fault.field.removeprefix(drop)), fault.sentence) for fault in refusal.fields
    )
    return refusal


def _form_name(field: str) -> str:
    head, dot, last = field.rpartition(".")
    return head + dot + NAMES_BY_FIELD.get(last, last)


async def resolve_order(work: Work, form: OrderForm) -> OrderInput:
    """Return the new order that a form describes.

    Raises:
        InvalidInput: customer, site or a product is not known; names each.
    """
    customers = await store.select_customers_by_name(work, [form.customer])
    customer_id = customers.get(form.customer)
    if customer_id is None:
        raise InvalidInput(
            "There is no such customer.", hint="Choose one from the list, or add the customer first.", field="customer"
        )
    lines = await _resolve_lines(work, customer_id, form)
    return OrderInput(
        **form.model_dump(include={"customer_reference", "currency", "expected_on", "note", "number", "confirm"}),
        customer_id=customer_id,
        customer_site_id=await _resolve_site(work, customer_id, form.site),
        ordered_at=_moment_of(form.ordered_on, (await work.caller()).time_zone),
        lines=[OrderLineInput(**line.model_dump(exclude={"id"})) for line in lines],
    )


async def resolve_replacement(work: Work, order: LockedOrder, form: OrderEditForm) -> OrderReplacement:
    """Return what an order shall become by a form.

    Raises:
        InvalidInput: site or a product is not known; names each.
    """
    return OrderReplacement(
        **form.model_dump(include={"customer_reference", "currency", "expected_on", "note", "delay_reason"}),
        customer_site_id=await _resolve_site(work, order.customer_id, form.site),
        ordered_at=await _kept_moment(work, order, form),
        lines=await _resolve_lines(work, order.customer_id, form),
    )


async def resolve_batches(work: Work, scans: Sequence[tuple[UUID, str, str]]) -> list[UUID]:
    """Return the batches that scanned or typed codes mean.

    Args:
        work: Of any caller.
        scans: Of each batch: its product, the code, and the field to name.

    Raises:
        BatchUnknown: no batch of the product has such a code.
        BatchAmbiguous: several have.
    """
    today = clock.today((await work.caller()).time_zone)
    codes = [read_scanned_code(scan, today=today) for _, scan, _ in scans]
    matches = await match_batches(work, codes) if codes else []
    product_by_batch = await store.select_batch_products(work, [match.id for match in matches])
    return [
        choose_match(
            code,
            [match for match in matches if match.wanted == code and product_by_batch.get(match.id) == product_id],
            field=field,
        )
        for code, (product_id, _, field) in zip(codes, scans, strict=True)
    ]


async def product_of_line(work: Work, order_id: UUID, order_line_id: UUID) -> UUID:
    """Return the product of an order line.

    Raises:
        NotFound: the order has no such line.
    """
    for line in await store.select_line_balances(work, order_id):
        if line.order_line_id == order_line_id:
            return line.product_id
    raise NotFound("The order has no such line.")


async def _resolve_site(work: Work, customer_id: UUID, name: str | None) -> UUID | None:
    if name is None:
        return None
    site_id = await store.select_site_by_name(work, customer_id, name)
    if site_id is None:
        raise InvalidInput("This customer has no such site.", hint="Choose one of the customer's sites.", field="site")
    return site_id


async def _resolve_lines(work: Work, customer_id: UUID, form: OrderHeaderForm) -> list[KeptLineInput]:
    products = await store.select_products_by_code(work, sorted({line.sku for line in form.lines}))
    faults = tuple(
        FieldRefusal(f"lines.{index}.sku", tell("There is no product %(sku)s for sale.", sku=line.sku))
        for index, line in enumerate(form.lines)
        if line.sku not in products
    )
    if faults:
        raise InvalidInput("A product is not known.", hint="Choose one from the list.", fields=faults)
    prices = await store.select_last_prices(work, customer_id, form.currency, sorted(products.values()))
    return [_line_of(line, products, prices) for line in form.lines]


def _line_of(line: OrderLineForm, products: Mapping[str, UUID], prices: Mapping[UUID, Decimal]) -> KeptLineInput:
    product_id = products[line.sku]
    price = line.unit_price if line.unit_price is not None else prices.get(product_id, Decimal(0))
    return KeptLineInput(id=line.id, product_id=product_id, quantity=line.quantity, unit_price=price)


async def _kept_moment(work: Work, order: LockedOrder, form: OrderEditForm) -> datetime | None:
    header = await store.select_order_header(work, order.id)
    zone = (await work.caller()).time_zone
    if header is None or form.ordered_on in {None, header.ordered_at.astimezone(ZoneInfo(zone)).date()}:
        return None
    return _moment_of(form.ordered_on, zone)


def _moment_of(day: date | None, zone: str) -> datetime | None:
    """Return the begin of a day; today is now, so that orders of one day keep their sequence."""
    return None if day is None or day == clock.today(zone) else datetime.combine(day, time(), ZoneInfo(zone))
