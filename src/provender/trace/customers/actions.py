"""Verbs that change customers."""

from __future__ import annotations

from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import require_role
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale
from provender.trace.customers import store
from provender.trace.customers.errors import REFUSALS
from provender.trace.customers.payloads import CustomerInput, SiteInput

NO_CUSTOMER = "There is no such customer."
NO_SITE = "There is no such site."


async def add_customer(work: Work, customer: CustomerInput) -> UUID:
    """Add a customer; managers do.

    Raises:
        CustomerNameTaken: another customer has this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        return await store.insert_customer(work, customer.model_dump())


async def replace_customer(work: Work, customer_id: UUID, version: int, customer: CustomerInput) -> None:
    """Replace a customer as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: it is not there.
        CustomerNameTaken: another customer has this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if await store.update_customer(work, customer_id, version, customer.model_dump()):
            return
    if await store.select_customer(work, customer_id) is None:
        raise NotFound(NO_CUSTOMER)
    raise VersionStale


async def archive_customer(work: Work, customer_id: UUID, *, is_archived: bool) -> None:
    """Retire a customer, or bring it back; the records that name it stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_customer(work, customer_id, is_archived=is_archived):
        raise NotFound(NO_CUSTOMER)


async def remove_customer(work: Work, customer_id: UUID) -> None:
    """Delete a customer that was never used.

    Raises:
        CustomerInUse: sites, orders, returns, complaints or notices point to it.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_customer(work, customer_id):
            raise NotFound(NO_CUSTOMER)


async def add_site(work: Work, customer_id: UUID, site: SiteInput) -> UUID:
    """Add a site to a customer; managers do.

    Raises:
        NotFound: there is no such customer.
        SiteNameTaken: the customer has a site with this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        site_id = await store.insert_site(work, customer_id, site.model_dump())
    if site_id is None:
        raise NotFound(NO_CUSTOMER)
    return site_id


async def replace_site(work: Work, site_id: UUID, version: int, site: SiteInput) -> None:
    """Replace a site as it was read.

    Raises:
        VersionStale: somebody changed it in between.
        NotFound: it is not there.
        SiteNameTaken: the customer has another site with this name.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if await store.update_site(work, site_id, version, site.model_dump()):
            return
    if await store.select_site(work, site_id) is None:
        raise NotFound(NO_SITE)
    raise VersionStale


async def archive_site(work: Work, site_id: UUID, *, is_archived: bool) -> None:
    """Retire a site, or bring it back; the orders that went there stay.

    Raises:
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    if not await store.archive_site(work, site_id, is_archived=is_archived):
        raise NotFound(NO_SITE)


async def remove_site(work: Work, site_id: UUID) -> None:
    """Delete a site that no order names.

    Raises:
        SiteInUse: an order names it.
        NotFound: it is not there.
    """
    require_role((await work.caller()).role, Role.MANAGER)
    with refusing(REFUSALS):
        if not await store.delete_site(work, site_id):
            raise NotFound(NO_SITE)
