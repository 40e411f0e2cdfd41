"""The command line of products."""

from __future__ import annotations

from typing import Final

from provender.kit.commands import Command, import_verb
from provender.trace.products.imports import PRODUCT_IMPORT

COMMANDS: Final = (Command("import", "products", import_verb("products", PRODUCT_IMPORT)),)
