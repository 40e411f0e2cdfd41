"""`provender demo`: an invented maker with real bar names, and the people who sign in there."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from provender.cli.database import OpenedDatabase, opened_database
from provender.cli.options import AsJson, Data, tell, tell_nothing
from provender.core.demo.public import TIME_ZONE, DemoLogin, list_demo_logins, open_demo_maker
from provender.kit.clock import today
from provender.kit.commands import tabulate
from provender.kit.config import read_settings
from provender.kit.db import Work
from provender.kit.errors import Refusal
from provender.kit.http.edge import Edge
from provender.trace.demo.public import DEMO_SEED, EDGE_CASES, load_large, load_small
from provender.web.application import open_edge

Result = TypeVar("Result")


class OwnerMissing(Refusal):
    """The large demo is loaded past row-level security, which only the owner of the tables may do."""

    code = "demo.owner_missing"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            "The large demo needs a role that may load in bulk.", hint="Set DATABASE_OWNER_URL, as for migrating."
        )


class DemoSize(StrEnum):
    """How much is invented."""

    SMALL = "small"
    LARGE = "large"


def demo(
    data: Data = None,
    size: Annotated[
        DemoSize, typer.Option(help="small: months of a maker; large: also 1 million batches.")
    ] = DemoSize.SMALL,
    *,
    cases: Annotated[bool, typer.Option("--cases", help="Print which awkward things it contains, and where.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load the demo unless it is there, and print who can sign in."""
    if cases:
        _print_cases(as_json=as_json)
        return
    report = tell_nothing if as_json else tell
    with opened_database(read_settings(data_folder=data), report) as database:
        load_demo(database, size, report)
        logins = list_logins(database)
    if as_json:
        print(json.dumps([{"email": one.email, "password": one.password, "role": one.role} for one in logins]))
        return
    for one in logins:
        print(f"{one.role:<14} {one.email:<26} {one.password}")


def _print_cases(*, as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(case) for case in EDGE_CASES], ensure_ascii=False))
        return
    rows = [[case.name, case.shows, f"{case.found_by} {case.find}"] for case in EDGE_CASES]
    for line in tabulate(["What", "Shows", "Where"], rows):
        print(line)


def load_demo(database: OpenedDatabase, size: DemoSize, report: Callable[[str], None]) -> None:
    """Make the demo maker, its people and its movements once; a second call changes nothing."""

    async def load(edge: Edge, work: Work) -> bool:
        if await open_demo_maker(work, edge.signer) is None:
            return False
        await load_small(work, DEMO_SEED, today(TIME_ZONE))
        return True

    if _run(database, load):
        report("The demo was loaded.")
    if size is DemoSize.LARGE:
        if database.admin_url is None:
            raise OwnerMissing
        load_large(database.admin_url, report)


def list_logins(database: OpenedDatabase) -> list[DemoLogin]:
    """Return who signs in to the demo; nobody when it was never loaded."""
    return _run(database, lambda edge, work: list_demo_logins(work, edge.signer))


def _run(database: OpenedDatabase, verb: Callable[[Edge, Work], Awaitable[Result]]) -> Result:
    async def connect_then() -> Result:
        edge = await open_edge(database.url)
        try:
            return await edge.database.changing_unentered(lambda work: verb(edge, work))
        finally:
            await edge.database.close()

    return asyncio.run(connect_then())
