"""What changes look like in JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

from provender.kit.http.cursors import ListQuery


class ChangeFilter(ListQuery):
    """Which changes a list shows."""

    row_id: UUID | None = Field(None, description="Changes of this row only.")
    table: str | None = Field(None, max_length=100, description="Changes of this table only, such as trace.farm.")
    actor: str | None = Field(None, max_length=200, description="Changes by the person or program of this name.")
    since: AwareDatetime | None = Field(None, description="At this time or later, with its zone.")
    until: AwareDatetime | None = Field(None, description="Before this time, with its zone.")


class Change(BaseModel):
    """One change of one row.

    `change` holds the columns of a new row, of a removed row, or of a changed one; those of a
    changed row each as `[old, new]`.
    """

    model_config = ConfigDict(extra="forbid")

    id: UUID
    recorded_at: datetime
    account_id: UUID | None
    actor: str
    request_id: str | None
    action: Literal["insert", "update", "delete"]
    table_name: str
    row_id: UUID | None
    change: dict[str, JsonValue]


class ChangeList(BaseModel):
    """One page of changes."""

    model_config = ConfigDict(extra="forbid")

    items: list[Change]
    next: str | None
