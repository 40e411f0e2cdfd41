"""Refusals in the words of HTTP: RFC 9457 problems for programs, pages for people."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from fastapi import Request, Response

from provender.kit.errors import Refusal
from provender.kit.http.errors import TooManyRequests
from provender.kit.http.pages import go, say, show

DOCUMENTATION = "/docs/errors#"


def problem_answer(refusal: Refusal, path: str) -> Response:
    """Return the problem document of a refusal (RFC 9457), with our stable code and a hint."""
    body = {
        "type": DOCUMENTATION + refusal.code,
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": refusal.sentence,
        "instance": path,
        "code": refusal.code,
        "hint": refusal.hint,
        "errors": [{"field": fault.field, "detail": fault.sentence} for fault in refusal.fields],
    }
    headers = {"Cache-Control": "no-store"}
    if isinstance(refusal, TooManyRequests):
        headers["Retry-After"] = str(refusal.retry_after_s)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(orjson.dumps(body), refusal.status, headers, media_type="application/problem+json")


def wants_page(request: Request) -> bool:
    """Whether a person is looking: every address outside the API that asks for HTML."""
    is_api = request.url.path.startswith(("/api/", "/healthz", "/metrics", "/openapi.json"))
    return not is_api and "text/html" in request.headers.get("accept", "text/html")


def refusal_answer(request: Request, refusal: Refusal) -> Response:
    """Return a refusal as a problem, or as a page; who must sign in is sent there."""
    if not wants_page(request):
        return problem_answer(refusal, request.url.path)
    if refusal.status == HTTPStatus.UNAUTHORIZED:
        here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        target = here if request.method == "GET" else "/"
        return go(request, str(request.url_for("show_sign_in").include_query_params(then=target)))
    told = {"sentence": say(request, refusal.sentence), "hint": say(request, refusal.hint or "")}
    return show(request, None, "web/refusal.html", told, status=refusal.status)
