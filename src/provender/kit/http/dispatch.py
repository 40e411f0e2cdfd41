"""Which route answers an address, found by its segments instead of by trying one route after the other.

The framework tries each route in turn, which with a few hundred of them costs more than the question
that a request asks (docs/reference/performance.md). What this table does not know (a missing or surplus
slash, mounted folders) is left to the framework, which answers as ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, cast
from urllib.parse import quote

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

PARAMETER: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class _Ending:
    """A route, and the places of the segments that are its parameters, with their names."""

    route: APIRoute
    parameters: tuple[tuple[int, str], ...]


@dataclass
class _Node:
    """The routes whose addresses go on from here.

    Attributes:
        literals: Next segment as written, to what follows it.
        parameter: What follows any other segment.
        endings: Routes that end here, by method.
    """

    literals: dict[str, _Node] = field(default_factory=dict[str, "_Node"])
    parameter: _Node | None = None
    endings: dict[str, _Ending] = field(default_factory=dict[str, _Ending])

    def find(self, segments: Sequence[str], place: int, method: str) -> _Ending | None:
        """Return the route of an address; a literal segment goes before a parameter."""
        if place == len(segments):
            return self.endings.get(method)
        following = self.literals.get(segments[place])
        found = following.find(segments, place + 1, method) if following else None
        if found is None and self.parameter is not None and segments[place]:
            return self.parameter.find(segments, place + 1, method)
        return found

    def methods(self, segments: Sequence[str], place: int) -> set[str]:
        """Return the methods that an address knows, whichever route they belong to."""
        if place == len(segments):
            return set(self.endings)
        following = self.literals.get(segments[place])
        known = following.methods(segments, place + 1) if following else set[str]()
        if self.parameter is not None and segments[place]:
            known |= self.parameter.methods(segments, place + 1)
        return known

    def step(self, segment: str) -> _Node:
        """Return what follows a segment of a pattern, made when it is new."""
        if PARAMETER.fullmatch(segment):
            self.parameter = self.parameter or _Node()
            return self.parameter
        return self.literals.setdefault(segment, _Node())


class RouteTable:
    """Takes the requests whose route it knows, and leaves the others to the router behind it."""

    def __init__(self, routes: Iterable[BaseRoute], otherwise: ASGIApp) -> None:
        self._root = _Node()
        self._otherwise = otherwise
        for route in routes:
            if isinstance(route, APIRoute):
                self._add(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request.

        Raises:
            HTTPException: 405, naming every method that the address knows (RFC 9110, 15.5.6).
        """
        if scope["type"] == "http" and not scope.get("root_path"):
            segments = scope["path"].split("/")
            found = self._root.find(segments, 0, scope["method"])
            if found is not None:
                scope["route"] = found.route
                scope["endpoint"] = found.route.endpoint
                scope["path_params"] = {name: segments[place] for place, name in found.parameters}
                await found.route.app(scope, receive, send)
                return
            answer = self._answer_without_route(scope, segments)
            if answer is not None:
                await answer(scope, receive, send)
                return
        await self._otherwise(scope, receive, send)

    def _answer_without_route(self, scope: Scope, segments: Sequence[str]) -> Response | None:
        """Return which methods an address knows (OPTIONS), or where it is without its last slash; None: neither.

        The way there is a path, not an address: the Host header is whatever the caller wrote.

        Raises:
            HTTPException: 405, naming every method that the address knows (RFC 9110, 15.5.6).
        """
        allowed = self._root.methods(segments, 0)
        if allowed:
            headers = {"Allow": ", ".join(sorted({*allowed, "OPTIONS"}))}
            if scope["method"] == "OPTIONS":
                return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers=headers)
        if not segments[-1] and self._root.find(segments[:-1], 0, scope["method"]) is not None:
            query = scope["query_string"].decode("latin-1")
            place = quote("/".join(segments[:-1])) + (f"?{query}" if query else "")
            return Response(status_code=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": place})
        return None

    def _add(self, route: APIRoute) -> None:
        segments = route.path.split("/")
        named = [(place, PARAMETER.fullmatch(segment)) for place, segment in enumerate(segments)]
        if any("{" in segments[place] for place, found in named if found is None):
            return  # a parameter that is more, or less, than a segment
        node = self._root
        for segment in segments:
            node = node.step(segment)
        ending = _Ending(route, tuple((place, found[1]) for place, found in named if found))
        methods = cast("set[str]", route.methods)
        if "GET" in methods:
            # Whatever can be read can be asked about without its body (RFC 9110, 9.3.2); the guard leaves it out.
            methods = {*methods, "HEAD"}
        for method in methods:
            # The first of two equal addresses answers, as in the framework.
            node.endings.setdefault(method, ending)
