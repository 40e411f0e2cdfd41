"""Addresses by which other systems know our things: batches, products, parties.

EPCIS 2.0 takes a GS1 Digital Link where EPCIS 1 took a URN; so a lot of a product with a GTIN needs
no company prefix. What has no GTIN is named by the maker's own origin, or by its uuid.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from provender.kit.csv.columns import Item
from provender.kit.gs1.errors import Gs1Refusal
from provender.kit.gs1.identification import Identification
from provender.kit.gs1.links import build_link
from provender.trace.recall.exports.model import ExportedCase

CANONICAL_ORIGIN: Final = "https://id.gs1.org"
"""Origin of a Digital Link that no company serves (GS1 Digital Link: canonical form)."""


def name_uuid(thing_id: object) -> str:
    """Return the URN of one of our ids."""
    return f"urn:uuid:{thing_id}"


def derive_uuid(thing_id: object, part: str) -> str:
    """Return the URN of a part of one of our things; the same part has the same URN in every export."""
    return name_uuid(uuid5(UUID(str(thing_id)), part))


def name_class(line: Item, case: ExportedCase) -> str:
    """Return the EPC class of a line: the lot of a product, a batch of ours, or a product whose lot is unknown.

    A code that no GS1 code can hold (a space, an umlaut, more than 20 characters) is named like a
    batch without GTIN.

    Args:
        line: Has batch_id, batch_code and gtin; where batch_id is None also product_id.
        case: Whose it is.
    """
    gtin, batch_id = line["gtin"], line["batch_id"]
    if gtin is not None:
        lot = None if batch_id is None else str(line["batch_code"])
        try:
            return build_link(case.resolver_origin or CANONICAL_ORIGIN, Identification(gtin=str(gtin), lot=lot))
        except Gs1Refusal:
            pass
    if batch_id is None:
        return name_uuid(line["product_id"])
    if case.resolver_origin:
        return f"{case.resolver_origin.rstrip('/')}/trace/batches/{batch_id}"
    return name_uuid(batch_id)
