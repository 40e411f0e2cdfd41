"""Routes that refuse what they do not know."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, cast

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic.fields import FieldInfo

from provender.kit.errors import FieldRefusal
from provender.kit.http.edge import FORM_TOKEN_HEADER, SAFE_METHODS, presented_token, verify_form_token
from provender.kit.http.errors import UnknownParameter
from provender.kit.sentences import tell


def _query_names(dependant: Dependant) -> set[str]:
    names = {field.alias for field in dependant.query_params}
    for model in dependant.query_params:
        fields = cast("dict[str, FieldInfo]", getattr(model.field_info.annotation, "model_fields", {}))
        names |= {field.alias or name for name, field in fields.items()}
    for inner in dependant.dependencies:
        names |= _query_names(inner)
    return names


class StrictRoute(APIRoute):
    """A route that answers 400 to a query parameter it does not declare."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler with the check; the known names are collected once."""
        handler = super().get_route_handler()
        known = frozenset(_query_names(self.dependant))

        async def check_then_handle(request: Request) -> Response:
            if request.scope["query_string"]:
                refuse_unknown_parameters(request, known)
            return await handler(request)

        return check_then_handle


class SignedRoute(StrictRoute):
    """A strict route that asks who calls before it reads what was sent.

    Whether the token is known is asked of the database with the question itself; here a request
    without any is sent away, and a browser's that could have been forged by another site.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler with the check."""
        handler = super().get_route_handler()

        async def admit_then_handle(request: Request) -> Response:
            token, is_cookie = presented_token(request)
            if is_cookie and request.method not in SAFE_METHODS:
                verify_form_token(request, token, request.headers.get(FORM_TOKEN_HEADER, ""))
            return await handler(request)

        return admit_then_handle


def refuse_unknown_parameters(request: Request, known: frozenset[str]) -> None:
    """Refuse a request with query parameters other than `known`.

    Raises:
        UnknownParameter: names each of them.
    """
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        names = ", ".join(unknown)
        allowed = ", ".join(sorted(known)) or "none"
        raise UnknownParameter(
            tell("This address does not know the parameter %(names)s.", names=names),
            hint=tell("Known parameters: %(names)s.", names=allowed),
            fields=tuple(FieldRefusal(name, "Unknown parameter.") for name in unknown),
        )


def rest_router(prefix: str, tag: str) -> APIRouter:
    """Return a router for REST endpoints under `prefix`, documented under `tag`; who calls must be signed in."""
    return APIRouter(prefix=prefix, tags=[tag], route_class=SignedRoute)


def page_router(prefix: str) -> APIRouter:
    """Return a router for HTML pages under `prefix`; pages are not part of the OpenAPI document."""
    return APIRouter(prefix=prefix, include_in_schema=False, route_class=StrictRoute)
