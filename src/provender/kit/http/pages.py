"""Pages in the reader's language, and what is told once after a redirect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import orjson
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from provender.kit.db import Caller
from provender.kit.http.edge import edge_of, form_token
from provender.kit.ui.formatting import LANGUAGES
from provender.kit.ui.pages import Pages, Toast

TOAST_COOKIE = "provender_toast"


def pages_of(request: Request) -> Pages:
    """Return the templates of the running program."""
    pages: Pages = request.app.state.pages
    return pages


def show(
    request: Request, caller: Caller | None, template: str, context: Mapping[str, object], *, status: int = 200
) -> HTMLResponse:
    """Return a page for the caller; a toast that waits is shown and forgotten."""
    _describe_reader(request, caller)
    toast = _take_toast(request)
    request.state.toast = toast
    answer = pages_of(request).render(request, template, context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    if toast is not None:
        answer.delete_cookie(TOAST_COOKIE)
    return answer


def go(request: Request, address: str, *, toast: Toast | None = None) -> Response:
    """Send the browser on after a form was saved (POST, redirect, GET), and tell there what happened."""
    answer = RedirectResponse(address, status_code=303)
    if toast is not None:
        content = orjson.dumps([toast.sentence, toast.undo_action, toast.undo_fields])
        sealed = edge_of(request).signer.seal("toast", form_token(request).encode(), content)
        answer.set_cookie(
            TOAST_COOKIE, sealed, max_age=60, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
    return answer


def _take_toast(request: Request) -> Toast | None:
    sealed = request.cookies.get(TOAST_COOKIE)
    content = sealed and edge_of(request).signer.open("toast", form_token(request).encode(), sealed)
    if not content:
        return None
    sentence, action, fields = cast("tuple[str, str, list[tuple[str, str]]]", orjson.loads(content))
    return Toast(sentence, action, tuple((name, value) for name, value in fields))


def _describe_reader(request: Request, caller: Caller | None) -> None:
    request.state.viewer = caller
    request.state.csrf_token = form_token(request) if caller else ""
    request.state.theme = request.cookies.get("theme", "system")
    request.state.language = language_of(request, caller)
    request.state.zone = caller.time_zone if caller else "UTC"


def language_of(request: Request, caller: Caller | None = None) -> str:
    """Return the reader's language: as chosen here, else of the person, else as the browser asks."""
    known: Caller | None = caller or getattr(request.state, "caller", None)
    chosen = request.cookies.get("language")
    return chosen if chosen in LANGUAGES else known.language if known else _asked_language(request)


def say(request: Request, message: str, **values: object) -> str:
    """Return a message in the reader's language, also before a page is shown; `%(name)s` in it is replaced."""
    request.state.language = language_of(request)
    translated = pages_of(request).translate(request, message)
    return translated % values if values else translated


def _asked_language(request: Request) -> str:
    for wish in request.headers.get("accept-language", "").split(","):
        language = wish.split(";")[0].strip()[:2].lower()
        if language in LANGUAGES:
            return language
    return "en"
