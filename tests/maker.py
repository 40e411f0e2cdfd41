"""A tenant for one test: its people, and what they may ask of the application."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from provender.core.accounts.public import give_program_access, hash_password
from provender.kit.db import Statement, Work
from provender.kit.http.edge import Edge

Result = TypeVar("Result")
PASSWORD = "four words make one"
_numbers = itertools.count(1)
_password_hash = ""


@dataclass(frozen=True)
class Maker:
    """A person of a tenant, calling the application with a token."""

    client: TestClient
    organisation_id: UUID
    tokens: Mapping[str, str]
    emails: Mapping[str, str]
    role: str = "administrator"

    def acting_as(self, role: str) -> Maker:
        """Return the same tenant, called by another of its people."""
        return replace(self, role=role)

    @property
    def headers(self) -> dict[str, str]:
        """The header that says who calls."""
        return {"Authorization": f"Bearer {self.tokens[self.role]}"}

    def get(self, path: str, **more: Any) -> Response:
        """Ask."""
        return self.send("GET", path, **more)

    def post(self, path: str, json: object = None, **more: Any) -> Response:
        """Add or do."""
        return self.send("POST", path, json=json, **more)

    def put(self, path: str, json: object, version: int | None = None, **more: Any) -> Response:
        """Replace, based on a version."""
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.send("PUT", path, json=json, headers=headers, **more)

    def patch(self, path: str, json: object, version: int | None = None, **more: Any) -> Response:
        """Change, based on a version."""
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self.send("PATCH", path, json=json, headers=headers, **more)

    def delete(self, path: str, **more: Any) -> Response:
        """Remove."""
        return self.send("DELETE", path, **more)

    def send(self, method: str, path: str, **more: Any) -> Response:
        """Send any request as this person, without cookies."""
        self.client.cookies.clear()
        headers = {**self.headers, **more.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **more)

    def statements(self) -> int:
        """How many statements the application has sent so far."""
        edge: Edge = application_of(self.client).state.edge
        return edge.database.counter.statements

    def run(self, verb: Callable[[Work], Awaitable[Result]]) -> Result:
        """Run a verb in a transaction of this tenant, below HTTP."""
        return run_work(self.client, self.organisation_id, verb)


def application_of(client: TestClient) -> FastAPI:
    """Return the application behind a test client."""
    guard: Any = client.app
    return guard._app  # noqa: SLF001  # the guard has no other use for a public name


def run_work(client: TestClient, organisation_id: UUID | None, verb: Callable[[Work], Awaitable[Result]]) -> Result:
    """Run a verb on the application's own loop and pool."""
    edge: Edge = application_of(client).state.edge

    async def enter_then(work: Work) -> Result:
        if organisation_id is not None:
            await work.become(organisation_id=organisation_id, account_id=None, actor="test")
        return await verb(work)

    async def run() -> Result:
        return await edge.database.changing_unentered(enter_then)

    assert client.portal is not None
    return client.portal.call(run)


def make_maker(client: TestClient) -> Maker:
    """Make an organisation with one person in each role."""
    global _password_hash
    _password_hash = _password_hash or hash_password(PASSWORD, "nobody@example.org")
    number = next(_numbers)
    emails = {role: f"{role}-{number}@example.org" for role in ("administrator", "manager", "staff")}

    async def open_organisation(work: Work) -> UUID:
        row = await work.fetch_row(
            Statement(b"SELECT core.open_organisation(%(name)s, 'DE', 'Europe/Berlin', 'en', 'maker@example.org')"),
            {"name": f"Maker {number}"},
        )
        assert row is not None
        organisation_id = row[0]
        assert isinstance(organisation_id, UUID)
        await work.become(organisation_id=organisation_id, account_id=None, actor="test")
        for role, email in emails.items():
            await work.execute(
                b"INSERT INTO core.membership (organisation_id, account_id, role)"
                b" SELECT %(organisation_id)s, core.ensure_account(%(email)s, %(name)s, 'en', %(hash)s), %(role)s",
                {"email": email, "name": role.title(), "role": role, "hash": _password_hash},
            )
        return organisation_id

    organisation_id = run_work(client, None, open_organisation)
    tokens = {
        role: run_work(client, None, lambda work, email=email: give_program_access(work, email, "test"))
        for role, email in emails.items()
    }
    return Maker(client, organisation_id, tokens, emails)
