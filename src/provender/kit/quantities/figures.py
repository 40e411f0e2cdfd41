"""How an exact number stands in an answer: a JSON number, read back as a Decimal."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import WithJsonSchema

Figure = Annotated[Decimal, WithJsonSchema({"type": "number"})]
"""A quantity in an answer that PostgreSQL built: documented as a number, exact when we read it for a page."""
