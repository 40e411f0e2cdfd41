"""Verbs that change the lines of an order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import FieldRefusal, InvalidInput, NotFound
from provender.kit.sentences import tell
from provender.trace.orders import store
from provender.trace.orders.actions.locks import lock_order
from provender.trace.orders.errors import REFUSALS, OrderLineInUse
from provender.trace.orders.model import LockedOrder
from provender.trace.orders.payloads import KeptLineInput, OrderLineInput

NO_PRODUCT = "There is no such product for sale."


async def add_line(work: Work, order_id: UUID, version: int, line: OrderLineInput) -> UUID:
    """Add a line to an order that is a draft or confirmed, and return its id.

    Raises:
        NotFound: there is no such order.
        VersionStale: somebody changed it in between.
        InvalidInput: there is no such product.
        OrderNotOpen: its lines are fixed by now.
    """
    require_role((await work.caller()).role, Role.STAFF)
    order = await lock_order(work, order_id, version=version)
    await refuse_unknown_products(work, [line], "{1}")
    line_ids = await insert_lines(work, order, [line])
    await store.raise_order_version(work, order.id)
    return line_ids[0]


async def change_line(work: Work, order_id: UUID, line_id: UUID, line: OrderLineInput, *, version: int) -> None:
    """Change product, quantity and price of a line.

    Raises:
        NotFound: there is no such order or line.
        VersionStale: somebody changed the order in between.
        InvalidInput: there is no such product.
        OrderLineInUse: pieces were set aside or packed of another product, or more than would remain.
        OrderNotOpen: its lines are fixed by now.
    """
    require_role((await work.caller()).role, Role.STAFF)
    order = await lock_order(work, order_id, version=version)
    await refuse_unknown_products(work, [line], "{1}")
    await _update_line(work, order, line_id, line)
    await store.raise_order_version(work, order.id)


async def remove_line(work: Work, order_id: UUID, line_id: UUID, version: int) -> None:
    """Remove a line for which nothing was ever set aside.

    Raises:
        NotFound: there is no such order or line.
        VersionStale: somebody changed the order in between.
        OrderLineInUse: pieces were set aside or packed for it.
        OrderNotOpen: its lines are fixed by now.
    """
    require_role((await work.caller()).role, Role.STAFF)
    order = await lock_order(work, order_id, version=version)
    await _delete_line(work, order, line_id)
    await store.raise_order_version(work, order.id)


async def replace_lines(work: Work, order: LockedOrder, lines: Sequence[KeptLineInput]) -> None:
    """Make the lines of a locked order those given: changed by id, added without one, removed when not named.

    Raises:
        InvalidInput: a product or a line id is unknown; names each.
        OrderLineInUse: what was set aside or packed does not fit.
        OrderNotOpen: the lines are fixed by now.
    """
    await refuse_unknown_products(work, lines, "lines.{0}.{1}")
    present = {balance.order_line_id for balance in await store.select_line_balances(work, order.id)}
    strange = [index for index, line in enumerate(lines) if line.id is not None and line.id not in present]
    if strange:
        raise InvalidInput(
            "The order has no such line.",
            hint="Leave the id out to add a line.",
            fields=tuple(FieldRefusal(f"lines.{index}.id", "The order has no such line.") for index in strange),
        )
    for line_id in sorted(present - {line.id for line in lines}):
        await _delete_line(work, order, line_id)
    for line in lines:
        if line.id is not None:
            await _update_line(work, order, line.id, line)
    await insert_lines(work, order, [line for line in lines if line.id is None])


async def insert_lines(work: Work, order: LockedOrder, lines: Sequence[OrderLineInput]) -> list[UUID]:
    """Add lines to a locked order and return their ids; the products are known to exist.

    Raises:
        OrderNotOpen: the lines are fixed by now.
    """
    if not lines:
        return []
    with refusing(REFUSALS):
        return await store.insert_order_lines(
            work, order, [(line.product_id, line.quantity, line.unit_price) for line in lines]
        )


async def refuse_unknown_products(work: Work, lines: Sequence[OrderLineInput], place: str) -> None:
    """Refuse lines whose product does not exist, is another tenant's or is retired.

    Args:
        work: Of any caller.
        lines: May be none.
        place: How the field of a line is named: `{0}` is its index, `{1}` the field.

    Raises:
        InvalidInput: names each.
    """
    if not lines:
        return
    unknown = await store.select_unknown_products(work, [line.product_id for line in lines])
    if unknown:
        faults = [index for index, line in enumerate(lines) if line.product_id in unknown]
        raise InvalidInput(
            NO_PRODUCT,
            hint="Choose a product that is not retired.",
            fields=tuple(FieldRefusal(place.format(index, "product_id"), NO_PRODUCT) for index in faults),
        )


async def _update_line(work: Work, order: LockedOrder, line_id: UUID, line: OrderLineInput) -> None:
    balances = {balance.order_line_id: balance for balance in await store.select_line_balances(work, order.id)}
    balance = balances.get(line_id)
    if balance is None:
        raise NotFound("The order has no such line.")
    in_use = balance.allocated + balance.packed + balance.shipped
    if Decimal(line.quantity) < in_use:
        raise OrderLineInUse(
            tell("%(count)s pieces are set aside or packed for this line.", count=in_use.normalize()),
            hint="Release what is set aside first.",
            field="quantity",
        )
    with refusing(REFUSALS):
        await store.update_order_line(work, order.id, line_id, (line.product_id, line.quantity, line.unit_price))


async def _delete_line(work: Work, order: LockedOrder, line_id: UUID) -> None:
    with refusing(REFUSALS):
        if not await store.delete_order_line(work, order.id, line_id):
            raise NotFound("The order has no such line.")
