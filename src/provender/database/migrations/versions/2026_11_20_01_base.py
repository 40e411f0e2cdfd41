"""Identity, tenants, audit, and everything from farm to recall."""

from __future__ import annotations

from provender.database.migrations.running import run_sql

revision = "2026_11_20_01"
down_revision = None


def upgrade() -> None:
    """Make the schemas core and trace. Takes a second; nothing is there yet that could be locked."""
    run_sql("2026_11_20_01_base.sql")
