"""How a command works as a person: with an access token of its own, so that roles, audit and walls hold for it too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from provender.cli.database import opened_database
from provender.cli.options import tell, tell_nothing
from provender.core.accounts.public import give_command_access, sign_out
from provender.kit.commands import Call, make_request
from provender.kit.config import read_settings
from provender.kit.db import Work
from provender.kit.http.edge import Edge, change, reading
from provender.web.application import open_edge

Result = TypeVar("Result")
NAME = "provender trace"
"""What the list of programs and the record of changes call a command."""


def with_edge(data: Path | None, verb: Callable[[Edge], Awaitable[Result]]) -> Result:
    """Open the database and run a verb on it; the database is closed afterwards."""

    async def connect_then(url: str) -> Result:
        edge = await open_edge(url)
        try:
            return await verb(edge)
        finally:
            await edge.database.close()

    with opened_database(read_settings(data_folder=data), tell_nothing) as database:
        return asyncio.run(connect_then(database.url))


def with_work(data: Path | None, verb: Callable[[Work], Awaitable[Result]]) -> Result:
    """Open the database and run a verb in one transaction in which nobody has entered."""
    return with_edge(data, lambda edge: edge.database.changing_unentered(verb))


def work_as(
    data: Path | None, email: str | None, verb: Callable[[Call], Awaitable[Result]], *, is_quiet: bool = False
) -> Result:
    """Run a verb as a person; its access ends with it, whatever happens.

    Args:
        data: Folder of the embedded database, if named.
        email: The person; None: the only administrator of the only organisation.
        verb: What the command does.
        is_quiet: Whether it keeps from telling how long work goes on.

    Raises:
        AccountUnknown: nobody has this address, or nobody was named and there are several.
        Refusal: what the verb raised.
    """

    async def enter_then(edge: Edge) -> Result:
        token = await edge.database.changing_unentered(lambda work: give_command_access(work, email, NAME))
        request = make_request(edge, token)
        try:
            async with reading(request) as work:
                caller = await work.caller()
            return await verb(Call(request, caller, tell_nothing if is_quiet else tell))
        finally:
            await change(request, sign_out)

    return with_edge(data, enter_then)
