"""A browser as these tests need it: signing in, and the token its forms carry."""

from __future__ import annotations

import re

from httpx2 import Response
from starlette.testclient import TestClient

from provender.kit.http.edge import SESSION_COOKIE
from tests.maker import PASSWORD

PAGE = {"accept": "text/html"}


def sign_in(client: TestClient, email: str, password: str = PASSWORD, **headers: str) -> Response:
    """Sign in with fresh cookies and return the answer."""
    client.cookies.clear()
    return client.post("/sign-in", data={"email": email, "password": password, "then": "/trace/farms"}, headers=headers)


def form_token_of(page: str) -> str:
    """Return the form token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found[1]


def session_of(client: TestClient) -> str:
    """Return what the browser presents."""
    return client.cookies[SESSION_COOKIE]
