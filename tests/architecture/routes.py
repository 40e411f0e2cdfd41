"""The route table of the running application, as the generated tests read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

NAME = re.compile(r"\{(\w+)(?::\w+)?\}")
SAFE = {"GET", "HEAD"}


@dataclass(frozen=True)
class ShownRoute:
    """One method at one address.

    Attributes:
        path: With the names of its ids in braces.
        is_rest: Answers JSON to programs; others answer pages to people.
        payload: Name of the body it takes, or empty.
    """

    method: str
    path: str
    is_rest: bool
    payload: str

    @property
    def names(self) -> list[str]:
        """Names of the ids in the address."""
        return NAME.findall(self.path)

    @property
    def is_safe(self) -> bool:
        return self.method in SAFE

    def __str__(self) -> str:
        """Return the route as a person writes it."""
        return f"{self.method} {self.path}"


def list_routes(application: FastAPI) -> list[ShownRoute]:
    """Return every route that we wrote, in the order in which addresses are matched."""
    document = application.openapi()
    return [
        ShownRoute(method, route.path, route.include_in_schema, _payload(document, route, method))
        for route in _flatten(application.routes)
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]


def other_addresses(application: FastAPI) -> set[str]:
    """Return the addresses that are answered without a route of ours."""
    return {
        str(getattr(route, "path", route)) for route in _flatten(application.routes) if not isinstance(route, APIRoute)
    }


def _flatten(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    for route in routes:
        inner: Sequence[BaseRoute] | None = getattr(getattr(route, "original_router", None), "routes", None)
        if inner is None:
            yield route
        else:
            yield from _flatten(inner)


def _payload(document: dict[str, Any], route: APIRoute, method: str) -> str:
    described = document["paths"].get(route.path, {}).get(method.lower(), {})
    content = described.get("requestBody", {}).get("content", {})
    reference = str(content.get("application/json", {}).get("schema", {}).get("$ref", ""))
    return reference.rpartition("/")[2]
