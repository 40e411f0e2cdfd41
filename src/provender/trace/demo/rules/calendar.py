"""The days of the demo, counted from the day it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Calendar:
    """Turns "Monday of five weeks ago, half past eight" into an instant.

    Attributes:
        today: The day of loading, where the maker is.
        zone: The maker's zone.
    """

    today: date
    zone: ZoneInfo

    @property
    def monday(self) -> date:
        """The Monday of the week of loading: production happens on the same weekdays whenever the demo is loaded."""
        return self.today - timedelta(days=self.today.weekday())

    def day(self, week: int, weekday: int) -> date:
        """Return a day of a week: week -1 is the last whole one, weekday 0 is its Monday, 7 the Monday after."""
        return self.monday + timedelta(weeks=week, days=weekday)

    def at(self, day: date, hour: float) -> datetime:
        """Return the instant of a local hour; 8.5 is half past eight."""
        minutes = round(hour * 60)
        return datetime.combine(day, time(minutes // 60, minutes % 60), self.zone)

    def days_ago(self, days: int, hour: float) -> datetime:
        """Return a local hour so many days before the day of loading."""
        return self.at(self.today - timedelta(days=days), hour)
