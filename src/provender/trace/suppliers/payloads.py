"""What suppliers look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.countries import Country
from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]


class SupplierFilter(ListQuery):
    """Which suppliers a list shows."""

    name: str | None = Field(None, max_length=200, description="Name begins with this; capitals do not matter.")
    archived: bool | None = Field(None, description="Only retired ones, or only others.")


class SupplierExportFilter(SupplierFilter, ExportQuery):
    """Which suppliers a file holds."""


class SupplierInput(BaseModel):
    """A supplier as a caller describes it; a PUT replaces all of it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    country: Country
    email: Email | None = None
    note: Note | None = None


class Supplier(BaseModel):
    """A supplier as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str
    country: str
    email: str | None
    note: str | None
    archived_at: datetime | None
    version: int
    batch_count: int


class SupplierList(BaseModel):
    """One page of suppliers."""

    model_config = ConfigDict(extra="forbid")

    items: list[Supplier]
    next: str | None
