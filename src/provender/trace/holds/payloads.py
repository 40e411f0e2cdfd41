"""What holds look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.http.cursors import ListQuery
from provender.kit.quantities.figures import Figure

Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class HoldFilter(ListQuery):
    """Which holds a list shows."""

    active: bool | None = Field(None, description="Only holds in force, or only released ones.")
    batch: UUID | None = None


class HoldReason(BaseModel):
    """Why a batch is held, or released."""

    model_config = ConfigDict(extra="forbid")

    reason: Reason


class HeldBatch(BaseModel):
    """The batch of a hold."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str
    material_name: str
    base_unit: str
    on_hand: Figure


class RecallName(BaseModel):
    """The recall case that placed a hold."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    number: str


class Hold(BaseModel):
    """A hold as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    batch: HeldBatch
    reason: str
    state: Literal["active", "released"]
    placed_at: datetime
    placed_by_name: str
    released_at: datetime | None
    released_by_name: str | None
    release_reason: str | None
    recall_case: RecallName | None


class HoldList(BaseModel):
    """One page of holds."""

    items: list[Hold]
    next: str | None
