"""Forms: `inputs-0-batch_code=...` becomes nested values, and faults are told by field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from fastapi import Request
from pydantic import BaseModel, ValidationError

from provender.kit.errors import FieldRefusal, InvalidInput
from provender.kit.http.edge import FORM_TOKEN_FIELD, FORM_TOKEN_HEADER, presented_token, verify_form_token
from provender.kit.sentences import tell
from provender.kit.validation import tell_fault

Payload = TypeVar("Payload", bound=BaseModel)
FormValues = dict[str, object]
MOST_FIELDS = 2000
LINE_FIELD = re.compile(r"([a-z_]+)-([0-9]{1,4})-([a-z_]+)")


@dataclass(frozen=True)
class FormInput:
    """What a browser sent.

    Attributes:
        flat: Text by field name, to show the form again.
        values: The same nested, without empty fields: `{"name": ..., "inputs": [{...}, ...]}`.
    """

    flat: Mapping[str, object]
    values: FormValues


async def read_form(request: Request) -> FormInput:
    """Return a browser's form; lines that are wholly empty are left out, the others keep their order.

    Raises:
        NotSignedIn: nobody signed in.
        FormExpired: the form does not carry the token of this session.
    """
    form = await request.form(max_fields=MOST_FIELDS, max_files=10)
    token, is_cookie = presented_token(request)
    if is_cookie:
        presented = form.get(FORM_TOKEN_FIELD) or request.headers.get(FORM_TOKEN_HEADER, "")
        verify_form_token(request, token, str(presented))
    return nest(form.multi_items())


def nest(fields: Iterable[tuple[str, object]]) -> FormInput:
    """Return the fields flat and nested; `inputs-0-code` is the code of the first line of inputs."""
    flat: FormValues = {}
    values: FormValues = {}
    lines: dict[str, dict[int, FormValues]] = {}
    for name, sent in fields:
        value = sent.strip() if isinstance(sent, str) else sent
        _add(flat, name, value)
        if value == "" or name == FORM_TOKEN_FIELD:
            continue
        line = LINE_FIELD.fullmatch(name)
        if line is None:
            _add(values, name, value)
        else:
            _add(lines.setdefault(line[1], {}).setdefault(int(line[2]), {}), line[3], value)
    for name, by_index in lines.items():
        values[name] = [by_index[index] for index in sorted(by_index)]
    return FormInput(flat, values)


def _add(values: FormValues, name: str, value: object) -> None:
    if name not in values:
        values[name] = value
        return
    earlier = values[name]
    values[name] = [*(cast("list[object]", earlier) if isinstance(earlier, list) else [earlier]), value]


def parse(payload_type: type[Payload], values: object) -> Payload:
    """Return the payload that the values describe.

    Raises:
        invalid_input: an InvalidInput that names every field at fault and what is wrong with it.
    """
    try:
        return payload_type.model_validate(values)
    except ValidationError as error:
        raise invalid_input(error) from error


def invalid_input(error: ValidationError) -> InvalidInput:
    """Return the refusal that tells a failed validation field by field."""
    return refuse_fields(
        [(entry["loc"], tell_fault(entry)) for entry in error.errors(include_url=False, include_input=False)]
    )


def refuse_fields(faults: list[tuple[tuple[int | str, ...], str]]) -> InvalidInput:
    """Return one refusal for many faults, each at the dotted path of its field."""
    fields = tuple(FieldRefusal(".".join(str(part) for part in place) or "body", message) for place, message in faults)
    sentence = (
        "One field cannot be used." if len(fields) == 1 else tell("%(count)s fields cannot be used.", count=len(fields))
    )
    return InvalidInput(sentence, hint="Correct the fields named and send it again. Nothing was saved.", fields=fields)
