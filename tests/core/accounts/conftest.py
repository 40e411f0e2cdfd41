"""What the tests of accounts share."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest


@pytest.fixture(autouse=True)
def forgotten_attempts(admin_url: str) -> Iterator[None]:
    """All tests call from one address, whose failures must not add up."""
    yield
    with psycopg.connect(admin_url) as connection:
        connection.execute("DELETE FROM core.sign_in_attempt")
