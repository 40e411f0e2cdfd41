"""What a migration does: run one SQL file, with timeouts so that nobody waits for it in vain."""

from __future__ import annotations

from pathlib import Path

from alembic import op

SQL = Path(__file__).parent / "sql"


def run_sql(file_name: str) -> None:
    """Run a file of `sql/`, of many statements, in the transaction of this migration."""
    script = (SQL / file_name).read_text(encoding="utf-8")
    cursor = op.get_bind().connection.cursor()
    cursor.execute("SET LOCAL lock_timeout = '4s'")
    cursor.execute(script)
    cursor.close()
