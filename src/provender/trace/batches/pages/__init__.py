"""Pages of batches, and the search field of every page."""

from provender.trace.batches.pages.batches import router
from provender.trace.batches.pages.finding import router as find_router
from provender.trace.batches.pages.labels import router as label_router

__all__ = ["find_router", "label_router", "router"]
