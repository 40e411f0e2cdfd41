"""Questions about materials."""

from __future__ import annotations

from uuid import UUID

from provender.kit.csv.columns import Column, Kind
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.exports import Export
from provender.trace.materials import store
from provender.trace.materials.payloads import MaterialFilter

KEY_WIDTH = 2
MATERIAL_EXPORT = Export(
    "materials",
    (
        Column("code"),
        Column("name"),
        Column("kind"),
        Column("base_unit"),
        Column("batch_count", kind=Kind.NUMBER),
        Column("archived_at", kind=Kind.MOMENT),
        Column("id"),
        Column("product_id"),
    ),
    KEY_WIDTH,
)


async def list_materials(work: Work, wanted: MaterialFilter, last_seen: Key) -> Page:
    """Return one page of materials by code, after the key (code, id) of the last row seen."""
    last_code, last_id = last_seen
    return await store.select_materials(
        work,
        {
            "search": wanted.search,
            "kind": wanted.kind,
            "is_archived": wanted.archived,
            "last_code": last_code,
            "last_id": last_id,
            "page_size": wanted.limit,
        },
    )


async def read_material(work: Work, material_id: UUID) -> tuple[bytes, int]:
    """Return one material as JSON and its version.

    Raises:
        NotFound: it is not there.
    """
    found = await store.select_material(work, material_id)
    if found is None:
        raise NotFound("There is no such material.")
    return found
