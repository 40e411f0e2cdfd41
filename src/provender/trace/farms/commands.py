"""The command line of farms."""

from __future__ import annotations

from typing import Final

from provender.kit.commands import Command, import_verb
from provender.trace.farms.imports import FARM_IMPORT

COMMANDS: Final = (Command("import", "farms", import_verb("farms", FARM_IMPORT)),)
