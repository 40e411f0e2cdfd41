"""Verbs that change farms."""

from __future__ import annotations

from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.farms import store
from provender.trace.farms.errors import REFUSALS
from provender.trace.farms.payloads import FarmInput


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
        raise NotFound("There is no such farm.")
    raise VersionStale


async def archive_farm(work: Work, farm_id: UUID, *, is_archived: bool) -> None:
    """Retire a farm, or bring it back; its batches and traces stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_farm(work, farm_id, is_archived=is_archived):
        raise NotFound("There is no such farm.")


async def remove_farm(work: Work, farm_id: UUID) -> None:
    """Delete a farm that was never used.

    Raises:
        FarmInUse: plots or batches point to it.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_farm(work, farm_id):
            raise NotFound("There is no such farm.")
