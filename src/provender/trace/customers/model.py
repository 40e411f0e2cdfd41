"""The words of customers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeLanguage(StrEnum):
    """In which language a customer is written to."""

    ENGLISH = "en"
    GERMAN = "de"
    JAPANESE = "ja"


@dataclass(frozen=True)
class CustomerUses:
    """How many records point to a customer and keep it from being deleted."""

    sites: int
    orders: int
    returns: int
    complaints: int
    notices: int
