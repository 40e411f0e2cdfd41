"""Pages of farms and plots."""

from provender.trace.farms.pages.farms import router as farm_router
from provender.trace.farms.pages.plots import router as plot_router

__all__ = ["farm_router", "plot_router"]
