"""What processes look like in JSON and forms."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.kit.quantities.entry import MAXIMUM_AMOUNT
from provender.kit.quantities.figures import Figure
from provender.trace.processes.model import OutputRole, ProcessKind

MOST_LINES = 500
LONGEST_SCAN = 400
"""Characters of what a scanner may send instead of a code: a GS1 Digital Link."""


def _bounded(quantity: Decimal) -> Decimal:
    if abs(quantity) >= MAXIMUM_AMOUNT:
        message = "This is more than anything that can be weighed."
        raise ValueError(message)
    return quantity


Quantity = Annotated[Decimal, AfterValidator(_bounded)]
UnitName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Scan = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_SCAN)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class ProcessFilter(ListQuery):
    """Which processes a list shows."""

    kind: ProcessKind | None = None
    batch: UUID | None = Field(default=None, description="Only processes in which this batch took part.")
    finished_from: date | None = Field(
        default=None, alias="from", description="Finished on this day or later, in the organisation's zone."
    )
    finished_to: date | None = Field(
        default=None, alias="to", description="Finished on this day or earlier, in the organisation's zone."
    )
    void: bool | None = Field(default=None, description="Only reversed processes, or only others.")


class ProcessExportFilter(ProcessFilter, ExportQuery):
    """Which processes a file holds, and in which dialect."""


class BatchReference(BaseModel):
    """Which batch: by its id, or by its code, with the material where a code alone is not enough."""

    model_config = ConfigDict(extra="forbid")

    batch_id: UUID | None = None
    batch_code: Scan | None = Field(default=None, description="As printed or scanned.")
    material_id: UUID | None = None


class InputLine(BatchReference):
    """What is taken out of a batch."""

    quantity: Quantity | None = None
    unit: UnitName | None = Field(
        default=None, description="Such as kg, g, lb, l or piece; must measure what the material is kept in."
    )
    takes_all: bool = Field(
        default=False, description="Take all that is on hand and not set aside; then leave quantity and unit out."
    )

    @model_validator(mode="after")
    def _name_batch(self) -> InputLine:
        if self.batch_id is None and self.batch_code is None:
            message = "Say which batch: batch_id or batch_code."
            raise ValueError(message)
        return self


class OriginLine(BaseModel):
    """A plot whose harvest is in a new batch."""

    model_config = ConfigDict(extra="forbid")

    plot_id: UUID
    quantity: Quantity | None = Field(default=None, description="In the unit of the output; null: not known.")


class OutputLine(BatchReference):
    """What is put into a batch: one that exists (batch_id or batch_code), else a new one.

    A new one needs material_id or product_id, except where a batch is split or merged: then it is of the
    material that went in.
    """

    product_id: UUID | None = None
    code: Code | None = Field(default=None, description="Of the new batch; left out: the next code of the day.")
    made_on: date | None = Field(default=None, description="Left out: the day on which the process was finished.")
    best_before_on: date | None = None
    proposes_best_before: bool = Field(
        default=False, description="Where best_before_on is left out: day of making and the product's shelf life."
    )
    farm_id: UUID | None = None
    supplier_id: UUID | None = None
    unit_mass_g: Annotated[Decimal, Field(gt=0, lt=MAXIMUM_AMOUNT)] | None = Field(
        default=None, description="Grams in one base unit, for materials kept in ml or pieces that are no product."
    )
    batch_note: Note | None = None
    origins: list[OriginLine] = Field(default_factory=list[OriginLine], max_length=MOST_LINES)
    role: OutputRole = OutputRole.GOOD
    quantity: Quantity
    unit: UnitName

    @property
    def is_new(self) -> bool:
        """Whether the output makes a batch."""
        return self.batch_id is None and self.batch_code is None


RecordedKind = Literal[
    "receive",
    "roast",
    "winnow",
    "grind",
    "conche",
    "mould",
    "pack",
    "split",
    "merge",
    "rework",
    "scrap",
    "adjust",
    "count",
]


class ProcessInput(BaseModel):
    """A process as a caller describes it."""

    model_config = ConfigDict(extra="forbid")

    kind: RecordedKind
    started_at: AwareDatetime | None = Field(default=None, description="Left out: when it was finished.")
    finished_at: AwareDatetime | None = Field(default=None, description="Left out: now.")
    equipment: Text | None = None
    note: Note | None = None
    gain_reason: Note | None = Field(default=None, description="Why more came out than went in.")
    inputs: list[InputLine] = Field(default_factory=list[InputLine], max_length=MOST_LINES)
    outputs: list[OutputLine] = Field(default_factory=list[OutputLine], max_length=MOST_LINES)


class ReceiptRow(BaseModel):
    """One row of a file of receipts: a batch that was received."""

    model_config = ConfigDict(extra="forbid")

    material: Text = Field(description="Code or name of the material.")
    quantity: Quantity
    unit: UnitName
    code: Code | None = Field(default=None, description="As on the sacks; empty: the next code of the day.")
    received_on: date | None = Field(default=None, description="Empty: now.")
    best_before_on: date | None = None
    farm: Text | None = Field(default=None, description="Name of a farm.")
    supplier: Text | None = Field(default=None, description="Name of a supplier.")
    note: Note | None = None


class ReversalInput(BaseModel):
    """Why a process is reversed."""

    model_config = ConfigDict(extra="forbid")

    note: Note


class CountInput(BaseModel):
    """What a stocktaking found of a batch."""

    model_config = ConfigDict(extra="forbid")

    quantity: Quantity = Field(ge=0, description="All that is there, also what is set aside for orders.")
    unit: UnitName
    note: Note | None = None
    finished_at: AwareDatetime | None = Field(default=None, description="Left out: now.")


class InputOfProcess(BaseModel):
    """What a process took out of a batch."""

    model_config = ConfigDict(extra="forbid")

    batch_id: UUID
    code: str
    material_name: str
    material_kind: str
    quantity: Figure = Field(description="In the base unit.")
    base_unit: str
    entered_quantity: Figure
    entered_unit: str


class OutputOfProcess(InputOfProcess):
    """What a process put into a batch."""

    role: OutputRole


class Process(BaseModel):
    """A process as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    kind: ProcessKind
    started_at: datetime
    finished_at: datetime
    recorded_at: datetime
    recorded_by_name: str
    equipment: str | None
    note: str | None
    gain_reason: str | None
    is_void: bool = Field(description="Reversed: counts in no balance and no trace.")
    reverses_process_id: UUID | None
    reversed_by_process_id: UUID | None
    inputs: list[InputOfProcess]
    outputs: list[OutputOfProcess]
    mass_in_g: Figure | None = Field(description="Without packaging; null when the mass of a line is not known.")
    mass_out_g: Figure | None


class ProcessList(BaseModel):
    """One page of processes."""

    items: list[Process]
    next: str | None
