"""Bringing a database to the present schema: roles first, then migrations one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from provender.database.errors import DatabaseTooNew, ServerTooOld, ServerWrongEncoding
from provender.database.files import roles_script
from provender.kit.db.administration import open_connection, read_facts, run_scripts, set_up_alone

OLDEST_VERSION = 150_000
"""server_version_num: SET NULL with a column list and security_invoker views came with 15."""
HERE = Path(__file__).parent
Report = Callable[[str], None]


def check_server(url: str) -> None:
    """Refuse a server that Provender cannot live on.

    Raises:
        ServerTooOld: older than PostgreSQL 15.
        ServerWrongEncoding: the database is not in UTF-8.
        DatabaseBusy: it does not answer.
    """
    facts = read_facts(url)
    if facts.version_num < OLDEST_VERSION:
        raise ServerTooOld(facts.version_num // 10_000)
    if facts.encoding != "UTF8":
        raise ServerWrongEncoding(facts.encoding)


def migrate(admin_url: str, report: Report) -> None:
    """Make the roles and apply every migration that is missing, each in its own transaction.

    Args:
        admin_url: A role that may create roles and objects in the database.
        report: Called with one sentence per step.

    Raises:
        DatabaseTooNew: a newer program has migrated this database already.
    """
    check_server(admin_url)
    with set_up_alone(admin_url):
        run_scripts(admin_url, [roles_script()])
        _upgrade(admin_url, report)


def _upgrade(admin_url: str, report: Report) -> None:
    config = _config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with _owner_connection(admin_url) as connection:
        present = _present_revision(connection, config)
        if present == newest:
            report(f"The database is at {newest}; nothing to do.")
            return
        config.attributes["connection"] = connection
        config.attributes["report"] = report
        connection.exec_driver_sql("SET ROLE provender_owner")
        connection.commit()
        command.upgrade(config, "head")
        connection.exec_driver_sql("GRANT SELECT ON public.alembic_version TO provender_app")
        connection.commit()


def is_migrated(url: str) -> bool:
    """Whether the database is at the schema that this program needs; asked by a role that may read it."""
    config = _config()
    with _owner_connection(url) as connection:
        return _present_revision(connection, config) == ScriptDirectory.from_config(config).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations").replace("%", "%%"))
    return config


def _owner_connection(url: str) -> Connection:
    return create_engine("postgresql+psycopg://", creator=lambda: open_connection(url), poolclass=NullPool).connect()


def _present_revision(connection: Connection, config: Config) -> str | None:
    present = MigrationContext.configure(connection, opts={"version_table_schema": "public"}).get_current_revision()
    connection.rollback()
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise DatabaseTooNew(present)
    return present
