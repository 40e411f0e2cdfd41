"""What other rooms may use of orders: hold an order, take what was set aside for it, let its state follow its goods."""

from provender.trace.orders.actions.allocations import consume_allocations, set_aside_again
from provender.trace.orders.actions.locks import lock_order
from provender.trace.orders.actions.orders import refuse_future, settle_state
from provender.trace.orders.store import lock_batches, select_orders

__all__ = [
    "consume_allocations",
    "lock_batches",
    "lock_order",
    "refuse_future",
    "select_orders",
    "set_aside_again",
    "settle_state",
]
