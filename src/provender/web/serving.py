"""The application of one worker process, made from what the command line shared."""

from __future__ import annotations

from starlette.types import ASGIApp

from provender.kit.config import shared_database_url
from provender.web.application import create_application, guarded


def make_served_application() -> ASGIApp:
    """Return the guarded application on the shared database."""
    return guarded(create_application(shared_database_url()))
