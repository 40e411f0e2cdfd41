"""What the form of each kind of process asks for. Which kinds there are belongs to the model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from provender.trace.processes.model import ProcessKind


class Asked(StrEnum):
    """What an output line of the form asks for."""

    NOTHING = "nothing"
    RECEIPT = "receipt"
    MATERIAL = "material"
    PRODUCT = "product"
    PART = "part"
    POOL = "pool"
    DIFFERENCE = "difference"
    COUNTED = "counted"


@dataclass(frozen=True)
class Shape:
    """The form of one kind of process.

    Attributes:
        inputs: Lines shown at first; 0: nothing goes in.
        may_add_inputs: More lines may be added.
        outputs: Lines shown at first.
        asked: What a line of the outputs asks for; PART: a new batch of the material that went in, POOL:
            a batch that exists, or a new one of a material.
        asks_equipment: Where it was done is asked for, with the latest used offered.
        needs_note: Why is asked for, and needed.
    """

    inputs: int
    outputs: int
    asked: Asked
    may_add_inputs: bool = True
    asks_equipment: bool = False
    needs_note: bool = False


_ROASTLIKE: Final = Shape(1, 1, Asked.MATERIAL, asks_equipment=True)
_PACKLIKE: Final = Shape(2, 1, Asked.PRODUCT, asks_equipment=True)
SHAPE_BY_KIND: Final = {
    ProcessKind.RECEIVE: Shape(0, 1, Asked.RECEIPT),
    ProcessKind.ROAST: _ROASTLIKE,
    ProcessKind.WINNOW: Shape(1, 2, Asked.MATERIAL, asks_equipment=True),
    ProcessKind.GRIND: Shape(3, 1, Asked.MATERIAL, asks_equipment=True),
    ProcessKind.CONCHE: Shape(3, 1, Asked.MATERIAL, asks_equipment=True),
    ProcessKind.MOULD: _PACKLIKE,
    ProcessKind.PACK: _PACKLIKE,
    ProcessKind.SPLIT: Shape(1, 2, Asked.PART, may_add_inputs=False),
    ProcessKind.MERGE: Shape(2, 1, Asked.POOL),
    ProcessKind.REWORK: Shape(1, 1, Asked.POOL),
    ProcessKind.SCRAP: Shape(1, 0, Asked.NOTHING, needs_note=True),
    ProcessKind.ADJUST: Shape(1, 0, Asked.DIFFERENCE, may_add_inputs=False, needs_note=True),
    ProcessKind.COUNT: Shape(1, 0, Asked.COUNTED, may_add_inputs=False),
}
