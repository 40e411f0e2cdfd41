"""The one place that touches the driver: pool, units of work, statements, refusals by constraint.

Rooms receive a `Work` and hand it a statement read from their `sql/` folder. They never
open a connection, never commit and never build SQL text. DataError is the driver's: a value that
no column takes.
"""

from psycopg.errors import DataError

from provender.kit.db.pool import Database
from provender.kit.db.refusing import refusing
from provender.kit.db.statements import SqlFolder, Statement
from provender.kit.db.work import Caller, Credentials, Parameters, Work

__all__ = [
    "Caller",
    "Credentials",
    "DataError",
    "Database",
    "Parameters",
    "SqlFolder",
    "Statement",
    "Work",
    "refusing",
]
