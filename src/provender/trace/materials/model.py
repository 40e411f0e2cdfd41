"""The words of materials."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MaterialKind(StrEnum):
    """What kind of thing a material is; it decides how a recall weighs it."""

    BEAN = "bean"
    SUGAR = "sugar"
    BUTTER = "butter"
    MILK = "milk"
    PACKAGING = "packaging"
    INTERMEDIATE = "intermediate"
    FINISHED = "finished"
    REWORK = "rework"
    BYPRODUCT = "byproduct"
    OTHER = "other"


class BaseUnit(StrEnum):
    """The unit of every quantity of a material."""

    GRAM = "g"
    MILLILITRE = "ml"
    PIECE = "piece"


@dataclass(frozen=True)
class MaterialUses:
    """How many records point to a material and keep it from being deleted."""

    products: int
    batches: int
