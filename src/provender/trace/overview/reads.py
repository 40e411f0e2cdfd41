"""The question of the overview."""

from __future__ import annotations

from pydantic import TypeAdapter

from provender.kit.db import Work
from provender.trace.overview import store
from provender.trace.overview.model import Overview

MOST = 6
OVERVIEW = TypeAdapter(Overview)


async def read_overview(work: Work) -> Overview:
    """Return what needs attention now."""
    return OVERVIEW.validate_json(await store.select_overview(work, MOST))
