"""How batches refuse: also what every draw from a batch (process, allocation, shipment) can meet."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing
from provender.kit.sentences import hear


class BatchUnknown(Refusal):
    """No batch of ours has this id or code."""

    code = "batch.unknown"


class OriginUnknown(Refusal):
    """No farm, supplier or plot of ours has this id."""

    code = "batch.origin_unknown"


class BatchAmbiguous(Refusal):
    """Several batches have this code: codes of suppliers collide, so the material must be named."""

    code = "batch.ambiguous"


class BatchCodeTaken(Refusal):
    """One material cannot have two batches with the same code."""

    code = "batch.code_taken"
    status = 409


class BatchHeld(Refusal):
    """A batch on hold is not allocated, shipped or used until a person releases it."""

    code = "batch.held"
    status = 409


class NotEnoughOnHand(Refusal):
    """More was asked of a batch than is on hand."""

    code = "batch.not_enough"
    status = 409


class SetAsideForOrders(Refusal):
    """What is left of a batch is set aside for orders."""

    code = "batch.set_aside"
    status = 409


class DatesReversed(Refusal):
    """A best-before date cannot lie before the day of making."""

    code = "batch.dates_reversed"


def refuse_draws(field: str | None = None) -> Refusing:
    """Return how the guards of stock refuse, each at `field` of the input.

    Whoever inserts a process input, an allocation or a shipment line wraps it in
    `refusing(refuse_draws("lines.0.quantity"))`.
    """
    return {
        "batch_is_held": lambda sentence: BatchHeld(
            hear(f"{sentence}.", "Batch %(code)s is on hold."),
            hint="Choose another batch, or have a manager release the hold.",
            field=field,
        ),
        "batch_on_hand_not_negative": lambda sentence: NotEnoughOnHand(
            hear(
                f"{sentence}.",
                "Batch %(code)s has %(left)s %(unit)s on hand; %(asked)s %(unit_asked)s cannot be taken.",
                figures=("left", "asked"),
                words=("unit", "unit_asked"),
            ),
            hint="Take less, choose another batch, or count the batch and book the difference.",
            field=field,
        ),
        "batch_not_overallocated": lambda sentence: SetAsideForOrders(
            hear(
                f"{sentence}.",
                "Batch %(code)s has only %(free)s %(unit)s that are not set aside for orders.",
                figures=("free",),
                words=("unit",),
            ),
            hint="Take less, or give back what is set aside for an order first.",
            field=field,
        ),
    }


def refuse_changes(place: str = "") -> Refusing:
    """Return how a batch that is made or changed refuses, each at the field of that name.

    Args:
        place: What stands before the field names in the caller's input, such as `outputs.0.`.
    """
    return {
        "batch_code_unique": lambda _: BatchCodeTaken(
            "There is a batch of this material with this code already.",
            hint="Choose another code, or add to that batch.",
            field=f"{place}code",
        ),
        "batch_best_before_after_made": lambda _: DatesReversed(
            "The best-before date lies before the day of making.",
            hint="Correct one of the two dates.",
            field=f"{place}best_before_on",
        ),
        "batch_farm_fkey": lambda _: OriginUnknown(
            "There is no such farm.", hint="Choose one of your farms.", field=f"{place}farm_id"
        ),
        "batch_supplier_fkey": lambda _: OriginUnknown(
            "There is no such supplier.", hint="Choose one of your suppliers.", field=f"{place}supplier_id"
        ),
    }
