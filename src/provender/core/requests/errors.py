"""How a repeated request is refused."""

from __future__ import annotations

from provender.kit.errors import Refusal


class KeyReused(Refusal):
    """An Idempotency-Key that was sent before, with another body or to another address."""

    code = "request.key_reused"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was used for another request. Nothing was done.",
            hint="Send a new key with every new request, and the same key only to repeat one.",
            field="Idempotency-Key",
        )
