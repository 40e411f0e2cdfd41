"""What pydantic finds is told in sentences that the catalogs know."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator

from provender.kit.sentences import Sentence, tell
from provender.kit.validation import MESSAGES, tell_fault


class Kind(StrEnum):
    """Two of a kind."""

    BAR = "bar"
    TIN = "tin"


class Payload(BaseModel):
    """One field for each check."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2, max_length=4)] = "Bar"
    mass: Annotated[Decimal, Field(gt=0, le=1000, max_digits=4, decimal_places=1)] = Decimal(1)
    pieces: Annotated[int, Field(ge=1, lt=10)] = 1
    made_on: date | None = None
    packed_at: AwareDatetime | None = None
    plot_id: UUID | None = None
    is_ripe: bool = False
    kind: Kind = Kind.BAR
    size: Literal["small", "large"] = "small"
    codes: Annotated[list[str], Field(max_length=1)] = Field(default_factory=list[str])
    grade: str = "A"

    @field_validator("grade")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value != "A":
            raise ValueError(tell("%(grade)s is no grade.", grade=value))
        return value


WRONG = [
    ("name", "B", "at least 2 characters"),
    ("name", "Barrel", "at most 4 characters"),
    ("mass", "heavy", "valid decimal"),
    ("mass", "0", "greater than 0"),
    ("mass", "1.25", "no more than 1 decimal place"),
    ("mass", "NaN", "finite number"),
    ("pieces", "many", "valid integer"),
    ("pieces", "0", "greater than or equal to 1"),
    ("pieces", "10", "less than 10"),
    ("made_on", "yesterday", "valid date"),
    ("packed_at", "2026-11-20T10:00:00", "timezone info"),
    ("packed_at", "noon", "valid datetime"),
    ("plot_id", "north", "valid UUID"),
    ("is_ripe", "nearly", "valid boolean"),
    ("kind", "box", "'bar' or 'tin'"),
    ("size", "huge", "'small' or 'large'"),
    ("codes", ["A", "B"], "at most 1 item"),
    ("price", "5", "not permitted"),
]


@pytest.mark.parametrize(("field", "value", "part"), WRONG)
def test_a_fault_keeps_its_english_and_remembers_its_message(field: str, value: object, part: str) -> None:
    with pytest.raises(ValidationError) as found:
        Payload.model_validate({field: value})

    told = tell_fault(found.value.errors()[0])

    assert part in told
    assert isinstance(told, Sentence)
    assert told.message in MESSAGES.values()
    assert told.message % told.values, "every place of the message has its value"


def test_a_check_of_ours_says_its_own_sentence() -> None:
    with pytest.raises(ValidationError) as found:
        Payload.model_validate({"grade": "C"})

    told = tell_fault(found.value.errors()[0])

    assert told == "C is no grade."
    assert isinstance(told, Sentence)
    assert told.values == {"grade": "C"}
