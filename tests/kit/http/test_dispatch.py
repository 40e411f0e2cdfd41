"""The table of routes finds what the framework would find, and leaves to it what it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from provender.kit.http.dispatch import PARAMETER, RouteTable
from tests.maker import Maker, application_of

Found = tuple[str, dict[str, str]]


def routes_of(client: TestClient) -> list[APIRoute]:
    return [route for route in application_of(client).routes if isinstance(route, APIRoute)]


def found_by_trying(routes: Sequence[APIRoute], scope: Scope) -> Found:
    """Return the pattern and the parameters that the framework would choose: the first that fits."""
    for route in routes:
        match, child = route.matches(dict(scope))
        if match is Match.FULL:
            return route.path, child["path_params"]
    return "none", {}


def ask(table: RouteTable, scope: Scope) -> None:
    """Give the table a request; what answers it must not wait for anything."""

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        del message

    with pytest.raises(StopIteration):
        table(dict(scope), receive, send).__await__().send(None)


def test_every_address_of_the_program_leads_where_the_framework_would_lead(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    routes = routes_of(client)
    found: list[Found] = []

    async def note_none(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive, send
        found.append(("none", {}))

    async def note(scope: Scope, receive: Receive, send: Send) -> None:
        del receive, send
        found.append((scope["route"].path, scope["path_params"]))

    table = RouteTable(routes, note_none)
    scopes: list[Scope] = [
        {"type": "http", "method": method, "path": PARAMETER.sub(str(uuid4()), route.path), "root_path": ""}
        for route in routes
        for method in route.methods or ()
    ]
    for route in routes:
        monkeypatch.setattr(route, "app", note)
    for scope in scopes:
        ask(table, scope)

    assert len(scopes) > 50
    assert found == [found_by_trying(routes, scope) for scope in scopes]


def test_an_address_nobody_knows_answers_404(maker: Maker) -> None:
    assert maker.get("/api/trace/nothing").status_code == 404


def test_another_method_answers_405_and_names_all_that_are_allowed(maker: Maker) -> None:
    answer = maker.send("PATCH", "/api/trace/farms")

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_an_empty_segment_is_no_parameter(maker: Maker) -> None:
    assert maker.get("/api/trace/batches//orders").status_code == 404


def test_a_surplus_slash_is_redirected_to_the_path_without_it(maker: Maker) -> None:
    answer = maker.get("/api/trace/farms/?name=a")

    assert answer.status_code == 308
    assert answer.headers["location"] == "/api/trace/farms?name=a"
