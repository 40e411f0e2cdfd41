"""Questions about lineage."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import cast
from uuid import UUID

from provender.kit.db import Work
from provender.kit.errors import NotFound
from provender.kit.http.answers import Page
from provender.kit.http.cursors import Key, ListQuery
from provender.kit.sentences import name_word, tell
from provender.trace.lineage import store
from provender.trace.lineage.model import (
    Direction,
    Start,
    StartName,
    TracedEdge,
    TracedGraph,
    TracedNode,
    Via,
)
from provender.trace.lineage.payloads import CustomersWanted, GraphWanted, OrdersWanted


def _found(page: Page | None, start: str) -> Page:
    if page is None:
        raise NotFound(tell("There is no such %(kind)s.", kind=name_word(start)))
    return page


def _name(start: Start) -> str:
    return "batch" if start.farm_id is None else "farm"


async def list_orders(work: Work, start: Start, wanted: OrdersWanted, last_seen: Key) -> Page:
    """Return one page of the distinct orders reached from a start, after the order id last seen.

    Raises:
        NotFound: there is no such batch or farm.
    """
    parameters = {
        "batch_id": start.batch_id,
        "farm_id": start.farm_id,
        "is_direct": wanted.via is Via.DIRECT,
        "states": wanted.states,
        "last_id": last_seen[0],
        "page_size": wanted.limit,
    }
    return _found(await store.select_orders(work, parameters), _name(start))


async def list_customers(work: Work, start: Start, wanted: CustomersWanted, last_seen: Key) -> Page:
    """Return one page of the distinct customers reached from a start, after the customer id last seen.

    Raises:
        NotFound: there is no such batch or farm.
    """
    parameters = {
        "batch_id": start.batch_id,
        "farm_id": start.farm_id,
        "is_direct": wanted.via is Via.DIRECT,
        "last_id": last_seen[0],
        "page_size": wanted.limit,
    }
    return _found(await store.select_customers(work, parameters), _name(start))


async def list_farm_batches(work: Work, farm_id: UUID, wanted: ListQuery, last_seen: Key) -> Page:
    """Return one page of a farm's batches, youngest first.

    Raises:
        NotFound: there is no such farm.
    """
    return _found(await _list_batches(work, (farm_id, None), wanted, last_seen), "farm")


async def list_product_batches(work: Work, product_id: UUID, wanted: ListQuery, last_seen: Key) -> Page:
    """Return one page of a product's batches, youngest first.

    Raises:
        NotFound: there is no such product.
    """
    return _found(await _list_batches(work, (None, product_id), wanted, last_seen), "product")


async def _list_batches(
    work: Work, of: tuple[UUID | None, UUID | None], wanted: ListQuery, last_seen: Key
) -> Page | None:
    parameters = {
        "farm_id": of[0],
        "product_id": of[1],
        "last_made_on": last_seen[0],
        "last_id": last_seen[1],
        "page_size": wanted.limit,
    }
    return await store.select_batches(work, parameters)


async def list_products(work: Work, batch_id: UUID) -> Page:
    """Return the products that a batch became.

    Raises:
        NotFound: there is no such batch.
    """
    return _found(await store.select_products(work, batch_id), "batch")


async def list_batch_farms(work: Work, batch_id: UUID) -> Page:
    """Return the farms behind a batch.

    Raises:
        NotFound: there is no such batch.
    """
    return _found(await store.select_batch_farms(work, batch_id), "batch")


async def list_order_batches(work: Work, order_id: UUID) -> tuple[bytes, object]:
    """Return the batches of an order, and how many of its pieces no batch is known for.

    Raises:
        NotFound: there is no such order.
    """
    found = await store.select_order_batches(work, order_id)
    if found is None:
        raise NotFound("There is no such order.")
    return found


async def list_order_farms(work: Work, order_id: UUID) -> tuple[bytes, object]:
    """Return the farms behind an order, and how many of its pieces no batch is known for.

    Raises:
        NotFound: there is no such order.
    """
    found = await store.select_order_farms(work, order_id)
    if found is None:
        raise NotFound("There is no such order.")
    return found


async def read_graph(work: Work, batch_id: UUID, wanted: GraphWanted) -> bytes:
    """Return the graph around a batch as JSON.

    Raises:
        NotFound: there is no such batch.
    """
    graph = await store.select_graph(
        work,
        {
            "batch_id": batch_id,
            "is_back": wanted.direction is not Direction.FORWARD,
            "is_forward": wanted.direction is not Direction.BACK,
            "has_orders": wanted.orders,
        },
    )
    if graph is None:
        raise NotFound("There is no such batch.")
    return graph


async def read_start(work: Work, start: Start) -> StartName:
    """Return what a batch or farm is called.

    Raises:
        NotFound: there is no such batch or farm.
    """
    found = await store.select_start(work, start)
    if found is None:
        raise NotFound(tell("There is no such %(kind)s.", kind=name_word(_name(start))))
    return found


async def trace_batch(
    work: Work, batch_id: UUID, direction: Direction, *, most_orders: int | None = None
) -> TracedGraph:
    """Return the graph around a batch.

    Args:
        work: Whose tenant is asked.
        batch_id: Where the walk begins.
        direction: Which way it goes.
        most_orders: When there are more, orders and customers are left out; None: they never are.

    Raises:
        NotFound: there is no such batch.
    """
    has_orders = direction is not Direction.BACK
    if has_orders and most_orders is not None:
        has_orders = await store.select_order_count(work, batch_id, most_orders) <= most_orders
    wanted = GraphWanted(direction=direction, orders=has_orders)
    content = await read_graph(work, batch_id, wanted)
    return replace(await asyncio.to_thread(parse_graph, content), has_orders=has_orders)


def list_edges(graph: TracedGraph) -> Page:
    """Return the edges of a graph as one page, each with the names of its ends."""
    nodes = {node.id: node for node in graph.nodes}
    rows = [
        {
            "from_kind": nodes[edge.source].kind,
            "from": nodes[edge.source].label,
            "to_kind": nodes[edge.target].kind,
            "to": nodes[edge.target].label,
            "quantity": _plain(edge.quantity),
            "unit": edge.unit,
            "mass_kg": _plain(None if edge.mass_g is None else edge.mass_g / 1000),
        }
        for edge in graph.edges
    ]
    return Page(json.dumps(rows).encode(), None)


def parse_graph(content: bytes) -> TracedGraph:
    """Return a graph as PostgreSQL wrote it; not checked again, for it may have a hundred thousand edges."""
    document = cast("Mapping[str, object]", json.loads(content, parse_float=Decimal, parse_int=Decimal))
    nodes = cast("Sequence[Mapping[str, object]]", document["nodes"])
    edges = cast("Sequence[Mapping[str, object]]", document["edges"])
    return TracedGraph(
        str(document["root"]),
        tuple(
            TracedNode(
                str(node["id"]),
                str(node["kind"]),
                str(node["label"]),
                _text(node["sublabel"]),
                _text(node["unit"]),
                _decimal(node["quantity"]),
                bool(node["is_held"]),
            )
            for node in nodes
        ),
        tuple(
            TracedEdge(
                str(edge["source_id"]),
                str(edge["target_id"]),
                _decimal(edge["quantity"]),
                _text(edge["unit"]),
                _decimal(edge["mass_g"]),
            )
            for edge in edges
        ),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _plain(amount: Decimal | None) -> str | None:
    """Return an amount as text, so that no digit is lost on the way to a file."""
    return None if amount is None else f"{amount.normalize():f}"
