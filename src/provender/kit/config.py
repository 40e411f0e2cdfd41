"""Settings, read from the environment once, at the edge. Documented in docs/reference/configuration.md."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from provender.kit.errors import Refusal

DATA_FOLDER = "PROVENDER_DATA"
DATABASE_URL = "DATABASE_URL"
DATABASE_OWNER_URL = "DATABASE_OWNER_URL"
SERVED_DATABASE_URL = "PROVENDER_SERVED_DATABASE_URL"
LOG = "PROVENDER_LOG"
LogLevel = Literal["warning", "info", "debug"]


class SettingWrong(Refusal):
    """An environment variable says something that it cannot mean."""

    code = "settings.wrong"
    status = 500


@dataclass(frozen=True)
class Settings:
    """What the operator chose.

    Attributes:
        data_folder: Where the embedded server and files live.
        database_url: A server of the operator's own; None: the embedded one.
        database_owner_url: A role there that may migrate; None: the one of database_url, if it may.
    """

    data_folder: Path
    database_url: str | None
    database_owner_url: str | None


def read_settings(*, data_folder: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings; what is named on the command line wins over the environment."""
    given = os.environ if environment is None else environment
    folder = data_folder or Path(given.get(DATA_FOLDER) or Path.home() / ".local" / "share" / "provender")
    database_url, owner_url = given.get(DATABASE_URL) or None, given.get(DATABASE_OWNER_URL) or None
    return Settings(folder.expanduser().resolve(), database_url, owner_url)


def read_log_level(environment: Mapping[str, str] | None = None) -> LogLevel:
    """Return how much is logged: warnings alone, a line per request too (info), or everything (debug).

    Raises:
        SettingWrong: the word is not one of these.
    """
    given = os.environ if environment is None else environment
    word = given.get(LOG, "").strip().lower() or "warning"
    if word not in get_args(LogLevel):
        raise SettingWrong(f"{LOG} is {word}.", hint="Set it to warning, info or debug.")
    return cast("LogLevel", word)


def share_database_url(url: str) -> None:
    """Tell the worker processes, which are started with this environment, where the database is."""
    os.environ[SERVED_DATABASE_URL] = url


def shared_database_url() -> str:
    """Return what `share_database_url` told."""
    return os.environ[SERVED_DATABASE_URL]
