"""The command line of materials."""

from __future__ import annotations

from typing import Final

from provender.kit.commands import Command, import_verb
from provender.trace.materials.imports import MATERIAL_IMPORT

COMMANDS: Final = (Command("import", "materials", import_verb("materials", MATERIAL_IMPORT)),)
