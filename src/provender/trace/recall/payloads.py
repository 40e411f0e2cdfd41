"""What recalls look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from provender.kit.http.cursors import ListQuery
from provender.kit.quantities.figures import Figure

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Kind = Literal["real", "withdrawal", "mock"]
State = Literal["open", "finished"]
Class = Literal["direct", "possible", "time_excluded", "contained", "recovered", "destroyed", "clear"]
ItemKind = Literal["batch", "process", "stock", "allocation", "shipment_line", "return_line"]
Action = Literal["notify", "stop", "hold", "sign_off", "none"]


class Body(BaseModel):
    """Unknown fields are refused, in what is sent and in what is answered."""

    model_config = ConfigDict(extra="forbid")


def _as_list(value: object) -> object:
    """A form sends one value where a program sends a list of one."""
    return [value] if isinstance(value, str) else value


class RecallCaseInput(Body):
    """A question: from which roots, why, and whether it is an exercise."""

    _lists = field_validator("batch_ids", "normalised_batch_ids", "complaint_ids", mode="before")(_as_list)

    title: Title
    reason: Text = Field(description="The defect, as the notices name it: a clause without a full stop.")
    kind: Kind = "real"
    batch_ids: list[UUID] = Field(min_length=1, max_length=200, description="The suspect roots.")
    normalised_batch_ids: list[UUID] = Field(
        default_factory=list[UUID],
        max_length=200,
        description="Roots found only by their folded code: what hangs on them alone is possible, not direct.",
    )
    complaint_ids: list[UUID] = Field(default_factory=list[UUID], max_length=200)


class RecallFilter(ListQuery):
    """Which cases a list shows."""

    state: State | None = None
    kind: Kind | None = None


class ItemFilter(ListQuery):
    """Which items of a case a list shows."""

    class_: Class | None = Field(None, alias="class")
    kind: ItemKind | None = None
    action: Action | None = None
    customer: UUID | None = None


class SuspectsWanted(BaseModel):
    """What the suspects must explain: complaints, or batches named outright."""

    complaint: list[UUID] = Field(default_factory=list[UUID], max_length=50)
    batch: list[UUID] = Field(default_factory=list[UUID], max_length=50)


class InvestigationQuery(BaseModel):
    """How far an investigation has come: complaints, the batches they are about, the roots picked."""

    complaint: list[UUID] = Field(default_factory=list[UUID], max_length=20)
    batch: list[UUID] = Field(default_factory=list[UUID], max_length=20)
    root: list[UUID] = Field(default_factory=list[UUID], max_length=50)


class NoticeQuery(ListQuery):
    """Which page of notices is shown."""


class ItemChange(Body):
    """What a person did about an item."""

    resolution: Text
    class_: Literal["clear"] | None = Field(None, alias="class", description="`clear`: proved not to be affected.")


class NoticeAnswer(Body):
    """What a customer answered to a notice."""

    quantity_held: Decimal = Field(ge=0, le=1_000_000_000, description="Pieces still there.")


class Finish(Body):
    """How a case ended."""

    conclusion: Text


class NamedBatch(Body):
    """A root in short."""

    id: UUID
    code: str
    material: str


class Named(Body):
    """Something by id and name."""

    id: UUID
    name: str


class PreviousExercise(Body):
    """The exercise before this one, to compare with."""

    id: UUID
    number: str
    duration_ms: int
    finished_after_s: int | None = Field(description="Seconds from opening to the finished report; null: not finished.")
    has_same_answer: bool = Field(description="Its result has the same hash.")


class RecallCase(Body):
    """A case with what was found."""

    id: UUID
    number: str
    kind: Kind
    title: str
    reason: str
    state: State
    opened_at: datetime
    opened_by_name: str
    finished_at: datetime | None
    finished_by_name: str | None
    conclusion: str | None
    result_hash: str
    duration_ms: int
    version: int
    is_stale: bool = Field(description="Movements were recorded since the case was opened.")
    item_count: int | None
    batch_count: int
    order_count: int
    customer_count: int
    shipped_quantity: Figure = Field(description="Pieces with customers that the notices ask back.")
    stopped_quantity: Figure = Field(description="Pieces set aside or packed that were stopped.")
    on_hand_mass_g: Figure
    open_sign_off_count: int
    count_by_class: dict[Class, int] | None
    notice_count: int
    sent_count: int
    acknowledged_count: int
    quantity_held: Figure | None
    roots: list[NamedBatch]
    complaints: list[Named]
    finished_after_s: int | None = Field(description="Seconds from opening to the finished report.")
    previous_exercise: PreviousExercise | None = Field(description="Of an exercise: the one before it.")


class RecallList(BaseModel):
    """One page of cases."""

    items: list[RecallCase]
    next: str | None


class ItemBatch(Body):
    """The batch of an item."""

    id: UUID
    code: str
    material: str
    best_before_on: str | None


class ItemOrder(Body):
    """The order of an item."""

    id: UUID
    number: str
    state: str


class ItemCustomer(Body):
    """The customer of an item."""

    id: UUID
    name: str
    country: str


class ItemProcess(Body):
    """The process of an item."""

    id: UUID
    kind: str
    finished_at: datetime


class ItemShipment(Body):
    """The shipment of an item."""

    id: UUID
    number: str
    shipped_at: datetime | None
    product: str


class RecallItem(Body):
    """One affected row, with class, reasons and what has to be done."""

    line_no: int
    kind: ItemKind
    subject_id: UUID
    class_: Class = Field(alias="class")
    certainty: Literal["direct", "possible", "time_excluded"]
    reasons: list[str]
    depth: int
    batch: ItemBatch | None
    sales_order: ItemOrder | None
    customer: ItemCustomer | None
    process: ItemProcess | None
    shipment: ItemShipment | None
    quantity: Figure | None
    returned_quantity: Figure | None
    unit: str | None
    mass_g: Figure | None
    share: Figure | None
    share_fraction: str | None
    is_notified: bool
    action: Action
    done_at: datetime | None
    done_by_name: str | None
    resolution: str | None
    version: int


class ItemList(BaseModel):
    """One page of items."""

    items: list[RecallItem]
    next: str | None


class NoticeCustomer(Body):
    """Whom a notice goes to."""

    id: UUID
    name: str
    country: str
    email: str | None
    phone: str | None


class RecallNotice(Body):
    """What one customer is told, and answered."""

    id: UUID
    customer: NoticeCustomer
    language: str
    subject: str
    body: str
    quantity: Figure
    created_at: datetime
    sent_at: datetime | None
    sent_by_name: str | None
    acknowledged_at: datetime | None
    quantity_held: Figure | None
    version: int


class NoticeList(BaseModel):
    """One page of notices."""

    items: list[RecallNotice]
    next: str | None


class Finding(Body):
    """Where a root's material is in one batch; amounts in the root's unit, as text."""

    batch_id: UUID
    share: str
    found: Decimal
    on_hand: Decimal
    sold: Decimal
    returned: Decimal
    scrapped: Decimal
    unaccounted: Decimal


class Balance(Body):
    """The mass balance of one root; amounts in `unit`."""

    batch_id: UUID
    code: str
    material: str
    code_match: Literal["exact", "normalised"]
    unit: str
    received: Figure
    used: Figure
    on_hand: Figure
    sold: Figure
    returned: Figure
    scrapped: Figure
    unaccounted: Figure
    explained: Figure | None
    found: Figure
    lost: Figure
    is_exact: bool
    is_over: bool
    evidence: dict[str, list[tuple[str, str]]]
    findings: list[Finding]


class BalanceList(BaseModel):
    """The mass balances of a case; never paged."""

    items: list[Balance]
    next: None


class SuspectAnswer(Body):
    """A source of the batches complained about, with what speaks for and against it."""

    id: UUID
    code: str
    material: str
    material_kind: str
    made_on: str
    farm: str | None
    supplier: str | None
    explains: list[UUID] = Field(description="The complaints it reaches.")
    explains_all: bool
    other_batch_count: int
    other_customer_count: int
    smallest_share: Figure
    smallest_share_fraction: str | None


class SuspectList(BaseModel):
    """Suspects, the best explanation first; never paged."""

    items: list[SuspectAnswer]
    next: None


class Reach(Body):
    """What a recall from some roots would find, before a case is opened."""

    batch_count: int
    order_count: int
    customer_count: int
    shipped_quantity: Figure
    stopped_quantity: Figure
    count_by_class: dict[Class, int]


class Difference(Body):
    """How the answer of today differs from the frozen one."""

    is_equal: bool
    added: int
    removed: int
    changed: int
