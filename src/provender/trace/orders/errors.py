"""How orders refuse."""

from __future__ import annotations

from provender.kit.errors import InvalidInput, Refusal, Refusing
from provender.kit.sentences import hear


class OrderNumberTaken(Refusal):
    """Two orders of one organisation cannot have the same number."""

    code = "order.number_taken"
    status = 409


class OrderReferenceTaken(Refusal):
    """The customer's own number is on another order already: perhaps it was entered twice."""

    code = "order.reference_taken"
    status = 409


class OrderNotOpen(Refusal):
    """The order is in a state in which this cannot be done."""

    code = "order.not_open"
    status = 409


class OrderWithoutLines(Refusal):
    """An order that asks for nothing cannot be confirmed."""

    code = "order.without_lines"
    status = 409


class OrderMoveRefused(Refusal):
    """From the state an order is in, the wanted state cannot be reached."""

    code = "order.move_refused"
    status = 409


class OrderHasGoods(Refusal):
    """Something is packed or gone: the order is evidence and cannot be cancelled."""

    code = "order.has_goods"
    status = 409


class OrderLineInUse(Refusal):
    """Pieces are set aside, packed or shipped for the line."""

    code = "order.line_in_use"
    status = 409


class MoreThanOrdered(Refusal):
    """More would be set aside or packed for a line than was ordered."""

    code = "order.more_than_ordered"
    status = 409


class NotEnoughStock(Refusal):
    """There are fewer free pieces than the order still needs."""

    code = "order.not_enough_stock"
    status = 409


class AllocationMoveRefused(Refusal):
    """From the state an allocation is in, the wanted state cannot be reached."""

    code = "allocation.move_refused"
    status = 409


def _not_open(sentence: str) -> Refusal:
    return OrderNotOpen(
        hear(f"{sentence}.", "Order %(number)s is %(state)s.", words=("state",)),
        hint="Confirm a draft first; enter a new order when this one is closed.",
    )


REFUSALS: Refusing = {
    "sales_order_number_unique": lambda _: OrderNumberTaken(
        "There is an order with this number already.",
        hint="Leave the number empty to be given the next.",
        field="number",
    ),
    "sales_order_reference_unique": lambda _: OrderReferenceTaken(
        "This customer's reference is on another order already.",
        hint="Look at that order first: perhaps this one was entered before.",
        field="customer_reference",
    ),
    "sales_order_customer_fkey": lambda _: InvalidInput(
        "There is no such customer.", hint="Choose one of your customers.", field="customer_id"
    ),
    "sales_order_site_fkey": lambda _: InvalidInput(
        "This customer has no such site.", hint="Choose one of the customer's sites.", field="customer_site_id"
    ),
    "sales_order_is_open": _not_open,
    "sales_order_draft_only": lambda sentence: OrderNotOpen(
        hear(f"{sentence}.", "Order %(number)s is no draft any more; cancel it instead."), hint="Cancel the order."
    ),
    "sales_order_move": lambda sentence: OrderMoveRefused(
        hear(
            f"{sentence.replace('A sales_order', 'An order')}.",
            "An order cannot move from %(before)s to %(after)s.",
            words=("before", "after"),
        ),
        hint="Read the order again.",
        field="to",
    ),
    "allocation_move": lambda sentence: AllocationMoveRefused(
        hear(
            f"{sentence.replace('A allocation', 'An allocation')}.",
            "An allocation cannot move from %(before)s to %(after)s.",
            words=("before", "after"),
        ),
        hint="Set pieces aside anew instead.",
        field="to",
    ),
    "allocation_line_fkey": lambda _: OrderLineInUse(
        "Pieces were set aside for this line.", hint="Lower its quantity, or cancel the order."
    ),
    "shipment_line_order_line_fkey": lambda _: OrderLineInUse(
        "Pieces were packed for this line.", hint="Leave the line as it is and add another."
    ),
}
