"""How complaints refuse."""

from __future__ import annotations

from provender.kit.errors import InvalidInput, Refusal, Refusing
from provender.kit.sentences import hear


class ComplaintMoveRefused(Refusal):
    """The complaint is in a state from which it cannot go there."""

    code = "complaint.move_refused"
    status = 409


REFUSALS: Refusing = {
    "complaint_customer_fkey": lambda _: InvalidInput("There is no such customer.", field="customer_id"),
    "complaint_product_fkey": lambda _: InvalidInput("There is no such product.", field="product_id"),
    "complaint_batch_fkey": lambda _: InvalidInput("There is no such batch.", field="batch_id"),
    "complaint_move": lambda sentence: ComplaintMoveRefused(
        hear(f"{sentence}.", "A complaint cannot move from %(before)s to %(after)s.", words=("before", "after")),
        hint="Open the complaint again first.",
    ),
}
