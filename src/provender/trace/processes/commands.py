"""The command line of processes."""

from __future__ import annotations

from typing import Final

from provender.kit.commands import Command, import_verb
from provender.trace.processes.imports import RECEIPT_IMPORT

COMMANDS: Final = (Command("import", "receipts", import_verb("receipts", RECEIPT_IMPORT)),)
