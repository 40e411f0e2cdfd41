"""The command line of batches: list, find, export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Final, cast
from uuid import UUID

import orjson
import typer

from provender.kit.clock import today
from provender.kit.commands import Call, Command, Told, collect, export_verb, look_up, tabulate
from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key
from provender.kit.http.edge import reading
from provender.kit.http.exports import PAGE_ROWS, all_pages
from provender.trace.batches import reads, store
from provender.trace.batches.payloads import BatchExportFilter, BatchFilter
from provender.trace.batches.rules import read_wanted

Choices = Mapping[str, Sequence[Mapping[str, str]]]
EVERY: Final = all_pages(BatchExportFilter.model_validate({}))
SHOWN: Final = (
    ("Code", "code"),
    ("Material", "material.name"),
    ("Farm", "farm.name"),
    ("Made on", "made_on"),
    ("Best before", "best_before_on"),
    ("On hand", "quantities.on_hand"),
    ("Unit", "material.base_unit"),
    ("Orders", "order_count"),
    ("Held", "is_held"),
)


async def list_batches(
    call: Call,
    *,
    code: Annotated[str | None, typer.Option(help="The code or its beginning; case and spaces are ignored.")] = None,
    material: Annotated[str | None, typer.Option(help="Name of a material.")] = None,
    farm: Annotated[str | None, typer.Option(help="Name of a farm.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=PAGE_ROWS, help="Rows at most.")] = 50,
) -> Told:
    """List batches, the latest made first."""
    async with reading(call.request) as work:
        choices = cast("Choices", orjson.loads(await store.select_choices(work) if material or farm else b"{}"))
    wanted = BatchFilter.model_construct(
        code=code,
        material=_named(material, choices.get("materials", ()), "material"),
        farm=_named(farm, choices.get("farms", ()), "farm"),
        limit=limit,
        cursor=None,
    )
    found = await collect(call, lambda work, key: reads.list_batches(work, wanted, key), 2, is_whole=False)
    rows = [[look_up(item, path) for _, path in SHOWN] for item in found.items]
    return found.told(tabulate([heading for heading, _ in SHOWN], rows))


async def find(
    call: Call, code: Annotated[str, typer.Argument(help="What a scanner gives, or a person types.")]
) -> Told:
    """Find what a code means: a batch, product, order, shipment, complaint or recall."""
    async with reading(call.request) as work:
        found = await reads.find(work, read_wanted(code, today=today(call.caller.time_zone)))
    if not found:
        raise NotFound(f"Nothing here is called {code}.", hint="A batch is also found by its beginning.")
    items = [
        {
            "kind": one.kind,
            "id": str(one.id),
            "title": one.title,
            "detail": one.detail,
            "is_whole": one.is_whole,
            "happened_on": one.happened_on.isoformat(),
        }
        for one in found
    ]
    rows = [[one.kind, one.title, one.detail, one.happened_on.isoformat()] for one in found]
    return Told({"items": items, "next": None}, tabulate(["Kind", "Code", "What", "Day"], rows))


def _named(name: str | None, choices: Sequence[Mapping[str, str]], what: str) -> UUID | None:
    if name is None:
        return None
    wanted = name.strip().casefold()
    for choice in choices:
        if wanted in {choice["name"].casefold(), choice["id"]}:
            return UUID(choice["id"])
    raise NotFound(f"There is no {what} {name}.", hint=f"Write the whole name, as the list of {what}s shows it.")


async def _fetch(work: Work, key: Key) -> Page:
    return await reads.list_batches(work, EVERY, key)


COMMANDS: Final = (
    Command("", "batches", list_batches),
    Command("", "find", find),
    Command("export", "batches", export_verb(reads.BATCH_EXPORT, _fetch), has_json=False),
)
