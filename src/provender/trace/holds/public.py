"""What other rooms may use of holds."""

from provender.trace.holds.actions import place_holds

__all__ = ["place_holds"]
