"""What farms look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.http.cursors import ListQuery

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Country = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern="^[A-Za-z]{2}$")]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class FarmFilter(ListQuery):
    """Which farms a list shows."""

    name: str | None = Field(None, max_length=200, description="Name begins with this.")
    archived: bool | None = Field(None, description="Only retired ones, or only others.")


class FarmInput(BaseModel):
    """A farm as a caller describes it; a PUT replaces all of it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    country: Country = Field(description="ISO 3166-1 alpha-2.")
    producer_name: Name | None = None
    region: Name | None = None
    note: Note | None = None


class Farm(BaseModel):
    """A farm as it is answered."""

    id: UUID
    name: str
    producer_name: str | None
    country: str
    region: str | None
    note: str | None
    archived_at: datetime | None
    version: int
    plot_count: int
    batch_count: int


class FarmList(BaseModel):
    """One page of farms."""

    items: list[Farm]
    next: str | None
