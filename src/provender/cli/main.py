"""`provender`: every command, and refusals as sentences with an exit code."""

from __future__ import annotations

import sys
from typing import Final

import typer

from provender.cli import admin, demo, migrating, running, trace
from provender.kit.errors import Refusal

REFUSED: Final = 1
application = typer.Typer(
    name="provender",
    help="From farm to table on one relational record.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
application.command("run")(running.run)
application.command("migrate")(migrating.migrate)
application.command("demo")(demo.demo)
application.add_typer(trace.commands, name="trace")
application.add_typer(admin.commands, name="admin")


def main() -> None:
    """Run a command; a refusal is one sentence and a hint on standard error, exit code 1."""
    try:
        application()
    except Refusal as refusal:
        print(f"provender: {refusal.sentence}", file=sys.stderr)
        if refusal.hint:
            print(f"  {refusal.hint}", file=sys.stderr)
        for fault in refusal.fields:
            print(f"  {fault.field}: {fault.sentence}", file=sys.stderr)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
