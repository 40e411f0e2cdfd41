"""Verbs that change suppliers."""

from __future__ import annotations

from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.suppliers import store
from provender.trace.suppliers.errors import REFUSALS
from provender.trace.suppliers.payloads import SupplierInput

NO_SUPPLIER = "There is no such supplier."


async def add_supplier(work: Work, supplier: SupplierInput) -> UUID:
    """Add a supplier; managers do.

    Raises:
        SupplierNameTaken: another supplier has this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        return await store.insert_supplier(work, supplier.model_dump())


async def replace_supplier(work: Work, supplier_id: UUID, version: int, supplier: SupplierInput) -> None:
    """Replace a supplier as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: it is not there.
        SupplierNameTaken: another supplier has this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if await store.update_supplier(work, supplier_id, version, supplier.model_dump()):
            return
    if await store.select_supplier(work, supplier_id) is None:
        raise NotFound(NO_SUPPLIER)
    raise VersionStale


async def archive_supplier(work: Work, supplier_id: UUID, *, is_archived: bool) -> None:
    """Retire a supplier, or bring it back; the records that name it stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_supplier(work, supplier_id, is_archived=is_archived):
        raise NotFound(NO_SUPPLIER)


async def remove_supplier(work: Work, supplier_id: UUID) -> None:
    """Delete a supplier that was never used.

    Raises:
        SupplierInUse: batches point to it.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_supplier(work, supplier_id):
            raise NotFound(NO_SUPPLIER)
