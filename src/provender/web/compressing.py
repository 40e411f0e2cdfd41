"""Pages and browser files compressed for whoever asks; the small JSON of the API passes by untouched.

A page holds the token of its forms, and may repeat what a link to it says. Who can have a browser open
such links and measures the length of the answers could guess the token letter by letter (BREACH), so a
page is compressed only when the browser says that no other site asked for it.
"""

from __future__ import annotations

import zlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provender.kit.ui.assets import STATIC_PATH

SMALLEST: Final = 1000
"""Bytes; less fits into one packet anyway."""
LEVEL: Final = 5
GZIP: Final = 16 + zlib.MAX_WBITS
TEXTS: Final = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml")
OWN_REQUESTS: Final = frozenset({"same-origin", "none"})


class Compressor:
    """Passes requests on, and answers in gzip where that is asked for, safe and worth it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and not scope["path"].startswith("/api/") and _is_wished(scope):
            send = _Compressed(send).send
        await self._app(scope, receive, send)


def _is_wished(scope: Scope) -> bool:
    if scope["method"] == "HEAD":
        return False
    headers = Headers(scope=scope)
    is_public = scope["path"].startswith(STATIC_PATH + "/")
    is_safe = is_public or headers.get("sec-fetch-site") in OWN_REQUESTS
    codings = [wish.partition(";") for wish in headers.get("accept-encoding", "").split(",")]
    return is_safe and any(
        name.strip().lower() == "gzip" and weight.replace(" ", "") not in {"q=0", "q=0.0"}
        for name, _, weight in codings
    )


class _Compressed:
    """Compresses one answer on its way out."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
        self._is_packing = False

    async def send(self, message: Message) -> None:
        """Pass a message on, compressed when the first one says that it is worth it."""
        if message["type"] == "http.response.start":
            self._begin(message)
        elif self._is_packing:
            is_last = not message.get("more_body", False)
            body = self._packer.compress(message.get("body", b"")) + (self._packer.flush() if is_last else b"")
            message = {**message, "body": body}
        await self._send(message)

    def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        kind = headers.get("content-type", "").split(";")[0]
        length = headers.get("content-length", "")
        if kind not in TEXTS or "content-encoding" in headers or message["status"] in {204, 206, 304}:
            return
        headers.add_vary_header("Accept-Encoding")
        if length.isdecimal() and int(length) < SMALLEST:
            return
        self._is_packing = True
        headers["Content-Encoding"] = "gzip"
        del headers["Content-Length"]
        if "etag" in headers:
            headers["ETag"] = "W/" + headers["etag"].removeprefix("W/")
