"""What farms and plots look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.countries import Country
from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.trace.farms.model import Advice

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Hectares = Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=14, decimal_places=6)]


class FarmFilter(ListQuery):
    """Which farms a list shows."""

    name: str | None = Field(None, max_length=200, description="Name begins with this; capitals do not matter.")
    archived: bool | None = Field(None, description="Only retired ones, or only others.")


class FarmExportFilter(FarmFilter, ExportQuery):
    """Which farms a file holds."""


class FarmInput(BaseModel):
    """A farm as a caller describes it; a PUT replaces all of it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    country: Country
    producer_name: Name | None = None
    region: Name | None = None
    note: Note | None = None


class Farm(BaseModel):
    """A farm as it is answered.

    Attributes:
        batch_count: Batches that came from this farm, or hold harvest of one of its plots.
    """

    model_config = ConfigDict(extra="forbid")

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

    model_config = ConfigDict(extra="forbid")

    items: list[Farm]
    next: str | None


class PlotFilter(ListQuery):
    """Which plots of a farm a list shows."""

    archived: bool | None = Field(None, description="Only retired ones, or only others.")


class PlotInput(BaseModel):
    """A plot as a caller describes it; a PUT replaces all of it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    geometry: dict[str, object] | None = Field(
        None, description="GeoJSON Point, Polygon or MultiPolygon in WGS 84, or a Feature of one."
    )
    area_ha: Hectares | None = Field(None, description="Declared area in hectares.")


class Plot(BaseModel):
    """A plot as it is listed.

    Attributes:
        batch_count: Batches that hold harvest of this plot.
    """

    model_config = ConfigDict(extra="forbid")

    id: UUID
    farm_id: UUID
    name: str
    geometry: dict[str, object] | None
    area_ha: float | None
    archived_at: datetime | None
    version: int
    batch_count: int


class SurveyedPlot(Plot):
    """A plot as it is answered by itself.

    Attributes:
        computed_area_ha: Of its outline, on a sphere; null for a point or without geometry.
        advice: What could be better about it, for a due diligence statement (EUDR).
    """

    computed_area_ha: float | None
    advice: list[Advice]


class PlotList(BaseModel):
    """One page of plots of a farm."""

    model_config = ConfigDict(extra="forbid")

    items: list[Plot]
    next: str | None
