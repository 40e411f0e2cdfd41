"""What every request passes: a request id, a size limit, a same-origin check, safe headers, measuring.

Plain ASGI, because a relation endpoint answers thousands of requests a second and a middleware
of the framework costs as much as the query.
"""

from __future__ import annotations

from asyncio import wait_for
from time import perf_counter
from typing import Final
from urllib.parse import urlsplit

import structlog
from prometheus_client import Counter as Metric
from prometheus_client import Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provender.kit.db.work import COUNTER_OF_REQUEST, Counter
from provender.kit.errors import Refusal
from provender.kit.http.edge import SAFE_METHODS
from provender.kit.http.encoding import is_encoded_text
from provender.kit.http.errors import BodySlow, BodyTooLarge, BodyUnreadable, FormExpired
from provender.kit.ids import new_id
from provender.kit.sentences import tell
from provender.web.compressing import Compressor
from provender.web.logging import is_logging_requests
from provender.web.problems import problem_answer

LARGEST_BODY: Final = 2_000_000
"""Bytes. A CSV of 10,000 orders has 1 MB; nothing here needs more."""
PATIENCE_S: Final = 30.0
"""Seconds between two pieces of a body; slow telephones send one in less."""
POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; script-src 'self'; style-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)
SAFE_HEADERS: Final = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), microphone=(), geolocation=()"),
)
ANSWERS = Metric("provender_http_answers", "Answers given.", ["method", "route", "status"])
SECONDS = Histogram("provender_http_seconds", "Time to answer.", ["route"])


log = structlog.get_logger("provender.web")


class Guard:
    """The outermost layer of the web application."""

    def __init__(self, app: ASGIApp, *, patience_s: float = PATIENCE_S) -> None:
        self._app = app
        self._answering = Compressor(app)
        self._patience_s = patience_s
        self._is_logging = is_logging_requests()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on when it may come in, and finish its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = str(new_id())
        scope["request_id"] = request_id
        answer = _Answer(scope, send, request_id)
        statements = Counter()
        if self._is_logging:
            COUNTER_OF_REQUEST.set(statements)
        try:
            await self._answer(scope, receive, answer)
        finally:
            answer.measure()
            if self._is_logging:
                answer.log(statements.statements)

    async def _answer(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        refusal = _refuse_early(scope)
        if refusal is not None:
            await problem_answer(refusal, scope["path"])(scope, receive, answer.send)
            return
        try:
            await self._answering(scope, _limited(scope, receive, self._patience_s), answer.send)
        except Exception:  # a fault: told, logged and answered by web.errors already
            if not answer.is_begun:
                raise


class _Answer:
    """Adds headers to an answer on its way out, and measures it."""

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self._scope, self._send, self._request_id = scope, send, request_id
        self._began = perf_counter()
        self._status = 0

    @property
    def is_begun(self) -> bool:
        """Whether the status is on its way already."""
        return bool(self._status)

    async def send(self, message: Message) -> None:
        """Pass a message on; the first one gets the headers."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in SAFE_HEADERS:
                headers[name] = value
            headers["X-Request-Id"] = self._request_id
        elif self._scope["method"] == "HEAD" and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    def measure(self) -> None:
        """Count the answer under the pattern of its route, never under an address with ids."""
        route = getattr(self._scope.get("route"), "path", "none")
        ANSWERS.labels(self._scope["method"], route, self._status).inc()
        SECONDS.labels(route).observe(perf_counter() - self._began)

    def log(self, statements: int) -> None:
        """Write the line of this request."""
        log.info(
            "request",
            request_id=self._request_id,
            method=self._scope["method"],
            route=getattr(self._scope.get("route"), "path", "none"),
            status=self._status,
            milliseconds=round((perf_counter() - self._began) * 1000, 1),
            statements=statements,
        )


def _too_large() -> Refusal:
    return BodyTooLarge(
        tell("A request may have %(size)s MB at most. Nothing was saved.", size=LARGEST_BODY // 1_000_000),
        hint="Send it in several parts.",
    )


def _refuse_early(scope: Scope) -> Refusal | None:
    if not (is_encoded_text(scope.get("raw_path") or b"") and is_encoded_text(scope["query_string"])):
        return BodyUnreadable("The address is not valid UTF-8.", hint="Encode it as UTF-8, then by percent signs.")
    if scope["method"] in SAFE_METHODS:
        return None
    headers = Headers(scope=scope)
    announced = headers.get("content-length", "0")
    if announced.isdecimal() and int(announced) > LARGEST_BODY:
        return _too_large()
    origin = headers.get("origin")
    is_foreign = origin is not None and urlsplit(origin).netloc != headers.get("host")
    if is_foreign or headers.get("sec-fetch-site") == "cross-site":
        return FormExpired()
    return None


def _limited(scope: Scope, receive: Receive, patience_s: float) -> Receive:
    if scope["method"] in SAFE_METHODS:
        return receive
    received = 0
    is_whole = False

    async def receive_some() -> Message:
        nonlocal received, is_whole
        if is_whole:  # what follows is that the caller went away, whenever that is
            return await receive()
        try:
            message = await wait_for(receive(), patience_s)
        except TimeoutError as error:
            raise BodySlow from error
        received += len(message.get("body", b""))
        is_whole = not message.get("more_body", False)
        if received > LARGEST_BODY:
            raise _too_large()
        return message

    return receive_some
