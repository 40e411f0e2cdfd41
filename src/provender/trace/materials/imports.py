"""How a file of materials is read."""

from __future__ import annotations

from provender.kit.http.imports import Import, each, headings_of
from provender.trace.materials import actions, reads
from provender.trace.materials.payloads import MaterialInput

MATERIAL_IMPORT = Import(headings_of(MaterialInput, reads.MATERIAL_EXPORT), MaterialInput, each(actions.add_material))
