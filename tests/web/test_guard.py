"""The guard as a server drives it, message by message: bodies that are slow, long or false."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping, Sequence
from typing import Any

import orjson
import pytest
from starlette.types import Scope

from provender.web.application import create_application, guarded
from provender.web.guard import LARGEST_BODY, Guard

Message = MutableMapping[str, Any]
NEVER_ASKED = "postgresql://nobody@/nothing"


async def drive(guard: Guard, pieces: Sequence[bytes], headers: dict[str, str]) -> list[Message]:
    """Send the pieces of a form that never ends, and return what was answered."""
    sent: list[Message] = []
    waiting = iter(pieces)

    async def receive() -> Message:
        piece = next(waiting, None)
        if piece is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": piece, "more_body": True}

    async def send(message: Message) -> None:
        await asyncio.sleep(0)
        sent.append(message)

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/sign-in",
        "raw_path": b"/sign-in",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    await guard(scope, receive, send)
    return sent


FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json", "host": "example.org"}


def ask(pieces: Sequence[bytes], **headers: str) -> tuple[int, str]:
    """Return status and code of the answer."""
    guard = Guard(create_application(NEVER_ASKED), patience_s=0.1)
    start, body = asyncio.run(drive(guard, pieces, {**FORM, **headers}))
    return start["status"], orjson.loads(body["body"])["code"]


def test_a_body_that_stops_coming_is_not_waited_for() -> None:
    assert ask([b"email=", b"a"]) == (408, "request.body_slow")


def test_a_body_longer_than_announced_is_cut_off_when_it_is_too_long() -> None:
    assert ask([b"a" * 1_000_000] * 3) == (413, "request.body_too_large")


@pytest.mark.parametrize("length", [str(LARGEST_BODY + 1), "9" * 40])
def test_a_body_that_is_announced_as_too_long_is_not_read(length: str) -> None:
    assert ask([], **{"content-length": length}) == (413, "request.body_too_large")


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_another_site_changes_nothing(headers: dict[str, str]) -> None:
    assert ask([], **headers) == (403, "request.form_expired")


def test_the_served_application_is_guarded() -> None:
    assert isinstance(guarded(create_application(NEVER_ASKED)), Guard)
