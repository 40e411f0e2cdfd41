"""What tests of orders stand on: customers, products and batches, put there below HTTP."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from httpx2 import Response

from provender.kit import clock
from provender.kit.db import Statement, Work
from tests.maker import Maker

_numbers = itertools.count(1)
TODAY = clock.today("Europe/Berlin")
ORDERS = "/api/trace/orders"


@dataclass(frozen=True)
class Product:
    id: UUID
    material_id: UUID
    sku: str


def insert(maker: Maker, table: str, **columns: object) -> UUID:
    """Insert one row below HTTP, as the application's role, and return its id."""

    async def run(work: Work) -> UUID:
        names = ", ".join(columns)
        values = ", ".join(f"%({name})s" for name in columns)
        statement = (
            f"INSERT INTO {table} (organisation_id, {names}) VALUES (%(organisation_id)s, {values}) RETURNING id"  # noqa: S608
        )
        row = await work.fetch_row(Statement(statement.encode()), columns)
        assert row is not None
        assert isinstance(row[0], UUID)
        return row[0]

    return maker.run(run)


def make_customer(maker: Maker, name: str = "", *, language: str = "de") -> UUID:
    return insert(maker, "trace.customer", name=name or f"Shop {next(_numbers)}", country="DE", language=language)


def make_site(maker: Maker, customer_id: UUID, name: str = "Isartor") -> UUID:
    return insert(
        maker, "trace.customer_site", customer_id=customer_id, name=name, address="Tal 1, München", country="DE"
    )


def make_product(maker: Maker, sku: str = "") -> Product:
    sku = sku or f"BAR-{next(_numbers)}"
    material_id = insert(maker, "trace.material", code=sku, name=sku, kind="finished", base_unit="piece")
    product_id = insert(maker, "trace.product", material_id=material_id, sku=sku, name=f"Bar {sku}", net_mass_g=100)
    return Product(product_id, material_id, sku)


def make_batch(maker: Maker, product: Product, quantity: int = 100, *, best_before_days: int | None = 365) -> UUID:
    """Make a batch of a product with so many pieces on hand, received just now."""
    batch_id = insert(
        maker,
        "trace.batch",
        material_id=product.material_id,
        product_id=product.id,
        code=f"B-{next(_numbers)}",
        made_on=TODAY - timedelta(days=400),
        best_before_on=None if best_before_days is None else TODAY + timedelta(days=best_before_days),
        unit_mass_g=100,
    )

    async def receive(work: Work) -> None:
        await work.execute(
            b"WITH process AS (INSERT INTO trace.process (organisation_id, kind, started_at, finished_at,"
            b" recorded_by_name) VALUES (%(organisation_id)s, 'receive', now(), now(), 'test')"
            b" RETURNING organisation_id, id, started_at, finished_at)"
            b" INSERT INTO trace.process_output (organisation_id, process_id, line_no, batch_id, quantity,"
            b" entered_quantity, entered_unit, started_at, finished_at)"
            b" SELECT organisation_id, id, 1, %(batch_id)s, %(quantity)s, %(quantity)s, 'piece', started_at,"
            b" finished_at FROM process",
            {"batch_id": batch_id, "quantity": quantity},
        )

    maker.run(receive)
    return batch_id


def hold_batch(maker: Maker, batch_id: UUID) -> UUID:
    return insert(maker, "trace.hold", batch_id=batch_id, reason="off-flavour", placed_by_name="test")


def fetch_stock(maker: Maker, batch_id: UUID) -> tuple[int, int]:
    """Return what is on hand and what of it is set aside."""

    async def run(work: Work) -> tuple[int, int]:
        row = await work.fetch_row(
            Statement(
                b"SELECT trace.batch_on_hand(%(organisation_id)s, %(batch_id)s)::integer,"
                b" trace.batch_allocated(%(organisation_id)s, %(batch_id)s)::integer"
            ),
            {"batch_id": batch_id},
        )
        assert row is not None
        on_hand, allocated = row
        assert isinstance(on_hand, int)
        assert isinstance(allocated, int)
        return on_hand, allocated

    return maker.run(run)


def order_body(customer_id: UUID, *lines: tuple[Product, int], **more: object) -> dict[str, object]:
    """Return a confirmed order of so many pieces of each product."""
    return {
        "customer_id": str(customer_id),
        "confirm": True,
        "lines": [
            {"product_id": str(product.id), "quantity": quantity, "unit_price": 4.5} for product, quantity in lines
        ],
        **more,
    }


def make_order(maker: Maker, *lines: tuple[Product, int], **more: Any) -> dict[str, Any]:
    """Add a confirmed order and return it as it was answered."""
    customer_id = more.pop("customer_id", None) or make_customer(maker)
    answer = maker.post(ORDERS, order_body(customer_id, *lines, **more))
    assert answer.status_code == 201, answer.text
    return answer.json()


def allocate(maker: Maker, order: dict[str, Any], *choices: tuple[int, UUID, int]) -> Response:
    """Set pieces aside: (index of the line, batch, pieces)."""
    body = [
        {"order_line_id": order["lines"][index]["id"], "batch_id": str(batch_id), "quantity": quantity}
        for index, batch_id, quantity in choices
    ]
    return maker.post(f"{ORDERS}/{order['id']}/allocations", {"allocations": body})


def read_order(maker: Maker, order: dict[str, Any]) -> dict[str, Any]:
    answer = maker.get(f"{ORDERS}/{order['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def at_once(verbs: Sequence[Callable[[], Response]]) -> list[Response]:
    """Send several requests from as many threads and return their answers in order."""
    with ThreadPoolExecutor(len(verbs)) as pool:
        return [answer.result() for answer in [pool.submit(verb) for verb in verbs]]
