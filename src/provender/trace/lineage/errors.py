"""How lineage refuses."""

from __future__ import annotations

from provender.kit.errors import Refusal


class TraceTooLarge(Refusal):
    """A trace has more nodes than a drawing can show."""

    code = "trace.too_large_to_draw"
    status = 422
