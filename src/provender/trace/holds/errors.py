"""How holds refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing


class HoldReleased(Refusal):
    """A hold is released once; held again, the batch gets a new hold."""

    code = "hold.released"
    status = 409


class RecallUnknown(Refusal):
    """No recall case of ours has this id."""

    code = "hold.recall_unknown"


REFUSALS: Refusing = {
    "hold_recall_case_fkey": lambda _: RecallUnknown(
        "There is no such recall case.", hint="Name one of your recall cases.", field="recall_case_id"
    ),
}
