"""Signing in and out, and working for another organisation; one's own account is beside this."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form as FormField
from fastapi import Request, Response

from provender.core.accounts import actions, reads
from provender.core.accounts.errors import SignInRefused
from provender.core.accounts.model import SESSION_LIFETIME, SignIn
from provender.core.accounts.payloads import SwitchInput
from provender.kit.db import Work
from provender.kit.errors import NotSignedIn, Refusal
from provender.kit.http.edge import SESSION_COOKIE, change, edge_of, reading
from provender.kit.http.errors import TooManyRequests
from provender.kit.http.forms import parse, read_form
from provender.kit.http.pages import go, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form

router = page_router("")


def _inside(target: str) -> str:
    is_own = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if is_own else "/"


def address_of(request: Request) -> str:
    """Return the network address from which a request came, for counting failures."""
    return request.client.host if request.client else "unknown"


def _page(request: Request, then: str, email: str, refusal: Refusal | None) -> Response:
    values = {"email": email}
    context = {
        "then": _inside(then),
        "f": Form.refused(values, refusal) if refusal else Form(values),
        "demo_logins": getattr(request.app.state, "demo_logins", ()),
    }
    answer = show(request, None, "accounts/sign_in.html", context, status=refusal.status if refusal else 200)
    if isinstance(refusal, TooManyRequests):
        answer.headers["Retry-After"] = str(refusal.retry_after_s)
    return answer


@router.get("/sign-in")
async def show_sign_in(request: Request, then: str = "/") -> Response:
    """Show the sign-in form."""
    return _page(request, then, "", None)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    email: Annotated[str, FormField()] = "",
    password: Annotated[str, FormField()] = "",
    then: Annotated[str, FormField()] = "/",
) -> Response:
    """Check address and password, set the session cookie, go where the person wanted to."""
    edge = edge_of(request)
    address = address_of(request)

    async def check(work: Work) -> SignIn | None:
        return await actions.check_sign_in(work, email, password, address)

    try:
        found = await edge.database.changing_unentered(check)
        if found is None:
            raise SignInRefused
    except Refusal as refusal:
        return _page(request, then, email, refusal)
    browser = request.headers.get("user-agent", "")
    token = await edge.database.changing_unentered(lambda work: actions.open_session(work, found, browser))
    return _keep_session(request, go(request, _inside(then)), token)


@router.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session; signing out twice is no error."""
    answer = go(request, "/sign-in")
    answer.delete_cookie(SESSION_COOKIE)
    try:
        await read_form(request)
        await change(request, actions.sign_out)
    except NotSignedIn:
        return answer
    return answer


@router.get("/switch")
async def show_workplaces(request: Request) -> Response:
    """Show the organisations in which the person may work."""
    async with reading(request) as work:
        caller = await work.caller()
        workplaces = await reads.list_workplaces(work)
    return show(request, caller, "accounts/switch.html", {"workplaces": workplaces})


@router.post("/switch")
async def switch_organisation(request: Request) -> Response:
    """End this session and begin one in another organisation of the same person."""
    form = await read_form(request)
    wanted = parse(SwitchInput, form.values)
    browser = request.headers.get("user-agent", "")
    token = await change(request, lambda work: actions.switch_organisation(work, wanted.organisation_id, browser))
    return _keep_session(request, go(request, "/"), token)


def _keep_session(request: Request, answer: Response, token: str) -> Response:
    answer.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=int(SESSION_LIFETIME.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer
