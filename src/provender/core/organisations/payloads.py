"""What organisations and members look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from provender.core.accounts.model import Role
from provender.kit.http.cursors import ListQuery

Language = Literal["en", "de", "ja"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Country = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern="^[A-Za-z]{2}$")]
Email = Annotated[
    str,
    # ASCII only: what an address with other letters is compared to differs between databases.
    StringConstraints(strip_whitespace=True, pattern=r"^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$", max_length=254),
]
Origin = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://[A-Za-z0-9.-]+(:[0-9]+)?$")]


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _known_zone(name: str) -> str:
    if name not in _zones():
        message = "This is not the name of a time zone, such as Europe/Berlin."
        raise ValueError(message)
    return name


TimeZone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), AfterValidator(_known_zone)]


class OrganisationInput(BaseModel):
    """An organisation as its administrator describes it; a PUT replaces all of it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    country: Country = Field(description="ISO 3166-1 alpha-2.")
    time_zone: TimeZone = Field(description="IANA name; where its days begin and end.")
    language: Language = Field(description="For people who have not chosen one.")
    contact_email: Email | None = Field(None, description="Printed on recall notices.")
    contact_phone: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] | None = None
    resolver_origin: Origin | None = Field(
        None, description="Origin of the GS1 Digital Links on labels; without it the address of the page is used."
    )


class Organisation(BaseModel):
    """An organisation as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str
    country: str
    time_zone: str
    language: Language
    contact_email: str | None
    contact_phone: str | None
    resolver_origin: str | None
    version: int


class MemberFilter(ListQuery):
    """Which members a list shows."""

    name: str | None = Field(None, max_length=200, description="Name begins with this.")
    role: Role | None = None
    ended: bool | None = Field(None, description="Only those who left, or only the others.")


class MemberInput(BaseModel):
    """Somebody who is to work here."""

    model_config = ConfigDict(extra="forbid")

    email: Email
    full_name: Name
    role: Role
    language: Language = "en"
    password: str = Field(
        min_length=1, max_length=200, description="The first one. Who has an account already keeps name and password."
    )


class MemberChange(BaseModel):
    """What changes about a membership; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    role: Role | None = None
    is_ended: bool | None = Field(None, description="true ends the membership and all access; false brings it back.")


class Member(BaseModel):
    """A member as answered."""

    model_config = ConfigDict(extra="forbid")

    account_id: UUID
    full_name: str
    email: str
    language: Language
    role: Role
    created_at: datetime
    ended_at: datetime | None
    last_seen_at: datetime | None
    version: int


class MemberList(BaseModel):
    """One page of members."""

    model_config = ConfigDict(extra="forbid")

    items: list[Member]
    next: str | None
