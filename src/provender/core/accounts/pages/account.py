"""One's own account: name, password, where one is signed in, programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from fastapi import Request, Response
from pydantic import TypeAdapter

from provender.core.accounts import actions, reads
from provender.core.accounts.errors import PasswordWrong
from provender.core.accounts.model import Role
from provender.core.accounts.pages.signing import address_of
from provender.core.accounts.payloads import (
    AccessToken,
    AccessTokenFilter,
    AccessTokenInput,
    Account,
    AccountInput,
    PasswordChange,
)
from provender.core.accounts.rules import describe_browser
from provender.kit import clock
from provender.kit.errors import Refusal
from provender.kit.http.cursors import LARGEST_PAGE
from provender.kit.http.edge import change, reading
from provender.kit.http.form_pages import _
from provender.kit.http.forms import parse, read_form
from provender.kit.http.pages import go, pages_of, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.kit.ui.pages import Toast

router = page_router("/account")
SHOWN_AGAIN = {409, 422, 429}
_tokens = TypeAdapter(list[AccessToken])


@dataclass(frozen=True)
class Forms:
    """The forms of the page as they were sent; None where one is fresh.

    Attributes:
        new_token: What a program just given access presents; shown this once.
    """

    person: Form | None = None
    password: Form | None = None
    program: Form | None = None
    new_token: str = ""


@router.get("")
async def show_account(request: Request) -> Response:
    """Show one's own account."""
    return await _page(request, Forms())


@router.post("")
async def save_account(request: Request) -> Response:
    """Save name and language."""
    form = await read_form(request)
    version = int(str(form.values.pop("version", "0")))
    try:
        account = parse(AccountInput, form.values)
        await change(request, lambda work: actions.replace_account(work, version, account))
    except Refusal as refusal:
        return await _refused(request, Forms(person=_shown(form.flat, refusal)), refusal)
    answer = _done(request, _("Your account was saved."))
    answer.set_cookie("language", account.language, max_age=365 * 24 * 3600, samesite="lax", httponly=True)
    return answer


@router.post("/password")
async def change_password(request: Request) -> Response:
    """Change the password; every other browser is signed out."""
    form = await read_form(request)
    try:
        wanted = parse(PasswordChange, form.values)
        if not await change(request, lambda work: actions.change_password(work, wanted, address_of(request))):
            raise PasswordWrong
    except Refusal as refusal:
        return await _refused(request, Forms(password=_shown({}, refusal, "password-")), refusal)
    return _done(request, _("Your password was changed. Your other browsers are signed out."))


@router.post("/programs")
async def add_program(request: Request) -> Response:
    """Give a program access, and show its token this once: on the answer itself, for it is stored nowhere."""
    form = await read_form(request)
    try:
        wanted = parse(AccessTokenInput, form.values)
        _, token = await change(request, lambda work: actions.add_program(work, wanted))
    except Refusal as refusal:
        return await _refused(request, Forms(program=_shown(form.flat, refusal, "program-")), refusal)
    return await _page(request, Forms(new_token=token))


@router.post("/access/{access_token_id}/end")
async def end_access(request: Request, access_token_id: UUID) -> Response:
    """End one session or program."""
    await read_form(request)
    await change(request, lambda work: actions.end_access(work, access_token_id))
    return _done(request, _("The access was ended."))


def _done(request: Request, sentence: str) -> Response:
    return go(request, "/account", toast=Toast(pages_of(request).translate(request, sentence)))


def _shown(sent: Mapping[str, object], refusal: Refusal, key: str = "") -> Form:
    return replace(Form.refused(sent, refusal), key=key)


async def _refused(request: Request, forms: Forms, refusal: Refusal) -> Response:
    if refusal.status not in SHOWN_AGAIN:
        raise refusal
    return await _page(request, forms, status=refusal.status)


async def _page(request: Request, forms: Forms, *, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
        body, _ = await reads.show_account(work)
        page = await reads.list_access(work, AccessTokenFilter.model_validate({"limit": LARGEST_PAGE}), (None,))
        workplaces = await reads.list_workplaces(work)
    account = Account.model_validate_json(body)
    access = _tokens.validate_json(page.items)
    context = {
        "account": account,
        "person": forms.person or Form(account.model_dump()),
        "password": forms.password or Form(key="password-"),
        "program": forms.program or Form({"lifetime_days": 365}, key="program-"),
        "new_token": forms.new_token,
        "browsers": [(found, describe_browser(found.name)) for found in access if found.kind == "browser"],
        "programs": [found for found in access if found.kind == "program"],
        "may_add_programs": caller.role == Role.ADMINISTRATOR,
        "workplaces": workplaces,
        "now": clock.now(),
    }
    return show(request, caller, "accounts/account.html", context, status=status)
