"""Where cacao comes from, as makers name it on their bars.

Source of the names, countries, numbers of rated bars and cocoa percentages: Flavors of Cacao,
2,530 rated bars (compiled by flavorsofcacao.com). Only facts were taken: an origin is listed
with the percentages of the bars that name it. The coordinates are ours and approximate.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Origin:
    """A place that bars are named after.

    Attributes:
        country: ISO 3166-1 alpha-2.
        short: Three letters, the beginning of the codes of its harvests.
        longitude: Degrees, WGS 84.
        latitude: Degrees, WGS 84.
        rated_bars: Bars in the source that name this origin.
        cocoa_percentages: Of those bars, ascending.
    """

    country: str
    country_name: str
    name: str
    short: str
    longitude: float
    latitude: float
    rated_bars: int
    cocoa_percentages: tuple[int, ...]


def read_origins() -> tuple[Origin, ...]:
    """Return the origins in the order of the file."""
    with (HERE / "origins.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Origin(
                country=line["country"],
                country_name=line["country_name"],
                name=line["origin"],
                short=line["short"],
                longitude=float(line["longitude"]),
                latitude=float(line["latitude"]),
                rated_bars=int(line["rated_bars"]),
                cocoa_percentages=tuple(int(each) for each in line["cocoa_percentages"].split()),
            )
            for line in csv.DictReader(file)
        )


@dataclass(frozen=True)
class Shop:
    """A customer of the demo; invented.

    Attributes:
        language: Of its notices: en, de or ja.
        currency: ISO 4217.
    """

    name: str
    country: str
    language: str
    city: str
    address: str
    time_zone: str
    currency: str
    email: str
    note: str


def read_shops() -> tuple[Shop, ...]:
    """Return the customers in the order of the file."""
    with (HERE / "shops.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Shop(**line) for line in csv.DictReader(file))
