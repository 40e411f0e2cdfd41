"""`provender admin`: what an operator does without a browser."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from provender.cli.database import opened_database
from provender.cli.options import Data, tell_nothing
from provender.core.accounts.public import give_program_access
from provender.kit.config import read_settings
from provender.web.application import open_edge

commands = typer.Typer(help="What an operator does without a browser.", no_args_is_help=True)


@commands.callback()
def group() -> None:
    """Keep `token` a subcommand although it is the only one."""


@commands.command()
def token(email: Annotated[str, typer.Argument(help="Who the program works as.")], data: Data = None) -> None:
    """Print a new API token of a person, alone on one line; it is shown only now."""

    async def give(url: str) -> str:
        edge = await open_edge(url)
        try:
            return await edge.database.changing_unentered(
                lambda work: give_program_access(work, email, "provender admin token")
            )
        finally:
            await edge.database.close()

    with opened_database(read_settings(data_folder=data), tell_nothing) as database:
        print(asyncio.run(give(database.url)))
