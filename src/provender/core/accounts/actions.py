"""What people do with their accounts: sign in, sign out, give a program access."""

from __future__ import annotations

from asyncio import to_thread
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from provender.core.accounts import store
from provender.core.accounts.errors import AccountUnknown
from provender.core.accounts.model import SESSION_LIFETIME, TOKEN_LIFETIME, SignIn
from provender.core.accounts.rules import COOL_DOWN_S, check_password, has_too_many_failures
from provender.kit.db import Work
from provender.kit.http.edge import hash_token, new_token
from provender.kit.http.errors import TooManyRequests


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


async def give_program_access(work: Work, email: str, name: str) -> str:
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
        work, first.account_id, kind="program", name=name, token_hash=hash_token(token), lifetime=TOKEN_LIFETIME
    )
    return token


async def sign_out(work: Work) -> None:
    """End the session that this request came with."""
    caller = await work.caller()
    await store.revoke_access_token(work, caller.account_id, caller.access_token_id)


async def end_access(work: Work, access_token_id: UUID) -> int:
    """End another session or program of the same person; return how many were ended."""
    caller = await work.caller()
    return await store.revoke_access_token(work, caller.account_id, access_token_id)


async def is_known(work: Work, email: str) -> bool:
    """Whether an active person with this address is a member somewhere."""
    return bool(await store.select_sign_ins(work, email.strip().lower()))


async def end_all_access(work: Work, account_id: UUID) -> int:
    """End every session and program of a person in the present tenant; return how many were ended."""
    return await store.revoke_access_tokens(work, account_id, kind=None, kept_id=None)
