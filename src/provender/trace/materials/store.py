"""The statements of materials, one function per file in `sql/`."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from provender.kit.db import Parameters, SqlFolder, Work
from provender.kit.db.work import bytes_of
from provender.kit.http.answers import Page, fetch_page
from provender.trace.materials.model import MaterialUses

SQL = SqlFolder(__file__)


async def select_materials(work: Work, parameters: Parameters) -> Page:
    """Return one page of materials by code."""
    return await fetch_page(work, SQL("select_materials"), parameters)


async def select_material(work: Work, material_id: UUID) -> tuple[bytes, int] | None:
    """Return one material as JSON and its version."""
    row = await work.fetch_row(SQL("select_material"), {"material_id": material_id})
    return None if row is None else (bytes_of(row[0]), cast("int", row[1]))


async def count_material_uses(work: Work, material_id: UUID) -> MaterialUses | None:
    """Return what points to a material."""
    return await work.fetch_one(MaterialUses, SQL("count_material_uses"), {"material_id": material_id})


async def insert_material(work: Work, material: Parameters) -> UUID:
    """Add a material and return its id."""
    row = await work.fetch_row(SQL("insert_material"), material)
    return cast("tuple[UUID]", row)[0]


async def update_material(work: Work, material_id: UUID, version: int, material: Parameters) -> int:
    """Replace a material of that version; return how many were replaced."""
    return await work.execute(SQL("update_material"), {**material, "material_id": material_id, "version": version})


async def archive_material(work: Work, material_id: UUID, *, is_archived: bool) -> int:
    """Retire a material or bring it back; return how many there were."""
    return await work.execute(SQL("archive_material"), {"material_id": material_id, "is_archived": is_archived})


async def delete_material(work: Work, material_id: UUID) -> int:
    """Delete a material that nothing points to; return how many there were."""
    return await work.execute(SQL("delete_material"), {"material_id": material_id})
