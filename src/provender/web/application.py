"""The web application, assembled. Decides nothing."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.types import ASGIApp

from provender.core.accounts.public import enter
from provender.core.demo.public import list_demo_logins
from provender.kit.db import Database, Statement
from provender.kit.db.work import bytes_of
from provender.kit.http.dispatch import RouteTable
from provender.kit.http.edge import Edge
from provender.kit.http.signing import Signer
from provender.kit.ui.assets import STATIC_FOLDER, STATIC_PATH
from provender.web import health, preferences, resolver, start
from provender.web.describing import DescribedApplication
from provender.web.errors import translate_errors
from provender.web.guard import Guard
from provender.web.mounts import make_pages, routers
from provender.web.static import HashedFiles


async def open_edge(database_url: str) -> Edge:
    """Connect to the database and read the secret that all processes share.

    Raises:
        DatabaseBusy: the server does not answer.
        UnsafeDatabaseRole: the role of the address is not bound by row-level security.
    """
    database = Database(database_url, enter=enter())
    await database.open()
    async with database.unentered() as work:
        row = await work.fetch_row(Statement(b"SELECT secret FROM core.server_secret WHERE name = 'signing'"), {})
    return Edge(database, Signer(bytes_of(row[0]) if row else b""))


def create_application(database_url: str) -> FastAPI:
    """Return the application; it connects when it starts, not when it is made.

    Args:
        database_url: Address of a database whose role is bound by row-level security.
    """

    @asynccontextmanager
    async def run(application: FastAPI) -> AsyncGenerator[None]:
        edge = await open_edge(database_url)
        application.state.edge = edge
        application.state.pages = make_pages()
        application.state.demo_logins = await edge.database.changing_unentered(
            lambda work: list_demo_logins(work, edge.signer)
        )
        yield
        await edge.database.close()

    application = DescribedApplication(
        title="Provender",
        version="0.1.0",
        summary="From farm to table on one relational record.",
        lifespan=run,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    translate_errors(application)
    application.mount(STATIC_PATH, HashedFiles(directory=STATIC_FOLDER), name="static")
    for router in (*routers(), start.router, preferences.router, resolver.router, health.router):
        application.router.routes.extend(router.routes)
    application.router.middleware_stack = RouteTable(application.router.routes, application.router.app)
    return application


def guarded(application: FastAPI) -> ASGIApp:
    """Return the application behind the guard that every request passes."""
    return Guard(application)
