"""The command line of suppliers."""

from __future__ import annotations

from typing import Final

from provender.kit.commands import Command, import_verb
from provender.trace.suppliers.imports import SUPPLIER_IMPORT

COMMANDS: Final = (Command("import", "suppliers", import_verb("suppliers", SUPPLIER_IMPORT)),)
