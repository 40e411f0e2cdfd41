"""Frozen results: one text per answer, its hash, and how two answers differ.

What belongs here: making equal answers equal bytes, whatever the order their parts came in and
however their numbers were written. What does not: storing them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Final

import orjson

from provender.kit.quantities.units import EXACT
from provender.trace.recall.model.findings import Item
from provender.trace.recall.model.result import Comparison, RecallResult

FORM: Final = "provender recall result 1"
"""Name of the canonical form; a change of the form changes the name, and so every hash."""


def write_canonical(result: RecallResult) -> str:
    """Return the result as JSON text that is the same for equal answers.

    Keys and parts sorted, no spaces, numbers as text: decimals without trailing zeros,
    fractions in lowest terms as `32/75`.
    """
    form = {
        "form": FORM,
        "roots": sorted(result.roots, key=lambda root: (root.kind, root.id, root.match)),
        "items": sorted(result.items, key=_key_of),
        "share_by_batch": dict(result.share_by_batch),
        "balances": sorted(result.balances, key=lambda balance: balance.root_batch_id),
    }
    return orjson.dumps(form, default=_write_part, option=orjson.OPT_SORT_KEYS).decode()


def hash_result(result: RecallResult) -> str:
    """Return the SHA-256 of the canonical form, 64 hexadecimal digits."""
    return sha256(write_canonical(result).encode()).hexdigest()


def compare_results(before: RecallResult, after: RecallResult) -> Comparison:
    """Return which items came, went and changed between two answers."""
    earlier: Mapping[tuple[str, str], Item] = {_key_of(item): item for item in before.items}
    later: Mapping[tuple[str, str], Item] = {_key_of(item): item for item in after.items}
    return Comparison(
        is_equal=hash_result(before) == hash_result(after),
        added=tuple(later[key] for key in sorted(later.keys() - earlier.keys())),
        removed=tuple(earlier[key] for key in sorted(earlier.keys() - later.keys())),
        changed=tuple(
            (earlier[key], later[key]) for key in sorted(earlier.keys() & later.keys()) if earlier[key] != later[key]
        ),
    )


def _key_of(item: Item) -> tuple[str, str]:
    return (item.kind.value, item.id)


def _write_part(part: object) -> object:
    if isinstance(part, Decimal):
        return format(EXACT.normalize(part), "f")
    if isinstance(part, Fraction):
        return str(part)
    raise TypeError(f"{type(part).__name__} has no canonical form")
