"""Pages with a form: save and go on, or show it again with what is wrong, beside the field.

What a form means belongs to the room; how it comes and goes is the same for all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TypeVar

from fastapi import Request, Response
from pydantic import BaseModel

from provender.kit.db import Work
from provender.kit.errors import InvalidInput, Refusal
from provender.kit.http.edge import change
from provender.kit.http.etags import LONGEST_VERSION
from provender.kit.http.forms import FormInput, parse, read_form
from provender.kit.http.pages import go, say
from provender.kit.sentences import tell
from provender.kit.ui.form import Form
from provender.kit.ui.pages import Toast

Payload = TypeVar("Payload", bound=BaseModel)
Save = Callable[[Work, Payload, int], Awaitable[str]]
"""Saves a payload based on a version (0: the form names none) and returns the address to go to."""
Again = Callable[[Form, int], Awaitable[Response]]
"""Shows the form again, with a status."""
SHOWN_AGAIN = frozenset({409, 412, 413, 422})


def _(message: str) -> str:
    """Mark a message for the catalogs; it is translated where it is shown."""
    return message


async def save_form(
    request: Request, payload_type: type[Payload], save: Save[Payload], *, said: str, again: Again
) -> Response:
    """Save what a browser sent and go on, or show the form again with its entries and what is wrong.

    Args:
        request: Carries the form.
        payload_type: What the form is checked against; a hidden field `version` is taken out first.
        save: Runs in one transaction.
        said: What the next page tells, an English message.
        again: Shows the form with its faults.

    Raises:
        Refusal: one that no entry of the form can put right.
    """
    form = await read_form(request)
    try:
        version = take_version(form)
        payload = parse(payload_type, form.values)
        address = await change(request, lambda work: save(work, payload, version))
    except Refusal as refusal:
        return await again(refused_form(form.flat, refusal), refusal.status)
    return go(request, address, toast=Toast(say(request, said)))


async def do(
    request: Request, verb: Callable[[Work], Awaitable[object]], *, then: str, said: str, undo: str = ""
) -> Response:
    """Do what one button asks, go on to `then` and tell there what happened, with a way back.

    Args:
        request: Carries nothing but the token of its form.
        verb: Runs in one transaction.
        then: Address to go to.
        said: An English message.
        undo: Address to which Undo posts; empty: it cannot be undone.
    """
    await read_form(request)
    await change(request, verb)
    return go(request, then, toast=Toast(say(request, said), undo))


async def remove(
    request: Request,
    verb: Callable[[Work], Awaitable[object]],
    *,
    then: str,
    said: str,
    in_use: Callable[[Refusal], Awaitable[Response]],
) -> Response:
    """Delete one record and go on, or show what needs it.

    Args:
        request: Carries nothing but the token of its form.
        verb: Deletes it; refuses with 409 while it is in use.
        then: Address to go to.
        said: An English message.
        in_use: Shows the preview again, with the refusal.

    Raises:
        Refusal: any other.
    """
    try:
        return await do(request, verb, then=then, said=said)
    except Refusal as refusal:
        if refusal.status != HTTPStatus.CONFLICT:
            raise
        return await in_use(refusal)


def take_version(form: FormInput) -> int:
    """Take the hidden field `version` out of a form; 0 when it has none.

    Raises:
        InvalidInput: it is no version of ours.
    """
    written = str(form.values.pop("version", "0"))
    if not written.isdecimal() or len(written) > LONGEST_VERSION:
        raise InvalidInput("The version of the form is not a number.", hint="Open the page again.", field="version")
    return int(written)


def refused_form(values: Mapping[str, object], refusal: Refusal) -> Form:
    """Return the form to be shown again; its template says the refusal in the reader's language.

    Raises:
        Refusal: it is not one that an entry can put right.
    """
    if refusal.status not in SHOWN_AGAIN:
        raise refusal
    if isinstance(refusal, InvalidInput) and (count := len(refusal.fields)) > 1:
        sentence = tell("%(count)s fields cannot be used.", count=count)
        refusal = InvalidInput(sentence, hint=refusal.hint, fields=refusal.fields)
    return Form.refused(values, refusal)


def preview_deletion(label: str, uses: Sequence[tuple[str, int]]) -> dict[str, object]:
    """Return the tree that `ui/delete.html` shows for one record.

    Args:
        label: Name of the record.
        uses: What points to it, in the reader's words, and how many rows of each; those with none are left out.
    """
    blocking: list[dict[str, object]] = [
        {"label": what, "effect": "blocks", "rows": rows, "branches": []} for what, rows in uses if rows
    ]
    return {
        "branch": {"label": label, "effect": "" if blocking else "deleted", "rows": 1, "branches": blocking},
        "is_blocked": bool(blocking),
    }
