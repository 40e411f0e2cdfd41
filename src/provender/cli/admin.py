"""`provender admin`: what an operator does without a browser."""

from __future__ import annotations

import json
import secrets
from typing import Annotated

import typer

from provender.cli.access import with_work, work_as
from provender.cli.options import As, AsJson, Data
from provender.core.accounts.model import Role
from provender.core.accounts.public import end_access_everywhere, give_program_access, is_known
from provender.core.organisations.public import (
    MemberFilter,
    MemberInput,
    OrganisationInput,
    list_members,
    open_organisation,
)
from provender.kit.commands import Call, Collected, collect, look_up, tabulate
from provender.kit.db import Work
from provender.kit.http.exports import PAGE_ROWS
from provender.kit.http.forms import parse

commands = typer.Typer(help="What an operator does without a browser.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="E-mail address of a person.")]
PASSWORD_BYTES = 15
"""Random bytes of a generated password: twenty letters that nobody guesses."""
SHOWN = (
    ("Name", "full_name"),
    ("E-mail", "email"),
    ("Role", "role"),
    ("Last seen", "last_seen_at"),
    ("Left", "ended_at"),
)


@commands.command()
def token(email: Annotated[str, typer.Argument(help="Who the program works as.")], data: Data = None) -> None:
    """Print a new API token of a person, alone on one line; it is shown only now."""
    print(with_work(data, lambda work: give_program_access(work, email, "provender admin token")))


@commands.command()
def organisation(
    name: Annotated[str, typer.Argument(help="What it is called.")],
    *,
    country: Annotated[str, typer.Option(help="Two letters, such as DE.")],
    time_zone: Annotated[str, typer.Option(help="Where its days begin and end, such as Europe/Berlin.")],
    email: Annotated[str, typer.Option(help="E-mail address of its first administrator.")],
    ask_password: Annotated[
        bool, typer.Option("--ask-password", help="Type the password instead of having one made.")
    ] = False,
    data: Data = None,
) -> None:
    """Open an organisation with its first administrator; a password that is made is printed once."""
    asked = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if ask_password else ""
    password = str(asked) or secrets.token_urlsafe(PASSWORD_BYTES)
    described = parse(
        OrganisationInput,
        {"name": name, "country": country, "time_zone": time_zone, "language": "en", "contact_email": email},
    )
    administrator = parse(
        MemberInput,
        {"email": email, "full_name": email.split("@")[0], "role": Role.ADMINISTRATOR, "password": password},
    )

    async def open_it(work: Work) -> bool:
        has_account = await is_known(work, email)
        await open_organisation(work, described, [administrator])
        return has_account

    has_account = with_work(data, open_it)
    print(f"{described.name} is open. {administrator.email} is its administrator.")
    if has_account:
        print("This person had an account already, and keeps name and password.")
    elif not ask_password:
        print(f"Password, shown only now: {password}")


@commands.command()
def members(who: As = None, data: Data = None, *, as_json: AsJson = False) -> None:
    """List the members of an organisation, those who left included."""
    every = MemberFilter.model_construct(name=None, role=None, ended=None, limit=PAGE_ROWS, cursor=None)

    async def read_all(call: Call) -> Collected:
        return await collect(call, lambda work, key: list_members(work, every, key), 2)

    found = work_as(data, who, read_all, is_quiet=True)
    if as_json:
        print(json.dumps({"items": found.items, "next": None}))
        return
    for line in tabulate(
        [heading for heading, _ in SHOWN], [[look_up(item, path) for _, path in SHOWN] for item in found.items]
    ):
        print(line)


@commands.command()
def revoke(email: Email, data: Data = None) -> None:
    """End every session and program of a person, in every organisation, from the next request on."""
    ended = with_work(data, lambda work: end_access_everywhere(work, email))
    print(f"Ended: {ended}. Who knows the password can sign in again; the page People ends a membership.")
