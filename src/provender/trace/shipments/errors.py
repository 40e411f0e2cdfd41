"""How shipments and returns refuse."""

from __future__ import annotations

from provender.kit.errors import InvalidInput, Refusal, Refusing
from provender.kit.sentences import hear


class NothingToPack(Refusal):
    """Nothing is set aside for the order."""

    code = "shipment.nothing_set_aside"
    status = 409


class ShipmentLeft(Refusal):
    """The shipment has left already; that is never taken back."""

    code = "shipment.left"
    status = 409


class ShipmentNotLeft(Refusal):
    """What is still in the house cannot have arrived."""

    code = "shipment.not_left"
    status = 409


class ShipmentDelivered(Refusal):
    """The shipment has arrived already."""

    code = "shipment.delivered"
    status = 409


class MoreThanShipped(Refusal):
    """More would come back than left and has not come back yet."""

    code = "return.more_than_shipped"
    status = 409


class BatchUnknownDestroyed(Refusal):
    """Nobody knows of which batch the goods are, so nobody may get them again."""

    code = "return.batch_unknown"
    status = 409


REFUSALS: Refusing = {
    "shipment_departs_once": lambda sentence: ShipmentLeft(
        hear(f"{sentence}.", "Shipment %(number)s has left already."), hint="Read the shipment again."
    ),
    "shipment_delivered_after_shipped": lambda _: InvalidInput(
        "It cannot have arrived before it left.", hint="Correct the moment.", field="delivered_at"
    ),
}


def refuse_return(index: int) -> Refusing:
    """Return how the guards of returns refuse the line at `index`."""
    return {
        "return_line_not_more_than_shipped": lambda sentence: MoreThanShipped(
            hear(
                f"{sentence}.",
                "Of this line %(left)s pieces can still come back, not %(asked)s.",
                figures=("left", "asked"),
            ),
            hint="Take back at most that many; goods that have not left cannot come back.",
            field=f"lines.{index}.quantity",
        ),
        "return_line_unknown_batch_destroyed": lambda _: BatchUnknownDestroyed(
            "The batch of these goods is unknown.",
            hint="Choose destroy: nobody may get them again.",
            field=f"lines.{index}.disposition",
        ),
    }
