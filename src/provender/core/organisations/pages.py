"""Pages of the organisation and its members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response
from pydantic import TypeAdapter

from provender.core.accounts.model import Role
from provender.core.organisations import actions, reads, store
from provender.core.organisations.payloads import (
    Member,
    MemberChange,
    MemberFilter,
    MemberInput,
    Organisation,
    OrganisationInput,
)
from provender.kit import clock
from provender.kit.errors import NotFound, Refusal
from provender.kit.http.cursors import next_address, open_cursor
from provender.kit.http.edge import change, reading
from provender.kit.http.form_pages import _
from provender.kit.http.forms import parse, read_form
from provender.kit.http.pages import go, pages_of, show
from provender.kit.http.routing import page_router
from provender.kit.ui.form import Form
from provender.kit.ui.pages import Toast

router = page_router("")
SHOWN_AGAIN = {409, 412, 422}
_members = TypeAdapter(list[Member])


@dataclass(frozen=True)
class Sent:
    """A form as it was sent, and the version of the thing it was made for."""

    flat: Mapping[str, object]
    values: Mapping[str, object]
    version: int


async def _read(request: Request) -> Sent:
    form = await read_form(request)
    version = str(form.values.pop("version", "0"))
    return Sent(form.flat, form.values, int(version) if version.isdecimal() else 0)


def _done(request: Request, address: str, sentence: str) -> Response:
    return go(request, address, toast=Toast(pages_of(request).translate(request, sentence)))


def _refused_form(sent: Sent, refusal: Refusal) -> Form:
    if refusal.status not in SHOWN_AGAIN:
        raise refusal
    return Form.refused(sent.flat, refusal)


@router.get("/organisation")
async def show_organisation(request: Request) -> Response:
    """Show the settings; administrators may change them."""
    return await _show_organisation(request, None)


@router.post("/organisation")
async def save_organisation(request: Request) -> Response:
    """Save the settings."""
    sent = await _read(request)
    try:
        settings = parse(OrganisationInput, sent.values)
        await change(request, lambda work: actions.replace_organisation(work, sent.version, settings))
    except Refusal as refusal:
        return await _show_organisation(request, _refused_form(sent, refusal), status=refusal.status)
    return _done(request, "/organisation", _("The settings were saved."))


async def _show_organisation(request: Request, form: Form | None, *, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
        found = await store.select_organisation(work)
    organisation = Organisation.model_validate_json(found[0] if found else b"{}")
    context = {
        "organisation": organisation,
        "f": form or Form(organisation.model_dump()),
        "is_administrator": caller.role == Role.ADMINISTRATOR,
    }
    return show(request, caller, "organisations/settings.html", context, status=status)


@router.get("/members")
async def show_members(request: Request, wanted: Annotated[MemberFilter, Query()]) -> Response:
    """Show who works here, with a filter."""
    last_seen = open_cursor(request, wanted.cursor, 2)
    async with reading(request) as work:
        caller = await work.caller()
        page = await reads.list_members(work, wanted, last_seen)
    context = {
        "members": _members.validate_json(page.items),
        "next": next_address(request, page.next_key),
        "f": Form({"name": wanted.name, "role": wanted.role, "ended": _word(wanted.ended)}),
        "is_administrator": caller.role == Role.ADMINISTRATOR,
        "now": clock.now(),
    }
    return show(request, caller, "organisations/members.html", context)


def _word(choice: bool | None) -> str:  # noqa: FBT001  # a choice of three, as a form shows it
    return "" if choice is None else str(choice).lower()


@router.get("/members/new")
async def show_new_member(request: Request) -> Response:
    """Show the empty form."""
    return await _show_new_member(request, Form({"role": "staff", "language": "en"}))


@router.post("/members/new")
async def add_member(request: Request) -> Response:
    """Let a person work here, or show the form again with what is wrong."""
    sent = await _read(request)
    try:
        member = parse(MemberInput, sent.values)
        account_id = await change(request, lambda work: actions.add_member(work, member))
    except Refusal as refusal:
        return await _show_new_member(request, _refused_form(sent, refusal), status=refusal.status)
    return _done(request, f"/members/{account_id}", _("The person can sign in now."))


async def _show_new_member(request: Request, form: Form, *, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
    return show(request, caller, "organisations/new_member.html", {"f": form}, status=status)


@router.get("/members/{account_id}")
async def show_member(request: Request, account_id: UUID) -> Response:
    """Show one member."""
    return await _show_member(request, account_id, None)


@router.post("/members/{account_id}")
async def change_member(request: Request, account_id: UUID) -> Response:
    """Change a role, end a membership or bring it back."""
    sent = await _read(request)
    try:
        wanted = parse(MemberChange, sent.values)
        await change(request, lambda work: actions.change_member(work, account_id, sent.version, wanted))
    except Refusal as refusal:
        return await _show_member(request, account_id, _refused_form(sent, refusal), status=refusal.status)
    return _done(request, f"/members/{account_id}", _("The membership was changed."))


@router.post("/members/{account_id}/access/end")
async def end_access(request: Request, account_id: UUID) -> Response:
    """End every session and program of a member here."""
    await read_form(request)
    await change(request, lambda work: actions.end_access_of_member(work, account_id))
    return _done(request, f"/members/{account_id}", _("All access of this person was ended."))


async def _show_member(request: Request, account_id: UUID, form: Form | None, *, status: int = 200) -> Response:
    async with reading(request) as work:
        caller = await work.caller()
        found = await store.select_member(work, account_id)
        if found is None:
            raise NotFound("There is no such member.")
    member = Member.model_validate_json(found[0])
    context = {
        "member": member,
        "f": form or Form({"role": member.role}),
        "is_administrator": caller.role == Role.ADMINISTRATOR,
        "now": clock.now(),
    }
    return show(request, caller, "organisations/member.html", context, status=status)
