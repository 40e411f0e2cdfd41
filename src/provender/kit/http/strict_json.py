"""JSON as it is meant: UTF-8, each name of an object once, numbers that are numbers (RFC 8259, RFC 7493)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NoReturn

from fastapi import Request

from provender.kit.http.errors import BodyUnreadable


class StrictRequest(Request):
    """A request whose JSON body is refused where two readers could understand it differently."""

    async def json(self) -> object:
        """Return the body.

        Raises:
            BodyUnreadable: it is not UTF-8, names a field twice, or holds NaN or an infinity.
            JSONDecodeError: it is not JSON.
        """
        return read_json(await self.body())


def read_json(body: bytes) -> object:
    """Return what a JSON text says.

    Raises:
        BodyUnreadable: it is not UTF-8, names a field twice, holds NaN or an infinity, or is nested too deeply.
        JSONDecodeError: it is not JSON.
    """
    try:
        content: object = json.loads(
            body.decode("utf-8"), object_pairs_hook=_read_object, parse_constant=_refuse_constant
        )
    except UnicodeDecodeError as error:
        raise BodyUnreadable("The body is not valid UTF-8.", hint="Send UTF-8 JSON.", field="body") from error
    except RecursionError as error:
        raise BodyUnreadable("The body is nested too deeply.", hint="Send it flat, as documented.") from error
    return content


def _read_object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BodyUnreadable(f"The body names {twice[:60]} twice.", hint="Name each field once.", field=twice[:60])
    return members


def _refuse_constant(word: str) -> NoReturn:
    raise BodyUnreadable(f"{word} is not a number in JSON.", hint="Leave the field out, or send null.", field="body")
