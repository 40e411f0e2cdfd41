"""`provender migrate`."""

from __future__ import annotations

from provender.cli.database import opened_database
from provender.cli.options import Data, tell
from provender.kit.config import read_settings


def migrate(data: Data = None) -> None:
    """Bring the database to the present schema, step by step."""
    with opened_database(read_settings(data_folder=data), tell):
        tell("The database is ready.")
