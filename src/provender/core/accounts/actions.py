"""What people do with their accounts: sign in, sign out, give a program access."""

from __future__ import annotations

from asyncio import to_thread
from datetime import timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from provender.core.accounts import store
from provender.core.accounts.errors import AccountUnknown
from provender.core.accounts.model import COMMAND_LIFETIME, SESSION_LIFETIME, TOKEN_LIFETIME, Role, SignIn
from provender.core.accounts.payloads import AccessTokenInput, AccountInput, PasswordChange
from provender.core.accounts.rules import COOL_DOWN_S, check_password, has_too_many_failures, require_role
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.edge import hash_token, new_token
from provender.kit.http.errors import TooManyRequests, VersionStale


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _decoy_hash() -> str:
    return _hasher().hash("an address nobody has costs as much time as a wrong password")


def hash_password(password: str, email: str) -> str:
    """Return the Argon2id hash of a password that is good enough.

    Raises:
        PasswordTooWeak: it is not.
    """
    check_password(password, email)
    return _hasher().hash(password)


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether the password fits; as slow for people who have none."""
    try:
        _hasher().verify(password_hash or _decoy_hash(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


async def check_sign_in(work: Work, email: str, password: str, address: str) -> SignIn | None:
    """Return where the person may enter first, or None; either way the try is remembered.

    Raises:
        TooManyRequests: too many failures for this person or from this address.
    """
    email_key = email.strip().lower()
    if has_too_many_failures(await store.count_failures(work, email_key, address)):
        raise TooManyRequests("There were too many failed tries to sign in.", retry_after_s=COOL_DOWN_S)
    sign_ins = await store.select_sign_ins(work, email_key)
    is_right = await to_thread(is_password, sign_ins[0].password_hash if sign_ins else None, password)
    await store.record_attempt(work, email_key, address, is_success=is_right)
    return sign_ins[0] if is_right else None


async def open_session(work: Work, sign_in: SignIn, browser: str) -> str:
    """Return the token of a new session of a browser; only its hash is stored."""
    await work.become(organisation_id=sign_in.organisation_id, account_id=sign_in.account_id, actor=sign_in.full_name)
    token = new_token("browser", sign_in.organisation_id)
    await store.insert_access_token(
        work,
        sign_in.account_id,
        kind="browser",
        name=browser[:200] or "browser",
        token_hash=hash_token(token),
        lifetime=SESSION_LIFETIME,
    )
    return token


async def give_program_access(work: Work, email: str, name: str, lifetime: timedelta = TOKEN_LIFETIME) -> str:
    """Return a new token for a program that works as this person; shown once, stored as its hash.

    Raises:
        AccountUnknown: nobody active has this address.
    """
    sign_ins = await store.select_sign_ins(work, email.strip().lower())
    if not sign_ins:
        raise AccountUnknown(f"Nobody here signs in as {email}.", hint="Check the address, or add the person first.")
    first = sign_ins[0]
    await work.become(organisation_id=first.organisation_id, account_id=first.account_id, actor=first.full_name)
    token = new_token("program", first.organisation_id)
    await store.insert_access_token(
        work, first.account_id, kind="program", name=name, token_hash=hash_token(token), lifetime=lifetime
    )
    return token


async def give_command_access(work: Work, email: str | None, name: str) -> str:
    """Return a token that outlives no command: an hour at most, and `sign_out` ends it before.

    Args:
        work: Nobody has entered yet.
        email: Who the command works as; None: the only administrator of the only organisation.
        name: What the list of programs shows meanwhile.

    Raises:
        AccountUnknown: nobody active has this address, or nobody was named and there are several.
    """
    named = email or await store.select_only_administrator(work)
    if named is None:
        raise AccountUnknown("It is not clear who this works as.", hint="Name a person: --as EMAIL.")
    return await give_program_access(work, named, name, COMMAND_LIFETIME)


async def end_access_everywhere(work: Work, email: str) -> int:
    """End every session and program of a person in every organisation; return how many were ended.

    Raises:
        AccountUnknown: nobody active has this address.
    """
    sign_ins = await store.select_sign_ins(work, email.strip().lower())
    if not sign_ins:
        raise AccountUnknown(f"Nobody here signs in as {email}.", hint="Check the address.")
    ended = 0
    for found in sign_ins:
        await work.become(organisation_id=found.organisation_id, account_id=None, actor="Operator")
        ended += await end_all_access(work, found.account_id)
    return ended


async def add_program(work: Work, program: AccessTokenInput) -> tuple[UUID, str]:
    """Give a program access as the caller; return the id and the token, which is stored nowhere.

    Administrators do: a program's token outlives the session of the person it works as.
    """
    caller = await work.caller()
    require_role(caller.role, Role.ADMINISTRATOR)
    token = new_token("program", caller.organisation_id)
    access_token_id = await store.insert_access_token(
        work,
        caller.account_id,
        kind="program",
        name=program.name,
        token_hash=hash_token(token),
        lifetime=timedelta(days=program.lifetime_days),
    )
    return access_token_id, token


async def sign_out(work: Work) -> None:
    """End the session that this request came with."""
    caller = await work.caller()
    await store.revoke_access_token(work, caller.account_id, caller.access_token_id)


async def end_access(work: Work, access_token_id: UUID) -> None:
    """End a session or program of one's own; administrators end anybody's here.

    Raises:
        NotFound: it is not there, has ended already, or is somebody else's.
    """
    caller = await work.caller()
    owner = None if caller.role == Role.ADMINISTRATOR else caller.account_id
    if not await store.revoke_access_token(work, owner, access_token_id):
        raise NotFound("There is no such access token.")


async def replace_account(work: Work, version: int, account: AccountInput) -> None:
    """Replace what the caller says about themselves.

    Raises:
        VersionStale: it was changed in between.
    """
    caller = await work.caller()
    if not await store.update_account(work, caller.account_id, version, account.model_dump()):
        raise VersionStale


async def change_password(work: Work, wanted: PasswordChange, address: str) -> bool:
    """Change the caller's password and end every other browser session; False: the present one is wrong.

    A wrong try counts like one to sign in, so it is told after the transaction, not raised in it.

    Raises:
        TooManyRequests: too many failures.
        PasswordTooWeak: the new password is quickly guessed.
    """
    caller = await work.caller()
    check_password(wanted.new_password, caller.email)
    if await check_sign_in(work, caller.email, wanted.current_password, address) is None:
        return False
    password_hash = await to_thread(hash_password, wanted.new_password, caller.email)
    await store.update_password(work, caller.account_id, password_hash)
    await store.revoke_access_tokens(work, caller.account_id, kind="browser", kept_id=caller.access_token_id)
    return True


async def switch_organisation(work: Work, organisation_id: UUID, browser: str) -> str:
    """End this session and return the token of a new one in another organisation of the same person.

    Raises:
        NotFound: the person does not work there.
    """
    caller = await work.caller()
    sign_ins = await store.select_sign_ins(work, caller.email.lower())
    wanted = next((found for found in sign_ins if found.organisation_id == organisation_id), None)
    if wanted is None:
        raise NotFound("There is no such organisation.", hint="Choose one from the list.")
    await store.revoke_access_token(work, caller.account_id, caller.access_token_id)
    return await open_session(work, wanted, browser)


async def is_known(work: Work, email: str) -> bool:
    """Whether an active person with this address is a member somewhere."""
    return bool(await store.select_sign_ins(work, email.strip().lower()))


async def end_all_access(work: Work, account_id: UUID) -> int:
    """End every session and program of a person in the present tenant; return how many were ended."""
    return await store.revoke_access_tokens(work, account_id, kind=None, kept_id=None)
