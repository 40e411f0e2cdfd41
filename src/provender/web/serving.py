"""The application of one worker process, made from what the command line shared."""

from __future__ import annotations

from starlette.types import ASGIApp

from provender.kit.config import read_log_level, shared_database_url
from provender.web.application import create_application, guarded
from provender.web.logging import set_up_logging


def make_served_application() -> ASGIApp:
    """Return the guarded application on the shared database, its log set up as the environment says."""
    set_up_logging(read_log_level())
    return guarded(create_application(shared_database_url()))
