"""What complaints look like in JSON and forms."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.http.cursors import ListQuery
from provender.kit.quantities.figures import Figure
from provender.trace.complaints.model import Sign

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
State = Literal["open", "identified", "closed"]


class ComplaintFilter(ListQuery):
    """Which complaints a list shows."""

    state: State | None = None
    customer: UUID | None = None
    batch: UUID | None = None


class ComplaintInput(BaseModel):
    """A complaint as a caller describes it; at least one thing should tell which goods."""

    model_config = ConfigDict(extra="forbid")

    description: Text
    customer_id: UUID | None = None
    product_id: UUID | None = None
    reported_code: Code | None = Field(None, description="As read off the pack, with whatever typing errors.")
    reported_best_before_on: date | None = None
    received_at: datetime | None = Field(None, description="Default: now. With a zone, and not in the future.")


class ComplaintMove(BaseModel):
    """Where a complaint goes: to its batch, to an end with a reason, or open again."""

    model_config = ConfigDict(extra="forbid")

    to: State
    batch_id: UUID | None = None
    reason: Text | None = None


class Named(BaseModel):
    """Something by id and name."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str


class BatchCode(BaseModel):
    """A batch by id and code."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str


class Complaint(BaseModel):
    """A complaint as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    number: str
    state: State
    received_at: datetime
    description: str
    reported_code: str | None
    reported_best_before_on: date | None
    customer: Named | None
    product: Named | None
    batch: BatchCode | None
    recall_cases: list[Named]
    closed_reason: str | None
    recorded_by_name: str
    version: int


class ComplaintList(BaseModel):
    """One page of complaints."""

    items: list[Complaint]
    next: str | None


class CandidateAnswer(BaseModel):
    """A batch that a complaint may be about, and why."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    code: str
    made_on: date
    best_before_on: date | None
    material: str
    product: str | None
    shipped_quantity: Figure = Field(description="Pieces shipped to the customer who complained.")
    is_held: bool
    signs: list[Sign]


class CandidateList(BaseModel):
    """Candidates, likeliest first; never paged."""

    items: list[CandidateAnswer]
    next: None
