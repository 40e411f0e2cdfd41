"""Questions about farms and plots."""

from __future__ import annotations

from decimal import Decimal
from typing import cast
from uuid import UUID

import orjson

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.trace.farms import store
from provender.trace.farms.payloads import FarmFilter, PlotFilter
from provender.trace.farms.rules.advice import survey_plot
from provender.trace.farms.rules.geometry import restore_geometry

KEY_WIDTH = 2
FARM_EXPORT = Export(
    "farms",
    (
        Column("name"),
        Column("country"),
        Column("region"),
        Column("producer_name"),
        Column("note"),
        Column("plot_count", kind=Kind.NUMBER),
        Column("batch_count", kind=Kind.NUMBER),
        Column("archived_at", kind=Kind.MOMENT),
        Column("id"),
    ),
    KEY_WIDTH,
)


async def list_farms(work: Work, wanted: FarmFilter, last_seen: Key) -> Page:
    """Return one page of farms by name, after the key (name, id) of the last row seen."""
    last_name, last_id = last_seen
    return await store.select_farms(
        work,
        {
            "name_prefix": wanted.name,
            "is_archived": wanted.archived,
            "last_name": last_name,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_farm(work: Work, farm_id: UUID) -> tuple[bytes, int]:
    """Return one farm as JSON and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_farm(work, farm_id)
    if found is None:
        raise NotFound("There is no such farm.")
    return found


async def list_plots(work: Work, farm_id: UUID, wanted: PlotFilter, last_seen: Key) -> Page:
    """Return one page of the plots of a farm by name.

    Raises:
        NotFound: there is no such farm.
    """
    last_name, last_id = last_seen
    page = await store.select_plots(
        work,
        farm_id,
        {
            "is_archived": wanted.archived,
            "last_name": last_name,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )
    if page is None:
        raise NotFound("There is no such farm.")
    return page


async def read_plot(work: Work, plot_id: UUID) -> tuple[bytes, int]:
    """Return one plot as JSON, with its computed area and what could be better about it, and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_plot(work, plot_id)
    if found is None:
        raise NotFound("There is no such plot.")
    body, version = found
    return _surveyed(body), version


def _surveyed(body: bytes) -> bytes:
    """Add to a plot's JSON what the rules know; what PostgreSQL wrote is not written again."""
    plot = cast("dict[str, object]", orjson.loads(body))
    geometry = None if plot["geometry"] is None else restore_geometry(cast("dict[str, object]", plot["geometry"]))
    area_ha = None if plot["area_ha"] is None else Decimal(str(plot["area_ha"]))
    survey = survey_plot(geometry, area_ha)
    more = {
        "computed_area_ha": None if survey.computed_area_ha is None else float(survey.computed_area_ha),
        "advice": survey.advice,
    }
    return body.rstrip()[:-1] + b", " + orjson.dumps(more)[1:]
