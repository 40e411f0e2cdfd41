"""Verbs that change farms and plots."""

from __future__ import annotations

from uuid import UUID

import orjson

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Parameters, Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.farms import store
from provender.trace.farms.errors import REFUSALS
from provender.trace.farms.payloads import FarmInput, PlotInput
from provender.trace.farms.rules.advice import require_polygon
from provender.trace.farms.rules.geometry import read_geometry, write_geometry

NO_FARM = "There is no such farm."
NO_PLOT = "There is no such plot."


async def add_farm(work: Work, farm: FarmInput) -> UUID:
    """Add a farm; managers do.

    Raises:
        FarmNameTaken: another farm has this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        return await store.insert_farm(work, farm.model_dump())


async def replace_farm(work: Work, farm_id: UUID, version: int, farm: FarmInput) -> None:
    """Replace a farm as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: it is not there.
        FarmNameTaken: another farm has this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if await store.update_farm(work, farm_id, version, farm.model_dump()):
            return
    if await store.select_farm(work, farm_id) is None:
        raise NotFound(NO_FARM)
    raise VersionStale


async def archive_farm(work: Work, farm_id: UUID, *, is_archived: bool) -> None:
    """Retire a farm, or bring it back; its batches and traces stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_farm(work, farm_id, is_archived=is_archived):
        raise NotFound(NO_FARM)


async def remove_farm(work: Work, farm_id: UUID) -> None:
    """Delete a farm that was never used.

    Raises:
        FarmInUse: plots or batches point to it.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_farm(work, farm_id):
            raise NotFound(NO_FARM)


async def add_plot(work: Work, farm_id: UUID, plot: PlotInput) -> UUID:
    """Add a plot to a farm; managers do.

    Raises:
        NotFound: there is no such farm.
        GeometryInvalid: also PolygonRequired: the geometry cannot be used.
        PlotNameTaken: the farm has a plot with this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        plot_id = await store.insert_plot(work, farm_id, _stored(plot))
    if plot_id is None:
        raise NotFound(NO_FARM)
    return plot_id


async def replace_plot(work: Work, plot_id: UUID, version: int, plot: PlotInput) -> None:
    """Replace a plot as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: it is not there.
        GeometryInvalid: also PolygonRequired: the geometry cannot be used.
        PlotNameTaken: the farm has another plot with this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if await store.update_plot(work, plot_id, version, _stored(plot)):
            return
    if await store.select_plot(work, plot_id) is None:
        raise NotFound(NO_PLOT)
    raise VersionStale


async def archive_plot(work: Work, plot_id: UUID, *, is_archived: bool) -> None:
    """Retire a plot, or bring it back; the origins of batches stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_plot(work, plot_id, is_archived=is_archived):
        raise NotFound(NO_PLOT)


async def remove_plot(work: Work, plot_id: UUID) -> None:
    """Delete a plot whose harvest is in no batch.

    Raises:
        PlotInUse: a batch holds its harvest.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_plot(work, plot_id):
            raise NotFound(NO_PLOT)


def _stored(plot: PlotInput) -> Parameters:
    """Return a plot as it is stored, its geometry checked and in one form."""
    geometry = None if plot.geometry is None else read_geometry(plot.geometry)
    require_polygon(geometry, plot.area_ha)
    written = None if geometry is None else orjson.dumps(write_geometry(geometry)).decode()
    return {"name": plot.name, "geometry": written, "area_ha": plot.area_ha}
