"""What customers look like in JSON and forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from provender.kit.countries import Country
from provender.kit.http.cursors import ListQuery
from provender.kit.http.exports import ExportQuery
from provender.kit.sentences import tell
from provender.trace.customers.model import NoticeLanguage


def _check_zone(name: str) -> str:
    if name not in available_timezones():
        message = tell("%(name)s is not a time zone; write an IANA name such as Europe/Berlin.", name=name)
        raise ValueError(message)
    return name


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]
Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
TimeZone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60), AfterValidator(_check_zone)]


class CustomerFilter(ListQuery):
    """Which customers a list shows."""

    name: str | None = Field(None, max_length=200, description="Name begins with this; capitals do not matter.")
    country: Country | None = None
    archived: bool | None = Field(None, description="Only retired ones, or only others.")


class CustomerExportFilter(CustomerFilter, ExportQuery):
    """Which customers a file holds."""


class CustomerInput(BaseModel):
    """A customer as a caller describes it; a PUT replaces all of it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    country: Country
    language: NoticeLanguage = Field(NoticeLanguage.ENGLISH, description="In which notices are written.")
    email: Email | None = None
    phone: Phone | None = None
    note: Note | None = None


class Customer(BaseModel):
    """A customer as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str
    country: str
    language: NoticeLanguage
    email: str | None
    phone: str | None
    note: str | None
    archived_at: datetime | None
    version: int
    site_count: int
    order_count: int


class CustomerList(BaseModel):
    """One page of customers."""

    model_config = ConfigDict(extra="forbid")

    items: list[Customer]
    next: str | None


class SiteFilter(ListQuery):
    """Which sites of a customer a list shows."""

    archived: bool | None = Field(None, description="Only retired ones, or only others.")


class SiteInput(BaseModel):
    """A site as a caller describes it; a PUT replaces all of it."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    address: Address
    country: Country
    time_zone: TimeZone = Field("UTC", description="IANA name.")


class Site(BaseModel):
    """Where a customer receives goods, as it is answered."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    customer_id: UUID
    name: str
    address: str
    country: str
    time_zone: str
    archived_at: datetime | None
    version: int
    order_count: int


class SiteList(BaseModel):
    """One page of sites of a customer."""

    model_config = ConfigDict(extra="forbid")

    items: list[Site]
    next: str | None
