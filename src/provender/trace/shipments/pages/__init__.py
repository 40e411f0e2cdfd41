"""Pages of shipments and returns: packing, the list, one shipment, its delivery note, what came back."""

from provender.trace.shipments.pages.packing import router as packing_router
from provender.trace.shipments.pages.returns import router as return_router
from provender.trace.shipments.pages.shipments import router as shipment_router

__all__ = ["packing_router", "return_router", "shipment_router"]
