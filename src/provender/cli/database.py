"""Which database a command works on: the embedded one, or the operator's own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from provender.database.errors import DatabaseNotMigrated
from provender.database.migrating import check_server, is_migrated, migrate
from provender.kit.config import Settings
from provender.kit.db.administration import create_database, read_facts, set_password, url_with_role
from provender.kit.embedded import start_server
from provender.kit.errors import Refusal

APP_ROLE = "provender_app"
DATABASE = "provender"
Report = Callable[[str], None]


class OwnFolderUnusable(Refusal):
    """The folder in which the program keeps its own files cannot be written."""

    code = "run.folder_unusable"
    status = 500


@dataclass(frozen=True)
class OpenedDatabase:
    """A database that is there and at the present schema.

    Attributes:
        url: For the role that row-level security binds; the only one the program works with.
        admin_url: For migrations and bulk loads; None when the operator gave only the first.
        is_embedded: We started the server, and start it again when it ends.
    """

    url: str
    admin_url: str | None
    is_embedded: bool = False


@contextmanager
def opened_database(settings: Settings, report: Report) -> Generator[OpenedDatabase]:
    """Start or reach the database and migrate it; the embedded server is released at the end.

    Raises:
        EmbeddedServerError: the embedded server cannot start; nothing is lost.
        DatabaseNotMigrated: the operator's database is old and no role was given that may migrate it.
    """
    if settings.database_url is not None:
        yield _open_given(settings.database_url, settings, report)
        return
    with start_server(settings.data_folder) as server:
        create_database(server.url("postgres", "postgres"), DATABASE)
        admin_url = server.url("postgres", DATABASE)
        migrate(admin_url, report)
        yield OpenedDatabase(server.url(APP_ROLE, DATABASE), admin_url, is_embedded=True)


def _open_given(url: str, settings: Settings, report: Report) -> OpenedDatabase:
    check_server(url)
    is_privileged = read_facts(url).is_privileged
    admin_url = settings.database_owner_url or (url if is_privileged else None)
    if admin_url is None:
        if not is_migrated(url):
            raise DatabaseNotMigrated
        return OpenedDatabase(url, None)
    migrate(admin_url, report)
    if not is_privileged:
        return OpenedDatabase(url, admin_url)
    password = _own_password(settings.data_folder)
    set_password(admin_url, APP_ROLE, password)
    return OpenedDatabase(url_with_role(url, APP_ROLE, password), admin_url)


def _own_password(folder: Path) -> str:
    """Return the password of the program's own role on the operator's server, kept in the data folder."""
    kept = folder / "database-password"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        return kept.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise OwnFolderUnusable(
            f"{kept} cannot be used: {error.strerror}.", hint="Name a folder that is yours with --data."
        ) from error
