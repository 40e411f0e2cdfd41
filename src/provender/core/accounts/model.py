"""The words of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

SESSION_LIFETIME: Final = timedelta(days=30)
"""A browser stays signed in this long; revoking ends it at its next request."""
TOKEN_LIFETIME: Final = timedelta(days=365)
"""A program's token; long, because a program cannot type a password."""

COMMAND_LIFETIME: Final = timedelta(hours=1)
"""A command ends its access itself; this is for one that was killed."""


class Role(StrEnum):
    """What a member may do; each role includes the ones after it."""

    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    STAFF = "staff"


@dataclass(frozen=True)
class SignIn:
    """One organisation that a person may enter.

    Attributes:
        password_hash: Argon2id, None when the person has no password.
    """

    account_id: UUID
    password_hash: str | None
    organisation_id: UUID
    full_name: str
    language: str
    organisation_name: str
    role: str


@dataclass(frozen=True)
class Failures:
    """Failed tries to sign in during the last 15 minutes."""

    by_email: int
    by_address: int
