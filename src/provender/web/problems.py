"""Refusals in the words of HTTP: RFC 9457 problems for programs, pages for people."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import orjson
from fastapi import Request, Response

from provender.kit.errors import Refusal
from provender.kit.http.answers import NO_STORE
from provender.kit.http.edge import SAFE_METHODS
from provender.kit.http.errors import TooManyRequests
from provender.kit.http.pages import go, say, show

TYPE_PREFIX = "urn:provender:problem:"
"""RFC 9457 asks for a URI that names the type; ours is a name, told in docs/reference/errors.md, not an address."""


def problem_answer(refusal: Refusal, path: str) -> Response:
    """Return the problem document of a refusal (RFC 9457), with our stable code and a hint."""
    body = {
        "type": TYPE_PREFIX + refusal.code,
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": refusal.sentence,
        "instance": path,
        "code": refusal.code,
        "hint": refusal.hint,
        "errors": [{"field": fault.field, "detail": fault.sentence} for fault in refusal.fields],
    }
    headers = {**NO_STORE}
    if isinstance(refusal, TooManyRequests):
        headers["Retry-After"] = str(refusal.retry_after_s)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(orjson.dumps(body), refusal.status, headers, media_type="application/problem+json")


def wants_page(request: Request) -> bool:
    """Whether a person is looking: every address outside the API that asks for HTML."""
    is_api = request.url.path.startswith(("/api/", "/healthz", "/metrics", "/openapi.json"))
    is_part_of_page = "hx-request" in request.headers
    return not is_api and (is_part_of_page or "text/html" in request.headers.get("accept", "text/html"))


def refusal_answer(request: Request, refusal: Refusal) -> Response:
    """Return a refusal as a problem, or as a page; who must sign in is sent there."""
    if not wants_page(request):
        return problem_answer(refusal, request.url.path)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        return _ask_to_sign_in(request)
    told = {"sentence": say(request, refusal.sentence), "hint": say(request, refusal.hint or "")}
    return show(request, None, "web/refusal.html", told, status=refusal.status)


def _ask_to_sign_in(request: Request) -> Response:
    """Lead to the sign-in, and from there back; a part of a page that is asked for leads the whole page."""
    if "hx-request" in request.headers:
        page = urlsplit(request.headers.get("hx-current-url", "/"))
        address = _sign_in_then(page.path or "/", page.query)
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address, **NO_STORE})
    here = request.url if request.method in SAFE_METHODS else None
    return go(request, _sign_in_then(here.path, here.query) if here else _sign_in_then("/", ""))


def _sign_in_then(path: str, query: str) -> str:
    return "/sign-in?" + urlencode({"then": path + (f"?{query}" if query else "")})
