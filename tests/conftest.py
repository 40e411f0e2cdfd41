"""What tests stand on: a real PostgreSQL, the real application, and fresh tenants."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from provender.database.files import roles_script, schema_scripts
from provender.kit.db.administration import create_database, drop_database, run_scripts
from provender.kit.embedded import Server, start_server
from provender.web.application import create_application, guarded
from tests.browser import chromium
from tests.journeys.live import live
from tests.maker import Maker, make_maker

__all__ = ["chromium", "live"]  # fixtures for every test that drives a browser

SHARED_BY_A_RUN = ("live", "old_cluster", "empty_url", "told", "loaded", "demo_folder", "empty_folder")
"""Fixtures that take seconds to make: all tests that use one run in the same worker, which makes it once."""
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests that share something slow together (`--dist loadgroup`, see pyproject.toml)."""
    for item in items:
        fixtures: list[str] = getattr(item, "fixturenames", [])
        shared = [name for name in SHARED_BY_A_RUN if name in fixtures]
        if "chromium" in fixtures and not shared:
            shared = [item.nodeid.partition("::")[0]]  # a browser is made per module
        if shared:
            item.add_marker(pytest.mark.xdist_group(shared[0]))


def _binaries() -> Path | None:
    named = os.environ.get("PROVENDER_TEST_BINARIES")
    return Path(named) if named else None


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One PostgreSQL for all workers of a run; PROVENDER_TEST_BINARIES chooses another version."""
    binaries = _binaries()
    name = "default" if binaries is None else binaries.parent.name
    folder = Path(tempfile.gettempdir()) / f"provender-tests-{os.getuid()}-{name}"
    with start_server(folder, settings=FAST_SETTINGS, binaries=binaries) as running:
        yield running


@pytest.fixture(scope="session")
def database_name(server: Server, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of this worker with the schema files loaded."""
    worker: str = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"test_{worker}_{os.getpid()}"
    create_database(server.url("postgres", "postgres"), name)
    run_scripts(server.url("postgres", name), [roles_script()])
    run_scripts(server.url("postgres", name), schema_scripts(), role="provender_owner")
    yield name
    drop_database(server.url("postgres", "postgres"), name)


@pytest.fixture(scope="session")
def database_url(server: Server, database_name: str) -> str:
    """Address of the worker's database for the role that the program uses."""
    return server.url("provender_app", database_name)


@pytest.fixture(scope="session")
def admin_url(server: Server, database_name: str) -> str:
    """Address of the worker's database for its superuser: to look at catalogs, never to test access."""
    return server.url("postgres", database_name)


@pytest.fixture(scope="session")
def client(database_url: str) -> Iterator[TestClient]:
    """The running application; it remembers no cookies between tests that use `maker`."""
    application = create_application(database_url)
    with TestClient(guarded(application), follow_redirects=False) as running:
        yield running


@pytest.fixture
def maker(client: TestClient) -> Maker:
    """A fresh organisation with an administrator, a manager and a member of staff."""
    client.cookies.clear()
    return make_maker(client)


@pytest.fixture
def other_maker(client: TestClient) -> Maker:
    """Another organisation, which must never see the first."""
    client.cookies.clear()
    return make_maker(client)
