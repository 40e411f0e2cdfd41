"""The words of a recall.

What is given (`movements`), found (`findings`), told (`notices`) and kept (`result`).

Ids are opaque texts (the uuid of the row). Quantities are Decimal in the batch's base unit
unless a name says otherwise; shares and found masses are Fractions, because thirds occur.
"""

from provender.trace.recall.model.findings import (
    BatchFinding,
    Exposure,
    Figure,
    Item,
    ItemClass,
    ItemKind,
    MassBalance,
    ProcessLoss,
    Reason,
    Row,
    Suspect,
)
from provender.trace.recall.model.movements import (
    Allocation,
    AllocationState,
    Batch,
    CodeMatch,
    ComplaintBatches,
    Disposition,
    MaterialKind,
    Movements,
    OutputRole,
    Process,
    ProcessInput,
    ProcessOutput,
    ReturnLine,
    Root,
    RootKind,
    ShipmentLine,
)
from provender.trace.recall.model.notices import (
    Contact,
    Notice,
    NoticeFacts,
    NoticeLine,
    RecallKind,
)
from provender.trace.recall.model.result import Comparison, RecallResult
from provender.trace.recall.model.rows import FrozenItem, FrozenRoot, Maker, NoticeRow, Source

__all__ = [
    "Allocation",
    "AllocationState",
    "Batch",
    "BatchFinding",
    "CodeMatch",
    "Comparison",
    "ComplaintBatches",
    "Contact",
    "Disposition",
    "Exposure",
    "Figure",
    "FrozenItem",
    "FrozenRoot",
    "Item",
    "ItemClass",
    "ItemKind",
    "Maker",
    "MassBalance",
    "MaterialKind",
    "Movements",
    "Notice",
    "NoticeFacts",
    "NoticeLine",
    "NoticeRow",
    "OutputRole",
    "Process",
    "ProcessInput",
    "ProcessLoss",
    "ProcessOutput",
    "Reason",
    "RecallKind",
    "RecallResult",
    "ReturnLine",
    "Root",
    "RootKind",
    "Row",
    "ShipmentLine",
    "Source",
    "Suspect",
]
