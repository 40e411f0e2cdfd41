"""What scanners send: element strings, with symbology prefix, FNC1, or brackets; links; EANs.

Source:
    GS1 General Specifications: 3.2 (application identifiers), 7.8 (processing of element
    strings; figure 7.8.5-2 lists the identifiers of predefined length that need no FNC1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, NoReturn

from provender.kit.gs1.errors import ElementStringInvalid
from provender.kit.gs1.identification import Identification, identify
from provender.kit.gs1.keys import GTIN_LENGTHS
from provender.kit.gs1.links import parse_link
from provender.kit.sentences import tell

SEPARATOR: Final = "\x1d"
"""FNC1 as scanners transmit it (group separator)."""

LONGEST_SCAN: Final = 500
"""Characters; the largest GS1 barcodes hold fewer identifiers than that."""

_SYMBOLOGY: Final = re.compile(r"\](?:C1|d2|e0|Q3|J1|E[0-4])")
_VISIBLE_SEPARATORS: Final = ("<GS>", "{GS}", "\u241d")
_BRACKETED: Final = re.compile(r"\(([0-9]{2,4})\)")


@dataclass(frozen=True, slots=True)
class _Shape:
    """How long an identifier and its value are; exact lengths need no separator behind them."""

    identifier_length: int
    value_length: int
    is_exact: bool = False


def _exact(identifier_length: int, value_length: int) -> _Shape:
    return _Shape(identifier_length, value_length, is_exact=True)


def _shapes() -> dict[str, _Shape]:
    """Return shapes by the beginning of the identifier."""
    shapes = {prefix: _exact(2, 6) for prefix in ("11", "12", "13", "15", "16", "17")}
    shapes |= {"00": _exact(2, 18), "01": _exact(2, 14), "02": _exact(2, 14)}
    shapes |= {"20": _exact(2, 2), "30": _Shape(2, 8), "37": _Shape(2, 8)}
    shapes |= {prefix: _Shape(2, 20) for prefix in ("10", "21", "22")}
    shapes |= {str(prefix): _exact(4, 6) for prefix in range(31, 37)}
    shapes |= {str(prefix): _Shape(3, 30) for prefix in (240, 241, 250, 251, 400, 401, 403)}
    shapes |= {"41": _exact(3, 13), "420": _Shape(3, 20), "422": _Shape(3, 3)}
    shapes |= {"7003": _Shape(4, 10), "90": _Shape(2, 30)}
    shapes |= {str(prefix): _Shape(2, 90) for prefix in range(91, 100)}
    return shapes


_SHAPE_BY_PREFIX: Final = _shapes()


def is_scan(text: str) -> bool:
    """Whether a text looks like a GS1 code rather than a code typed by a person.

    A web address, a symbology prefix, a group separator, or a bracketed identifier. Bare digits
    do not count: many batch codes are bare digits.
    """
    folded = text.strip()
    return (
        folded.lower().startswith(("http://", "https://"))
        or SEPARATOR in folded
        or _SYMBOLOGY.match(folded) is not None
        or any(match.start() == 0 for match in _BRACKETED.finditer(folded))
    )


def read_scan(text: str, *, today: date, field: str | None = None) -> Identification:
    """Read a Digital Link, an element string in any of its forms, or a bare GTIN.

    Args:
        text: As the scanner sent it.
        today: Settles the century of dates.
        field: The input field to name in a refusal.

    Raises:
        ElementStringInvalid: An identifier we do not know, a value cut short, or no code at all.
        Gs1Refusal: A value that is not what its identifier holds.
    """
    folded = text.strip(" \t\r\n")
    if not folded or len(folded) > LONGEST_SCAN:
        _refuse_code(text, field)
    if folded.lower().startswith(("http://", "https://")):
        return parse_link(folded, today=today, field=field)
    for visible in _VISIBLE_SEPARATORS:
        folded = folded.replace(visible, SEPARATOR)
    content = _SYMBOLOGY.sub("", folded, count=1).strip(SEPARATOR)
    if not content:
        _refuse_code(text, field)
    if content.startswith("("):
        return identify(_bracketed(content, field), today=today, field=field)
    if content.isascii() and content.isdigit() and len(content) in GTIN_LENGTHS:
        return identify([("01", content)], today=today, field=field)
    return identify(_unbracketed(content, field), today=today, field=field)


def _unbracketed(content: str, field: str | None) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(content):
        shape = _shape_at(content, place)
        if shape is None:
            _refuse_code(content[place:], field)
        start = place + shape.identifier_length
        end = content.find(SEPARATOR, start)
        longest = start + shape.value_length
        stop = longest if shape.is_exact else (len(content) if end < 0 else end)
        value = content[start:stop]
        if not value or stop > longest or len(value) != stop - start or SEPARATOR in value:
            _refuse_code(content[place:], field)
        yield content[place:start], value
        place = stop
        while content.startswith(SEPARATOR, place):
            place += 1


def _bracketed(content: str, field: str | None) -> Iterator[tuple[str, str]]:
    """Read `(01)...(10)...`; brackets around anything but a known identifier are part of a lot."""
    marks = [
        match
        for match in _BRACKETED.finditer(content)
        if (shape := _shape_at(match[1], 0)) and shape.identifier_length == len(match[1])
    ]
    if not marks or marks[0].start() != 0:
        _refuse_code(content, field)
    ends = [*(mark.start() for mark in marks[1:]), len(content)]
    for mark, end in zip(marks, ends, strict=True):
        value = content[mark.end() : end].strip(f" {SEPARATOR}")
        if not value:
            _refuse_code(content[mark.start() :], field)
        yield mark[1], value


def _shape_at(content: str, place: int) -> _Shape | None:
    for length in (4, 3, 2):
        shape = _SHAPE_BY_PREFIX.get(content[place : place + length])
        if shape is not None:
            return shape
    return None


def _refuse_code(text: str, field: str | None) -> NoReturn:
    shown = text.replace(SEPARATOR, "<GS>")[:60]
    raise ElementStringInvalid(
        tell("“%(text)s” is not a GS1 code we can read.", text=shown),
        hint="Scan it again, or type the batch code that is printed beside it.",
        field=field,
    )
