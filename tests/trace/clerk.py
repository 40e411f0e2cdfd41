"""A person at a browser, who stays signed in while programs call the same application."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from httpx2 import Response

from tests.maker import PASSWORD, Maker


class Clerk:
    """Opens pages and fills in forms; keeps its own cookies, for a `Maker` throws the client's away."""

    def __init__(self, maker: Maker, role: str = "staff", language: str = "en") -> None:
        self._client = maker.client
        self._cookies: dict[str, str] = {"language": language}
        fields = {"email": maker.emails[role], "password": PASSWORD, "then": "/"}
        assert self._call("POST", "/sign-in", data=fields).status_code == 303

    def open(self, address: str, **query: str) -> Response:
        """Open a page."""
        return self._call("GET", address, params=query) if query else self._call("GET", address)

    def send(self, page: str, fields: Mapping[str, object], *, address: str = "", **more: Any) -> Response:
        """Open a page, fill its form in and send it, there or to another address; `files` go along."""
        opened = self.open(page)
        assert opened.status_code == 200, opened.text[:300]
        _shell, _main, forms = opened.text.partition("<main")
        hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', forms))
        return self._call("POST", address or page, data={**hidden, **fields}, **more)

    def _call(self, method: str, address: str, **more: Any) -> Response:
        self._client.cookies.clear()
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        answer = self._client.request(method, address, headers={"cookie": cookies, "accept": "text/html"}, **more)
        for name, value in answer.cookies.items():
            self._cookies[name] = value
        self._client.cookies.clear()
        return answer
