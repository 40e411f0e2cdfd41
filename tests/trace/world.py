"""A small world of trace, built below HTTP by SQL, for tests of what reads it.

Everything passes the guards of the database; only the rooms' own Python is left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from provender.kit.db import Statement, Work
from provender.kit.ids import new_id
from tests.maker import Maker

BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Amounts = Mapping[str, float] | Sequence[tuple[str, float]]
ADD_PROCESS = (
    b"INSERT INTO trace.process (organisation_id, id, kind, started_at, finished_at, recorded_by_name, gain_reason)"
    b" VALUES (%(organisation_id)s, %(id)s, %(kind)s, %(from)s, %(to)s, 'test', 'test')"
)
ADD_INPUT = (
    b"INSERT INTO trace.process_input (organisation_id, process_id, line_no, batch_id, quantity,"
    b" entered_quantity, entered_unit, started_at, finished_at)"
    b" VALUES (%(organisation_id)s, %(process)s, %(no)s, %(batch)s, %(q)s, %(q)s, 'g', %(from)s, %(to)s)"
)
ADD_OUTPUT = (
    b"INSERT INTO trace.process_output (organisation_id, process_id, line_no, batch_id, quantity,"
    b" entered_quantity, entered_unit, started_at, finished_at, role)"
    b" VALUES (%(organisation_id)s, %(process)s, %(no)s, %(batch)s, %(q)s, %(q)s, 'g', %(from)s, %(to)s, %(role)s)"
)


def pairs(amounts: Amounts) -> list[tuple[str, float]]:
    """Return codes and quantities in the order given; a code may come twice in a sequence."""
    return list(amounts.items() if isinstance(amounts, Mapping) else amounts)


@dataclass
class World:
    """What one tenant has; names stand for rows (`world.batches["A1"]` is an id)."""

    maker: Maker
    farms: dict[str, UUID] = field(default_factory=dict)
    materials: dict[str, UUID] = field(default_factory=dict)
    products: dict[str, UUID] = field(default_factory=dict)
    batches: dict[str, UUID] = field(default_factory=dict)
    customers: dict[str, UUID] = field(default_factory=dict)
    orders: dict[str, UUID] = field(default_factory=dict)
    lines: dict[str, list[UUID]] = field(default_factory=dict)
    shipments: dict[str, UUID] = field(default_factory=dict)
    processes: dict[str, UUID] = field(default_factory=dict)
    _hours: itertools.count[int] = field(default_factory=itertools.count)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def run(self, statement: str, **parameters: object) -> None:
        """Run one statement as this tenant."""

        async def execute(work: Work) -> None:
            await work.execute(Statement(statement.encode()), parameters)

        self.maker.run(execute)

    def farm(self, name: str, country: str = "GH") -> UUID:
        """Add a farm."""
        self.farms[name] = new_id()
        self.run(
            "INSERT INTO trace.farm (organisation_id, id, name, country)"
            " VALUES (%(organisation_id)s, %(id)s, %(name)s, %(country)s)",
            id=self.farms[name],
            name=name,
            country=country,
        )
        return self.farms[name]

    def material(self, name: str, kind: str = "intermediate", base_unit: str = "g") -> UUID:
        """Add a material, once."""
        if name not in self.materials:
            self.materials[name] = new_id()
            self.run(
                "INSERT INTO trace.material (organisation_id, id, code, name, kind, base_unit)"
                " VALUES (%(organisation_id)s, %(id)s, %(name)s, %(name)s, %(kind)s, %(base_unit)s)",
                id=self.materials[name],
                name=name,
                kind=kind,
                base_unit=base_unit,
            )
        return self.materials[name]

    def product(self, name: str, net_mass_g: float = 50) -> UUID:
        """Add a product with its material, counted in pieces."""
        self.material(name, "finished", "piece")
        self.products[name] = new_id()
        self.run(
            "INSERT INTO trace.product (organisation_id, id, material_id, sku, name, net_mass_g)"
            " VALUES (%(organisation_id)s, %(id)s, %(material_id)s, %(name)s, %(name)s, %(mass)s)",
            id=self.products[name],
            material_id=self.materials[name],
            name=name,
            mass=net_mass_g,
        )
        return self.products[name]

    def batch(self, code: str, material: str, *, farm: str | None = None, unit_mass_g: float | None = 1) -> UUID:
        """Add an empty batch; of a product when the material is one."""
        product = self.products.get(material)
        self.batches[code] = new_id()
        self.run(
            "INSERT INTO trace.batch"
            " (organisation_id, id, material_id, product_id, farm_id, code, made_on, unit_mass_g)"
            " VALUES (%(organisation_id)s, %(id)s, %(material_id)s, %(product_id)s, %(farm_id)s, %(code)s, %(made_on)s,"
            " coalesce((SELECT net_mass_g FROM trace.product WHERE organisation_id = %(organisation_id)s"
            " AND id = %(product_id)s), %(unit_mass_g)s))",
            id=self.batches[code],
            material_id=self.material(material),
            product_id=product,
            farm_id=self.farms[farm] if farm else None,
            code=code,
            made_on=BEGINNING.date(),
            unit_mass_g=unit_mass_g,
        )
        return self.batches[code]

    def process(
        self,
        kind: str,
        inputs: Amounts,
        outputs: Amounts,
        *,
        hour: float | None = None,
        roles: Mapping[str, str] | None = None,
    ) -> UUID:
        """Record a process of one hour; each begins after the one before unless an hour is given."""
        begins = BEGINNING + timedelta(hours=hour if hour is not None else 2 * next(self._hours))
        times = {"from": begins, "to": begins + timedelta(hours=1)}
        process_id = new_id()
        drawn = [(ADD_INPUT, code, quantity, dict[str, str]()) for code, quantity in pairs(inputs)]
        filled = [
            (ADD_OUTPUT, code, quantity, {"role": (roles or {}).get(code, "good")}) for code, quantity in pairs(outputs)
        ]

        async def record(work: Work) -> None:
            await work.execute(ADD_PROCESS, {"id": process_id, "kind": kind, **times})
            for number, (statement, code, quantity, more) in enumerate([*drawn, *filled], start=1):
                line = {"process": process_id, "no": number, "batch": self.batches[code], "q": quantity}
                await work.execute(statement, {**line, **more, **times})

        self.maker.run(record)
        return process_id

    def receive(self, code: str, material: str, quantity: float, *, farm: str | None = None) -> UUID:
        """Add a batch and what was received of it."""
        batch_id = self.batch(code, material, farm=farm)
        self.process("receive", {}, {code: quantity})
        return batch_id

    def reverse(self, process_id: UUID) -> None:
        """Reverse a process."""
        self.run(
            "INSERT INTO trace.process (organisation_id, kind, started_at, finished_at, recorded_by_name,"
            " reverses_process_id) VALUES (%(organisation_id)s, 'reversal', now(), now(), 'test', %(process)s)",
            process=process_id,
        )

    def customer(self, name: str, country: str = "DE", language: str = "de") -> UUID:
        """Add a customer."""
        self.customers[name] = new_id()
        self.run(
            "INSERT INTO trace.customer (organisation_id, id, name, country, language)"
            " VALUES (%(organisation_id)s, %(id)s, %(name)s, %(country)s, %(language)s)",
            id=self.customers[name],
            name=name,
            country=country,
            language=language,
        )
        return self.customers[name]

    def order(self, number: str, customer: str, lines: Sequence[tuple[str, int]], state: str = "confirmed") -> UUID:
        """Add an order with one line per (product, pieces), in a state."""
        order_id = new_id()
        self.orders[number] = order_id
        self.lines[number] = []
        if customer not in self.customers:
            self.customer(customer)
        self.run(
            "INSERT INTO trace.sales_order (organisation_id, id, number, customer_id)"
            " VALUES (%(organisation_id)s, %(id)s, %(number)s, %(customer)s)",
            id=order_id,
            number=number,
            customer=self.customers[customer],
        )
        for line_no, (product, quantity) in enumerate(lines, start=1):
            line_id = new_id()
            self.lines[number].append(line_id)
            self.run(
                "INSERT INTO trace.order_line"
                " (organisation_id, id, order_id, customer_id, product_id, line_no, quantity)"
                " VALUES (%(organisation_id)s, %(id)s, %(order)s, %(customer)s, %(product)s, %(no)s, %(quantity)s)",
                id=line_id,
                order=order_id,
                customer=self.customers[customer],
                product=self.products[product],
                no=line_no,
                quantity=quantity,
            )
        if state != "draft":
            self.move(number, state)
        return order_id

    def move(self, number: str, state: str) -> None:
        """Move an order to another state."""
        self.run(
            "UPDATE trace.sales_order SET state = %(state)s"
            " WHERE organisation_id = %(organisation_id)s AND id = %(id)s",
            id=self.orders[number],
            state=state,
        )

    def allocate(self, number: str, batch: str, quantity: int, *, line: int = 0) -> None:
        """Set pieces of a batch aside for a line of an order."""
        self.run(
            "INSERT INTO trace.allocation (organisation_id, order_line_id, order_id, customer_id, product_id, batch_id,"
            " quantity) SELECT organisation_id, id, order_id, customer_id, product_id, %(batch)s, %(quantity)s"
            " FROM trace.order_line WHERE organisation_id = %(organisation_id)s AND id = %(line)s",
            line=self.lines[number][line],
            batch=self.batches[batch],
            quantity=quantity,
        )

    def ship(
        self,
        number: str,
        lines: Sequence[tuple[str | None, int]],
        *,
        hour: float | None = 500,
        name: str = "",
        line: int = 0,
    ) -> UUID:
        """Ship (batch or None, pieces) of one line of an order; hour None: packed, not departed."""
        shipment_id = new_id()
        self.shipments[name or number] = shipment_id
        self.run(
            "INSERT INTO trace.shipment (organisation_id, id, number, order_id, customer_id, shipped_at)"
            " SELECT organisation_id, %(id)s, %(number)s, id, customer_id, %(at)s FROM trace.sales_order"
            " WHERE organisation_id = %(organisation_id)s AND id = %(order)s",
            id=shipment_id,
            number=f"S{next(self._numbers)}",
            order=self.orders[number],
            at=None if hour is None else BEGINNING + timedelta(hours=hour),
        )
        for batch, quantity in lines:
            self.run(
                "INSERT INTO trace.shipment_line (organisation_id, shipment_id, order_line_id, order_id, customer_id,"
                " product_id, batch_id, batch_unknown_reason, quantity)"
                " SELECT organisation_id, %(shipment)s, id, order_id, customer_id,"
                " product_id, %(batch)s, %(reason)s, %(quantity)s FROM trace.order_line"
                " WHERE organisation_id = %(organisation_id)s AND id = %(line)s",
                shipment=shipment_id,
                line=self.lines[number][line],
                batch=self.batches[batch] if batch else None,
                reason=None if batch else "not written down",
                quantity=quantity,
            )
        return shipment_id
