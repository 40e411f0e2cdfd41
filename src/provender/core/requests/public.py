"""What other rooms may use of requests: doing a POST at most once, and numbers that people read."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Final

from fastapi import Header, Request, Response

from provender.core.requests.actions import next_number, perform_once
from provender.core.requests.model import Created, KeyedRequest, StoredAnswer
from provender.kit.db import Work
from provender.kit.http.answers import created_answer, json_answer
from provender.kit.http.edge import change

__all__ = ["Created", "IdempotencyKey", "next_number", "once"]

LONGEST_KEY: Final = 200
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        description="A name for this request, new for each. Sent again with the same body within 7 days, "
        "it is answered as the first time (Idempotent-Replay: true) and nothing is done twice.",
    ),
]


async def once(request: Request, key: str | None, verb: Callable[[Work], Awaitable[Created]]) -> Response:
    """Run a verb in one transaction and answer what it created; with a key, at most once.

    Args:
        request: Its method, address and body are what the key stands for.
        key: The `Idempotency-Key`; without one the verb is simply run.
        verb: Creates something and returns where it is and what it looks like.

    Raises:
        KeyReused: the key was used for another request.
        Refusal: whatever the verb refuses; then the key stays free.
    """
    if key is None:
        return _answer(await change(request, verb))
    route = f"{request.method} {request.url.path}" + (f"?{request.url.query}" if request.url.query else "")
    keyed = KeyedRequest(key, route, hashlib.sha256(await request.body()).digest())
    return _answer(await change(request, lambda work: perform_once(work, keyed, verb)))


def _answer(found: Created | StoredAnswer) -> Response:
    if isinstance(found, Created):
        answer = created_answer(found.body, found.location)
    else:
        answer = json_answer(found.response.encode())
        answer.headers["Location"] = found.location
        answer.headers["Idempotent-Replay"] = "true"
    answer.status_code = found.status
    return answer
