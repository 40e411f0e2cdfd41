"""What accounts and access tokens look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.core.accounts.model import Role
from provender.kit.http.cursors import ListQuery

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Language = Literal["en", "de", "ja"]


class AccountInput(BaseModel):
    """What people say about themselves."""

    model_config = ConfigDict(extra="forbid")

    full_name: Name
    language: Language


class Account(BaseModel):
    """The caller: who it is, and where it is working now."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    email: str
    full_name: str
    language: Language
    role: Role
    organisation_id: UUID
    organisation_name: str
    version: int


class PasswordChange(BaseModel):
    """A new password, by somebody who knows the present one."""

    model_config = ConfigDict(extra="forbid")

    current_password: str = Field(min_length=1, max_length=200)
    new_password: str = Field(min_length=1, max_length=200)


class SwitchInput(BaseModel):
    """The organisation in which a person goes on working."""

    model_config = ConfigDict(extra="forbid")

    organisation_id: UUID


class AccessTokenFilter(ListQuery):
    """Which of the caller's sessions and programs a list shows."""

    kind: Literal["browser", "program"] | None = None


class AccessTokenInput(BaseModel):
    """A program that is to work as the caller."""

    model_config = ConfigDict(extra="forbid")

    name: Name = Field(description="What the program is, so that its access can be ended later.")
    lifetime_days: int = Field(365, ge=1, le=365)


class AccessToken(BaseModel):
    """A signed-in browser or a program, as answered; never with what it presents."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    kind: Literal["browser", "program"]
    name: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_current: bool


class NewAccessToken(AccessToken):
    """A program's access just given; `token` is shown this once and stored nowhere."""

    token: str


class AccessTokenList(BaseModel):
    """One page of sessions and programs."""

    model_config = ConfigDict(extra="forbid")

    items: list[AccessToken]
    next: str | None
