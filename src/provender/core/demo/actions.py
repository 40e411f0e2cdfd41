"""Opening the demo's maker, and who signs in there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from provender.core.accounts.model import Role
from provender.core.accounts.public import is_known
from provender.core.demo import store
from provender.core.organisations.public import MemberInput, OrganisationInput, open_organisation
from provender.kit.db import Work
from provender.kit.http.signing import Signer

TIME_ZONE: Final = "Europe/Berlin"
"""Where the demo's maker works; the day of loading is the day there."""
ORGANISATION: Final = OrganisationInput(
    name="Altstadt Schokolade",
    country="DE",
    time_zone=TIME_ZONE,
    language="de",
    contact_email="qualitaet@altstadt.example",
    resolver_origin=None,
)
PEOPLE: Final = (
    ("manager", "mara@altstadt.example", "Mara Vogt"),
    ("staff", "sven@altstadt.example", "Sven Okoro"),
    ("administrator", "ada@altstadt.example", "Ada Lindner"),
)
"""Role, address (a domain that cannot exist, RFC 2606), name; the maker who handles recalls first."""


@dataclass(frozen=True)
class DemoLogin:
    """A person who signs in to the demo."""

    email: str
    password: str
    role: str
    full_name: str


def demo_logins(signer: Signer) -> list[DemoLogin]:
    """Return the people of the demo with the passwords of this installation."""
    return [
        DemoLogin(email, "kakao-" + signer.token("demo password", email)[:12], role, full_name)
        for role, email, full_name in PEOPLE
    ]


async def list_demo_logins(work: Work, signer: Signer) -> list[DemoLogin]:
    """Return who signs in to the demo, or nobody when it was never opened here."""
    return demo_logins(signer) if await is_known(work, PEOPLE[0][1]) else []


async def open_demo_maker(work: Work, signer: Signer) -> UUID | None:
    """Open the demo's maker and work for it from here on; None when it is there already."""
    await store.lock_demo(work)
    if await is_known(work, PEOPLE[0][1]):
        return None
    people = [
        MemberInput(email=login.email, full_name=login.full_name, role=Role(login.role), password=login.password)
        for login in demo_logins(signer)
    ]
    return await open_organisation(work, ORGANISATION, people)
