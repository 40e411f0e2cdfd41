"""Where the readable truth of the database is, in the order in which it is loaded."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
PARTS = ("core", "trace")
"""One PostgreSQL schema each; later ones stand on earlier ones."""


def roles_script() -> str:
    """Return the script that makes the three roles of the cluster."""
    return (HERE / "roles.sql").read_text(encoding="utf-8")


def schema_scripts() -> list[str]:
    """Return the whole schema, file by file."""
    return [
        path.read_text(encoding="utf-8") for part in PARTS for path in sorted((HERE / "schema" / part).glob("*.sql"))
    ]
