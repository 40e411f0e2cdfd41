"""What other rooms may use of orders: hold an order, take what was set aside for it, let its state follow its goods."""

from provender.trace.orders.actions.allocations import set_aside_again, take_allocations
from provender.trace.orders.actions.locks import lock_order
from provender.trace.orders.actions.naming import rename_fields, resolve_batches
from provender.trace.orders.actions.orders import deliver_order, refuse_future, settle_state
from provender.trace.orders.payloads import NamedBatch, NamedCustomer, NamedProduct, Order, Pieces
from provender.trace.orders.store import select_line_balances, select_order, select_orders, select_set_aside

__all__ = [
    "NamedBatch",
    "NamedCustomer",
    "NamedProduct",
    "Order",
    "Pieces",
    "deliver_order",
    "lock_order",
    "refuse_future",
    "rename_fields",
    "resolve_batches",
    "select_line_balances",
    "select_order",
    "select_orders",
    "select_set_aside",
    "set_aside_again",
    "settle_state",
    "take_allocations",
]
