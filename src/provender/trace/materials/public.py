"""What other rooms may use of materials."""

from provender.trace.materials.actions import add_material
from provender.trace.materials.payloads import MaterialInput

__all__ = ["MaterialInput", "add_material"]
