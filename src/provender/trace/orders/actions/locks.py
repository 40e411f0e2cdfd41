"""How a verb takes hold of an order before it looks at it."""

from __future__ import annotations

from uuid import UUID

from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.orders import store
from provender.trace.orders.model import LockedOrder


async def lock_order(work: Work, order_id: UUID, *, version: int | None = None) -> LockedOrder:
    """Return an order that nobody else changes, allocates or ships until the transaction ends.

    Lock it before any batch: everybody does, so that no two requests wait for each other in a ring.

    Raises:
        NotFound: it is not there.
        VersionStale: a version is given, and it has another by now.
    """
    order = await store.lock_order(work, order_id)
    if order is None:
        raise NotFound("There is no such order.")
    if version is not None and order.version != version:
        raise VersionStale
    return order
