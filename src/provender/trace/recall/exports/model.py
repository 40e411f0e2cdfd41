"""What an export says about a case before its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Format(StrEnum):
    """What a case can be exported as."""

    CSV = "csv"
    XLSX = "xlsx"
    EPCIS = "epcis"
    FSMA = "fsma"
    GEOJSON = "geojson"


@dataclass(frozen=True, slots=True)
class ExportedCase:
    """A case and the maker who opened it.

    Attributes:
        kind: real, withdrawal or mock.
        resolver_origin: Origin of the maker's GS1 Digital Links, when it has one of its own.
    """

    id: UUID
    number: str
    kind: str
    title: str
    reason: str
    opened_at: datetime
    organisation_id: UUID
    organisation_name: str
    organisation_country: str
    contact_email: str | None
    contact_phone: str | None
    resolver_origin: str | None
