"""Verbs that change materials."""

from __future__ import annotations

from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.materials import store
from provender.trace.materials.errors import REFUSALS
from provender.trace.materials.payloads import MaterialInput

NO_MATERIAL = "There is no such material."


async def add_material(work: Work, material: MaterialInput) -> UUID:
    """Add a material; managers do.

    Raises:
        MaterialCodeTaken: another material has this code.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        return await store.insert_material(work, material.model_dump())


async def replace_material(work: Work, material_id: UUID, version: int, material: MaterialInput) -> None:
    """Replace a material as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: it is not there.
        MaterialCodeTaken: another material has this code.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if await store.update_material(work, material_id, version, material.model_dump()):
            return
    if await store.select_material(work, material_id) is None:
        raise NotFound(NO_MATERIAL)
    raise VersionStale


async def archive_material(work: Work, material_id: UUID, *, is_archived: bool) -> None:
    """Retire a material, or bring it back; the records that name it stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_material(work, material_id, is_archived=is_archived):
        raise NotFound(NO_MATERIAL)


async def remove_material(work: Work, material_id: UUID) -> None:
    """Delete a material that was never used.

    Raises:
        MaterialInUse: a product or batches point to it.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_material(work, material_id):
            raise NotFound(NO_MATERIAL)
