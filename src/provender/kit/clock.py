"""The present moment, in one place, so that tests can set it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return the present instant, with zone UTC."""
    return datetime.now(UTC)


def today(time_zone: str) -> date:
    """Return today's date where `time_zone` (an IANA name) is used: in Japan it is tomorrow earlier."""
    return now().astimezone(ZoneInfo(time_zone)).date()
