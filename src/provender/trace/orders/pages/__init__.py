"""Pages of orders: the list, one order with all its buttons, its forms."""

from provender.trace.orders.pages.allocations import router as allocation_router
from provender.trace.orders.pages.forms import router as form_router
from provender.trace.orders.pages.orders import router as order_router

__all__ = ["allocation_router", "form_router", "order_router"]
