"""Pages of customers and their sites."""

from provender.trace.customers.pages.customers import router as customer_router
from provender.trace.customers.pages.sites import router as site_router

__all__ = ["customer_router", "site_router"]
