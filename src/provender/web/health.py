"""Is it alive, and what does it count."""

from __future__ import annotations

import orjson
from fastapi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from provender.kit.db import Statement
from provender.kit.errors import DatabaseBusy, DatabaseLost
from provender.kit.http.edge import edge_of
from provender.kit.http.routing import page_router

router = page_router("")
DATABASE_STATE = Statement(
    b"SELECT current_setting('server_version'), pg_catalog.pg_is_in_recovery(), version_num FROM public.alembic_version"
)


def _answer(body: dict[str, object], status: int) -> Response:
    return Response(orjson.dumps(body), status, media_type="application/json")


@router.get("/healthz")
async def show_health(request: Request) -> Response:
    """Answer 200 with the state of the database, 503 when it does not answer."""
    try:
        async with edge_of(request).database.unentered() as work:
            row = await work.fetch_row(DATABASE_STATE, {})
    except (DatabaseBusy, DatabaseLost):
        return _answer({"status": "unavailable", "database": {"state": "unavailable"}}, 503)
    version, is_replica, revision = row or ("", False, "")
    state = {"state": "ok", "server_version": version, "is_replica": is_replica, "schema_revision": revision}
    return _answer({"status": "ok", "database": state}, 200)


@router.get("/metrics")
async def show_metrics(request: Request) -> Response:
    """Answer what is counted, in the text form of Prometheus."""
    statements = edge_of(request).database.counter.statements
    own = f"# TYPE provender_statements_total counter\nprovender_statements_total {statements}\n".encode()
    return Response(generate_latest() + own, media_type=CONTENT_TYPE_LATEST)
