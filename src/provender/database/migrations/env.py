"""Alembic's entry: runs the migrations on the connection that `provender.database.migrating` opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, cast

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

report = cast("Callable[[str], None]", context.config.attributes["report"])


def tell_step(ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]) -> None:
    """Tell that one migration was applied; Alembic passes the arguments by name."""
    del ctx, heads, run_args
    report(f"Applied {step.up_revision_id}.")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    version_table_schema="public",
    transaction_per_migration=True,
    on_version_apply=tell_step,
)
with context.begin_transaction():
    context.run_migrations()
