"""Pages of processes."""

from provender.trace.processes.pages.diary import router as diary_router
from provender.trace.processes.pages.recording import router as recording_router

__all__ = ["diary_router", "recording_router"]
