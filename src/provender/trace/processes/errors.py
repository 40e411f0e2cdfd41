"""How processes refuse."""

from __future__ import annotations

from provender.kit.errors import Refusal, Refusing
from provender.kit.sentences import hear


class MaterialUnknown(Refusal):
    """No material or product of ours has this id."""

    code = "process.material_unknown"


class MaterialMismatch(Refusal):
    """A new batch names a product and a material that is not the product's."""

    code = "process.material_mismatch"


class LineIncomplete(Refusal):
    """A line does not say which batch, how much, or in which unit."""

    code = "process.line_incomplete"


class NothingLeft(Refusal):
    """All that is left was asked of a batch of which nothing is left."""

    code = "process.nothing_left"
    status = 409


class ShapeWrong(Refusal):
    """A kind of process has its own shape: nothing goes into a receipt, and nothing is roasted from nothing."""

    code = "process.shape_wrong"


class LoopForbidden(Refusal):
    """A batch cannot be made of itself, except in rework and corrections."""

    code = "process.loop"


class GainUndeclared(Refusal):
    """More came out than went in, and nobody said why."""

    code = "process.gain_undeclared"


class InFuture(Refusal):
    """Only what has happened is recorded."""

    code = "process.in_future"


class TimesReversed(Refusal):
    """A process cannot end before it begins."""

    code = "process.times_reversed"


class AlreadyReversed(Refusal):
    """A process is reversed once."""

    code = "process.already_reversed"
    status = 409


class ReversalIrreversible(Refusal):
    """A reversal cannot itself be reversed: the process is recorded again."""

    code = "process.reversal_irreversible"
    status = 409


class OutputUsed(Refusal):
    """What a process made was used, shipped or set aside since: that is reversed first."""

    code = "process.output_used"
    status = 409


class CountNeedless(Refusal):
    """A count that finds what the record says books nothing."""

    code = "process.count_agrees"
    status = 409


REFUSALS: Refusing = {
    "process_shape": lambda sentence: ShapeWrong(
        hear(
            f"{sentence}.",
            "A %(kind)s cannot have %(inputs)s inputs and %(outputs)s outputs.",
            figures=("inputs", "outputs"),
            words=("kind",),
        ),
        hint="Receiving has outputs only; scrapping has inputs; the others have both.",
        field="kind",
    ),
    "process_self_loop": lambda sentence: LoopForbidden(
        hear(f"{sentence}.", "A batch cannot be input and output of the same %(kind)s.", words=("kind",)),
        hint="Give the output a new code, or record it as rework.",
        field="outputs",
    ),
    "process_gain_needs_reason": lambda sentence: GainUndeclared(
        hear(
            f"{sentence}.",
            "More came out (%(made)s g) than went in (%(used)s g).",
            figures=("made", "used"),
        ),
        hint="Check the quantities. If it is right, say why in the gain reason.",
        field="gain_reason",
    ),
    "process_not_in_future": lambda sentence: InFuture(
        hear(f"{sentence}.", "A process cannot be finished in the future."),
        hint="Give the time when it was finished, with its zone.",
        field="finished_at",
    ),
    "process_finished_after_started": lambda _: TimesReversed(
        "It was finished before it was started.", hint="Correct one of the two times.", field="started_at"
    ),
    "process_reversed_once": lambda _: AlreadyReversed(
        "This process was reversed already.", hint="Record the process again if it did happen."
    ),
    "process_reversal_of_reversal": lambda sentence: ReversalIrreversible(
        hear(f"{sentence}.", "A reversal cannot be reversed; record the process again."),
        hint="Record the process again if it did happen.",
    ),
    "process_output_already_used": lambda sentence: OutputUsed(
        hear(
            f"{sentence}.",
            "Batch %(code)s was already used or shipped; reverse that first.",
            "Batch %(code)s is set aside for orders; give that back first.",
        ),
        hint="Reverse the later processes first, from the last to the first.",
    ),
}
