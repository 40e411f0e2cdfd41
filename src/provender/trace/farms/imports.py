"""How a file of farms is read."""

from __future__ import annotations

from provender.kit.http.imports import Import, each, headings_of
from provender.trace.farms import actions, reads
from provender.trace.farms.payloads import FarmInput

FARM_IMPORT = Import(headings_of(FarmInput, reads.FARM_EXPORT), FarmInput, each(actions.add_farm))
