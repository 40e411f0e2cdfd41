"""Verbs that change an organisation and who works for it; administrators do."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Sequence
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import end_all_access, hash_password, require_role
from provender.core.organisations import store
from provender.core.organisations.errors import REFUSALS
from provender.core.organisations.payloads import MemberChange, MemberInput, OrganisationInput
from provender.kit.db import Work, refusing
from provender.kit.errors import NotFound
from provender.kit.http.errors import VersionStale


async def open_organisation(work: Work, organisation: OrganisationInput, members: Sequence[MemberInput]) -> UUID:
    """Open a tenant with its first members, and work for it from here on; the operator does, not a member.

    Raises:
        PasswordTooWeak: a first password is quickly guessed.
    """
    organisation_id = await store.open_organisation(work, organisation.model_dump())
    await work.become(organisation_id=organisation_id, account_id=None, actor="Operator")
    for member in members:
        await _insert_member(work, member)
    return organisation_id


async def replace_organisation(work: Work, version: int, organisation: OrganisationInput) -> None:
    """Replace the settings as they were read.

    Raises:
        VersionStale: somebody changed them in between.
    """
    require_role((await work.caller()).role, Role.ADMINISTRATOR)
    if not await store.update_organisation(work, version, organisation.model_dump()):
        raise VersionStale


async def add_member(work: Work, member: MemberInput) -> UUID:
    """Let a person work here and return the id of the account.

    A person who has an account already keeps its name and password: the organisation that added
    them first, or they themselves, chose those.

    Raises:
        PasswordTooWeak: the first password is quickly guessed.
        MemberAlready: the person works here, or did.
    """
    require_role((await work.caller()).role, Role.ADMINISTRATOR)
    return await _insert_member(work, member)


async def _insert_member(work: Work, member: MemberInput) -> UUID:
    described = member.model_dump(exclude={"password"})
    described["password_hash"] = await to_thread(hash_password, member.password, member.email)
    with refusing(REFUSALS):
        return await store.insert_member(work, described)


async def change_member(work: Work, account_id: UUID, version: int, change: MemberChange) -> None:
    """Change a role, end a membership or bring it back; ending it ends every session and program at once.

    Raises:
        LastAdministrator: nobody would be left to let people in.
        NotFound: the person never worked here.
        VersionStale: somebody changed it in between.
    """
    require_role((await work.caller()).role, Role.ADMINISTRATOR)
    with refusing(REFUSALS):
        is_changed = await store.update_member(work, account_id, version, change.model_dump())
    if not is_changed:
        await _require_member(work, account_id)
        raise VersionStale
    if change.is_ended:
        await end_all_access(work, account_id)


async def end_access_of_member(work: Work, account_id: UUID) -> int:
    """End every session and program of a member here, as after a stolen telephone; return how many.

    Raises:
        NotFound: the person never worked here.
    """
    require_role((await work.caller()).role, Role.ADMINISTRATOR)
    await _require_member(work, account_id)
    return await end_all_access(work, account_id)


async def _require_member(work: Work, account_id: UUID) -> None:
    if await store.select_member(work, account_id) is None:
        raise NotFound("There is no such member.")
