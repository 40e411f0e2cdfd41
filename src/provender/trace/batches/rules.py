"""Decisions about batches that need neither clock nor database.

What belongs here: how a new code is written, what is proposed for a new batch, and what a typed
or scanned text looks for. What does not: how codes are folded (`model.codes`), stored or found
(`store`), and what a recall makes of one that matched only after folding (the recall's rules).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from urllib.parse import parse_qs, urlsplit

from provender.kit.gs1.errors import Gs1Refusal
from provender.kit.gs1.identification import Identification
from provender.kit.gs1.keys import GTIN_LENGTHS
from provender.kit.gs1.scans import is_scan, read_scan
from provender.kit.quantities.units import BaseUnit
from provender.trace.batches.model import Wanted
from provender.trace.batches.model.codes import batch_code_key


def write_batch_code(made_on: date, number: int) -> str:
    """Return the code proposed for the `number`th batch of a day: `261120-03`.

    Six digits sort by day and are short enough to stamp on foil. The numbers of a day run over
    all materials, so that a code of ours, unlike a supplier's, means one batch only.
    """
    return f"{made_on:%y%m%d}-{number:02d}"


def propose_best_before(made_on: date, shelf_life_days: int | None) -> date | None:
    """Return the date a product made on that day would bear, or None when it has no shelf life."""
    return None if shelf_life_days is None else made_on + timedelta(days=shelf_life_days)


def frozen_unit_mass_g(base_unit: BaseUnit, net_mass_g: Decimal | None, declared: Decimal | None) -> Decimal | None:
    """Return the grams in one base unit that a new batch keeps for ever.

    Args:
        base_unit: What the material is kept in; grams weigh 1 whatever is declared.
        net_mass_g: Net content of one piece, when it is a product.
        declared: What the caller says, such as the mass of a millilitre of cocoa liquor.
    """
    if base_unit is BaseUnit.GRAM:
        return Decimal(1)
    if base_unit is BaseUnit.PIECE and net_mass_g is not None:
        return net_mass_g
    return declared


def read_scanned_code(text: str, *, today: date) -> str:
    """Return the batch code in what was typed or scanned.

    A GS1 code is reduced to its lot; a label of ours without GTIN bears an address with `code`;
    everything else is taken as it is.

    Args:
        text: As it came.
        today: Settles the century of dates in a GS1 code.
    """
    scanned = text.strip()
    if not is_scan(scanned):
        return scanned
    own = parse_qs(_query_of(scanned)).get("code")
    if own:
        return own[0]
    try:
        return read_scan(scanned, today=today).lot or scanned
    except Gs1Refusal:
        return scanned


def _query_of(address: str) -> str:
    try:
        return urlsplit(address).query
    except ValueError:  # such as unmatched brackets
        return ""


_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")


def read_date(text: str) -> date | None:
    """Return the date that a text is, as a person copies it off a pack, or None when it is none.

    Read are 2027-03-31 (also with points, slashes or 年月日) and 31.03.2027 (also with slashes). The
    day stands before the month, as in our English; a year of two digits is not guessed at.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    year_first, day_first = _YEAR_FIRST.fullmatch(folded), _DAY_FIRST.fullmatch(folded)
    if year_first:
        year, month, day = year_first.groups()
    elif day_first:
        day, month, year = day_first.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_wanted(text: str, *, today: date) -> Wanted:
    """Return what to look for when somebody typed or scanned `text` into the search field.

    Args:
        text: A code of any kind, a best-before date, a GS1 Digital Link or element string.
        today: Settles the century of dates in a GS1 code.
    """
    code = read_scanned_code(text, today=today)
    if is_scan(text.strip()) and code != text.strip():
        goods = _goods_in(text, today)
        return Wanted(code, batch_code_key(code), gtin=goods.gtin if goods else None)
    goods = _goods_in(text, today) if is_scan(text.strip()) or _is_gtin(code) else None
    if goods is not None and goods.lot is None:
        is_bare = not is_scan(text.strip())
        return Wanted(
            code, batch_code_key(code) if is_bare else "", best_before_on=goods.best_before_on, product_gtin=goods.gtin
        )
    return Wanted(code, batch_code_key(code), best_before_on=read_date(code))


def _goods_in(text: str, today: date) -> Identification | None:
    try:
        return read_scan(text.strip(), today=today)
    except Gs1Refusal:
        return None


def _is_gtin(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in GTIN_LENGTHS
