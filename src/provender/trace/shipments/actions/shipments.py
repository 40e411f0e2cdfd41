"""Verbs that pack goods of an order and send them off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.core.requests.public import next_number
from provender.kit import clock
from provender.kit.db import Work, refusing
from provender.kit.errors import FieldRefusal, InvalidInput, NotFound
from provender.kit.http.errors import VersionStale
from provender.kit.sentences import tell
from provender.trace.batches.errors import refuse_draws
from provender.trace.orders.errors import REFUSALS as ORDER_REFUSALS
from provender.trace.orders.model import Draw, LockedOrder
from provender.trace.orders.public import (
    deliver_order,
    lock_order,
    refuse_future,
    select_set_aside,
    set_aside_again,
    settle_state,
    take_allocations,
)
from provender.trace.shipments import store
from provender.trace.shipments.errors import REFUSALS, NothingToPack, ShipmentDelivered, ShipmentNotLeft
from provender.trace.shipments.model import LockedShipment
from provender.trace.shipments.payloads import Delivery, Departure, ShipmentAmendment, ShipmentInput, ShipmentLineInput

SERIES: Final = "SH"


async def pack_shipment(work: Work, shipment: ShipmentInput) -> UUID:
    """Pack goods of an order, and record that they left when it says when. Return the shipment's id.

    What was set aside for them is released in the same transaction, first; the order's state follows.

    Raises:
        InvalidInput: order, line or batch is unknown, a batch is not named and nobody says why, a moment is wrong.
        NothingToPack: everything set aside shall be packed, and nothing is.
        MoreThanOrdered: a line would get more than is open.
        BatchHeld: a batch is on hold.
        BatchTooSmall: a batch has not so many pieces.
        BatchSetAside: what is left of a batch is set aside for others.
        OrderNotOpen: the order is a draft, delivered or cancelled.
    """
    require_role((await work.caller()).role, Role.STAFF)
    _refuse_moments(shipment)
    _refuse_unnamed_batches(shipment.lines)
    order = await _lock_named_order(work, shipment.order_id)
    lines = await _allocated_lines(work, order) if shipment.from_allocations else shipment.lines
    draws = [Draw(line.order_line_id, line.batch_id, Decimal(line.quantity)) for line in lines]
    kept = await take_allocations(work, order, draws)
    header = shipment.model_dump(include={"carrier", "tracking_number", "packed_at", "shipped_at"})
    with refusing(ORDER_REFUSALS):
        shipment_id = await store.insert_shipment(
            work,
            {
                **header,
                "number": await next_number(work, SERIES),
                "order_id": order.id,
                "customer_id": order.customer_id,
            },
        )
    for index, line in enumerate(lines):
        with refusing(refuse_draws(f"lines.{index}.batch_id")):
            await store.insert_shipment_line(
                work, {**line.model_dump(), "shipment_id": shipment_id, "order_id": order.id}
            )
    await set_aside_again(work, order, kept)
    await settle_state(work, order)
    return shipment_id


async def amend_shipment(work: Work, shipment_id: UUID, version: int, changes: ShipmentAmendment) -> None:
    """Change carrier or tracking number; what is left out stays.

    Raises:
        NotFound: it is not there.
        VersionStale: somebody changed it in between.
    """
    require_role((await work.caller()).role, Role.STAFF)
    _, shipment = await _lock_both(work, shipment_id)
    if shipment.version != version:
        raise VersionStale
    await store.update_shipment(work, shipment_id, changes.model_dump(exclude_unset=True))


async def depart_shipment(work: Work, shipment_id: UUID, departure: Departure) -> None:
    """Record that a shipment left; the order's state follows.

    Raises:
        NotFound: it is not there.
        ShipmentLeft: it left before.
        InvalidInput: the moment lies ahead, or before the packing.
        BatchHeld: a batch in it is on hold.
        OrderNotOpen: the order is cancelled.
    """
    require_role((await work.caller()).role, Role.STAFF)
    shipped_at = departure.shipped_at or clock.now()
    refuse_future(shipped_at, "shipped_at")
    order, shipment = await _lock_both(work, shipment_id)
    _refuse_before(shipped_at, shipment.packed_at, "shipped_at", "It cannot have left before it was packed.")
    with refusing({**ORDER_REFUSALS, **REFUSALS, **refuse_draws()}):
        await store.depart_shipment(work, shipment_id, shipped_at)
    await settle_state(work, order)


async def deliver_shipment(work: Work, shipment_id: UUID, delivery: Delivery) -> None:
    """Record that a shipment arrived; a shipped order of which every shipment arrived is delivered.

    Raises:
        NotFound: it is not there.
        ShipmentNotLeft: it is still in the house.
        ShipmentDelivered: it arrived before.
        InvalidInput: the moment lies ahead, or before it left.
    """
    require_role((await work.caller()).role, Role.STAFF)
    delivered_at = delivery.delivered_at or clock.now()
    refuse_future(delivered_at, "delivered_at")
    order, shipment = await _lock_both(work, shipment_id)
    if shipment.shipped_at is None:
        raise ShipmentNotLeft(
            tell("Shipment %(number)s has not left.", number=shipment.number), hint="Record its departure first."
        )
    if shipment.delivered_at is not None:
        raise ShipmentDelivered(
            tell("Shipment %(number)s has arrived already.", number=shipment.number), hint="Read the shipment again."
        )
    with refusing(REFUSALS):
        await store.deliver_shipment(work, shipment_id, delivered_at)
    if not await store.order_awaits_delivery(work, order.id):
        await deliver_order(work, order)


async def _lock_both(work: Work, shipment_id: UUID) -> tuple[LockedOrder, LockedShipment]:
    order_id = await store.select_shipment_order(work, shipment_id)
    if order_id is None:
        raise NotFound("There is no such shipment.")
    order = await lock_order(work, order_id)
    shipment = await store.lock_shipment(work, shipment_id)
    if shipment is None:
        raise NotFound("There is no such shipment.")
    return order, shipment


async def _lock_named_order(work: Work, order_id: UUID) -> LockedOrder:
    try:
        return await lock_order(work, order_id)
    except NotFound as error:
        raise InvalidInput("There is no such order.", hint="Choose one of your orders.", field="order_id") from error


async def _allocated_lines(work: Work, order: LockedOrder) -> list[ShipmentLineInput]:
    set_aside = await select_set_aside(work, order.id)
    if not set_aside:
        raise NothingToPack(
            tell("Nothing is set aside for order %(number)s.", number=order.number),
            hint="Set pieces aside first, or name the lines.",
        )
    return [
        ShipmentLineInput(order_line_id=one.order_line_id, batch_id=one.batch_id, quantity=int(one.quantity))
        for one in set_aside
    ]


def _refuse_moments(shipment: ShipmentInput) -> None:
    refuse_future(shipment.packed_at, "packed_at")
    refuse_future(shipment.shipped_at, "shipped_at")
    if shipment.shipped_at is not None and shipment.packed_at is not None:
        _refuse_before(
            shipment.shipped_at, shipment.packed_at, "shipped_at", "It cannot have left before it was packed."
        )


def _refuse_before(at: datetime, earlier: datetime, field: str, sentence: str) -> None:
    if at < earlier:
        raise InvalidInput(sentence, hint="Correct the moment.", field=field)


def _refuse_unnamed_batches(lines: Sequence[ShipmentLineInput]) -> None:
    sentence = "Name the batch, or say why it is not known."
    faults = tuple(
        FieldRefusal(f"lines.{index}.batch_unknown_reason", sentence)
        for index, line in enumerate(lines)
        if (line.batch_id is None) == (line.batch_unknown_reason is None)
    )
    if faults:
        raise InvalidInput(sentence, hint="An unknown batch widens every recall of its product.", fields=faults)
