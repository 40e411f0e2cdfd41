"""Where a request meets a unit of work: whose it is, reading, changing.

The token is read from `Authorization: Bearer` (programs) or the session cookie (browsers).
It names its tenant, so that the tenant can be a parameter of every query in the same round
trip that verifies it; the database checks the claim, and row-level security is the second lock.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from fastapi import Request

from provender.kit.db import Credentials, Database, Work
from provender.kit.errors import NotSignedIn
from provender.kit.http.errors import FormExpired
from provender.kit.http.signing import Signer

Result = TypeVar("Result")
SESSION_COOKIE = "provender_session"
FORM_TOKEN_FIELD = "csrf_token"  # noqa: S105  # the name of a field
FORM_TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105  # the name of a header
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TOKEN_SHAPE = re.compile(r"(pvb|pvp)_([0-9a-f]{32})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Edge:
    """What every request needs of the running program; kept in `app.state.edge`."""

    database: Database
    signer: Signer


def new_token(kind: str, organisation_id: UUID) -> str:
    """Return a fresh token: its kind, the tenant it claims, 256 random bits.

    Args:
        kind: `browser` or `program`.
        organisation_id: The tenant; part of the token so that it need not be looked up first.
    """
    prefix = {"browser": "pvb", "program": "pvp"}[kind]
    return f"{prefix}_{organisation_id.hex}_{secrets.token_urlsafe(32)}"


def hash_token(token: str) -> bytes:
    """Return what is stored of a token: its SHA-256."""
    return hashlib.sha256(token.encode()).digest()


def edge_of(request: Request) -> Edge:
    """Return the edge of the running program."""
    edge: Edge = request.app.state.edge
    return edge


def presented_token(request: Request) -> tuple[str, bool]:
    """Return the token of a request, and whether it came as a cookie.

    Raises:
        NotSignedIn: there is none, or it cannot be one of ours.
    """
    authorization = request.headers.get("authorization")
    is_cookie = authorization is None
    token = (
        request.cookies.get(SESSION_COOKIE, "")
        if authorization is None
        else authorization.removeprefix("Bearer ").strip()
    )
    if not TOKEN_SHAPE.fullmatch(token):
        raise NotSignedIn
    return token, is_cookie


def credentials_of(request: Request) -> Credentials:
    """Return what the request presents, not yet verified.

    Raises:
        NotSignedIn: it presents nothing usable.
    """
    token, _ = presented_token(request)
    return Credentials(UUID(hex=token[4:36]), hash_token(token), request.scope.get("request_id", ""))


@asynccontextmanager
async def reading(request: Request) -> AsyncGenerator[Work]:
    """Open a unit of work for questions, in one round trip with the sign-in check.

    Afterwards, as after `change`, `request.state.caller` says who asked.

    Raises:
        NotSignedIn: and nothing that was read is used.
    """
    async with edge_of(request).database.reading(credentials_of(request)) as work:
        yield work
    request.state.caller = await work.caller()


async def change(request: Request, verb: Callable[[Work], Awaitable[Result]]) -> Result:
    """Run a verb in one transaction, committed once.

    Raises:
        NotSignedIn: nobody signed in.
        FormExpired: a browser's request without the token of its session.
    """
    token, is_cookie = presented_token(request)
    if is_cookie and not request.scope.get("form_token_verified"):
        verify_form_token(request, token, request.headers.get(FORM_TOKEN_HEADER, ""))

    async def note_caller_then(work: Work) -> Result:
        request.state.caller = await work.caller()
        return await verb(work)

    return await edge_of(request).database.changing(credentials_of(request), note_caller_then)


def form_token(request: Request) -> str:
    """Return the token that a form of this session must carry; empty when nobody is signed in."""
    session = request.cookies.get(SESSION_COOKIE, "")
    return edge_of(request).signer.token("form", session) if session else ""


def verify_form_token(request: Request, session: str, presented: str) -> None:
    """Mark the request as coming from a page of this session.

    Raises:
        FormExpired: the token is missing or another session's.
    """
    if not edge_of(request).signer.is_token("form", session, presented):
        raise FormExpired
    request.scope["form_token_verified"] = True
