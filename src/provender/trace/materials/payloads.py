"""What materials look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.trace.materials.model import BaseUnit, MaterialKind

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class MaterialFilter(ListQuery):
    """Which materials a list shows."""

    search: str | None = Field(None, max_length=200, description="Code or name begins with this.")
    kind: MaterialKind | None = None
    archived: bool | None = Field(None, description="Only retired ones, or only others.")


class MaterialExportFilter(MaterialFilter, ExportQuery):
    """Which materials a file holds."""


class MaterialInput(BaseModel):
    """A material as a caller describes it; a PUT replaces its code and name, the rest stays as it is."""

    model_config = ConfigDict(extra="forbid")

    code: Code
    name: Name
    kind: MaterialKind
    base_unit: BaseUnit = BaseUnit.GRAM


class Material(BaseModel):
    """A material as it is answered.

    Attributes:
        product_id: What it is sold as.
    """

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str
    name: str
    kind: MaterialKind
    base_unit: BaseUnit
    product_id: UUID | None
    archived_at: datetime | None
    version: int
    batch_count: int


class MaterialList(BaseModel):
    """One page of materials."""

    model_config = ConfigDict(extra="forbid")

    items: list[Material]
    next: str | None
