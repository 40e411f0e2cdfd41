"""Opening the demo's maker, and who signs in there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from provender.core.accounts.public import hash_password, is_known
from provender.core.demo import store
from provender.kit.db import Work
from provender.kit.http.signing import Signer

TIME_ZONE: Final = "Europe/Berlin"
"""Where the demo's maker works; the day of loading is the day there."""
ORGANISATION: Final = {
    "name": "Altstadt Schokolade",
    "country": "DE",
    "time_zone": TIME_ZONE,
    "language": "de",
    "contact_email": "qualitaet@altstadt.example",
}
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
    organisation_id = await store.open_organisation(work, ORGANISATION)
    await work.become(organisation_id=organisation_id, account_id=None, actor="Demo")
    for login in demo_logins(signer):
        await store.insert_member(
            work,
            {
                "email": login.email,
                "full_name": login.full_name,
                "language": "en",
                "password_hash": hash_password(login.password, login.email),
                "role": login.role,
            },
        )
    return organisation_id
