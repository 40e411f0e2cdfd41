"""What the start page uses of the overview."""

from provender.trace.overview.reads import read_overview

__all__ = ["read_overview"]
