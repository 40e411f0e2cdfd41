"""Routes that refuse what they do not know."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic.fields import FieldInfo

from provender.kit.errors import FieldRefusal
from provender.kit.http.edge import FORM_TOKEN_HEADER, SAFE_METHODS, presented_token, verify_form_token
from provender.kit.http.encoding import is_encoded_text
from provender.kit.http.errors import BodyTypeWrong, BodyUnreadable, UnknownParameter
from provender.kit.http.strict_json import StrictRequest
from provender.kit.sentences import tell


def _query_names(dependant: Dependant) -> set[str]:
    names: set[str] = set()
    for parameter in dependant.query_params:
        fields: dict[str, FieldInfo] = getattr(parameter.field_info.annotation, "model_fields", {})
        # A model stands for its fields; its own name is no parameter.
        names |= {field.alias or name for name, field in fields.items()} or {parameter.alias}
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
            if request.method not in SAFE_METHODS:
                await _refuse_unreadable_form(request)
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
        has_body = self.body_field is not None

        async def admit_then_handle(request: Request) -> Response:
            token, is_cookie = presented_token(request)
            if request.method in SAFE_METHODS:
                return await handler(request)
            if is_cookie:
                verify_form_token(request, token, request.headers.get(FORM_TOKEN_HEADER, ""))
            if has_body and not _is_json(request.headers.get("content-type", "")):
                await request.body()  # read before the answer, so that the connection can be used again
                raise BodyTypeWrong
            return await handler(StrictRequest(request.scope, request.receive))

        return admit_then_handle


async def _refuse_unreadable_form(request: Request) -> None:
    """Refuse a form that is not UTF-8: the framework would put marks where letters cannot be read."""
    is_form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    if is_form and not is_encoded_text(await request.body()):
        raise BodyUnreadable("The form is not valid UTF-8.", hint="Send UTF-8.")


def _is_json(content_type: str) -> bool:
    kind = content_type.split(";", 1)[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


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
