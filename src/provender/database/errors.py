"""How a database is refused."""

from __future__ import annotations

from provender.kit.errors import Refusal


class ServerTooOld(Refusal):
    """The PostgreSQL server lacks what the schema needs."""

    code = "database.server_too_old"
    status = 500

    def __init__(self, version: int) -> None:
        super().__init__(
            f"The server is PostgreSQL {version}; Provender needs 15 or newer.",
            hint="Upgrade it, or leave DATABASE_URL unset to use the embedded server.",
        )


class ServerWrongEncoding(Refusal):
    """Names and notices need every script of the world."""

    code = "database.wrong_encoding"
    status = 500

    def __init__(self, encoding: str) -> None:
        super().__init__(
            f"The database is encoded in {encoding}; Provender needs UTF8.", hint="Create it with ENCODING 'UTF8'."
        )


class DatabaseTooNew(Refusal):
    """A newer program has been here; this one would not understand what it wrote."""

    code = "database.too_new"
    status = 500

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database was migrated to {revision} by a newer Provender.",
            hint="Start that version; nothing was changed.",
        )


class DatabaseNotMigrated(Refusal):
    """The schema is missing or old, and the role that was given may not change it."""

    code = "database.not_migrated"
    status = 500

    def __init__(self) -> None:
        super().__init__(
            "The database is not at the schema that this program needs.",
            hint="Run `provender migrate` with DATABASE_OWNER_URL set to a role that may create roles and tables.",
        )
